
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'https-audit' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'https-audit'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'https-audit' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Audit what was recorded: evidence exported by the extension, HAR and WARC files, response heads')
            [CompletionResult]::new('scan', 'scan', [CompletionResultType]::ParameterValue, 'Audit many inputs on all cores: directories, patterns, web archives, JSON Lines; one line of JSON for each site')
            [CompletionResult]::new('live', 'live', [CompletionResultType]::ParameterValue, 'Ask the servers of an address, and audit what they say: redirects, certificates, versions and cipher suites of TLS')
            [CompletionResult]::new('compare', 'compare', [CompletionResultType]::ParameterValue, 'Compare two audits: what is new, what is fixed, what stayed')
            [CompletionResult]::new('review', 'review', [CompletionResultType]::ParameterValue, 'Review Django settings and nginx configuration: what they say of HTTPS, HSTS, cookies and secrets')
            [CompletionResult]::new('hsts', 'hsts', [CompletionResultType]::ParameterValue, 'Read a Strict-Transport-Security field as browsers and hstspreload.org do')
            [CompletionResult]::new('cookie', 'cookie', [CompletionResultType]::ParameterValue, 'Read a Set-Cookie field as browsers do')
            [CompletionResult]::new('preload', 'preload', [CompletionResultType]::ParameterValue, 'Look domains up in the browsers'' built-in HSTS preload lists')
            [CompletionResult]::new('checks', 'checks', [CompletionResultType]::ParameterValue, 'List the checks of audits and reviews, or show one check''s page')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Write the script by which a shell completes what is typed')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual as man pages')
            break
        }
        'https-audit;audit' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The first address of response heads')
            [CompletionResult]::new('--settings', '--settings', [CompletionResultType]::ParameterName, 'Settings of Django to put beside what was observed: what they say, and whether the site does it. A file or a directory; may be repeated')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'What was known before. A TOML file of tables `[[accept]]`: what it lists is told, and fails nothing. Or an earlier report or evidence JSON: then what is new and what is fixed is told. Can be given several times')
            [CompletionResult]::new('--fail-on-new', '--fail-on-new', [CompletionResultType]::ParameterName, 'Only what is not in the baseline counts for the exit status: what is new, or worse than it was, since an earlier report. At least as severe as `--fail-on` says, or as is said here (`--fail-on-new warning`, also with `=`); an input of such a name is written `./warning`')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Whose thresholds count: default, browsers, owasp, mozilla, hstspreload')
            [CompletionResult]::new('--software', '--software', [CompletionResultType]::ParameterName, 'Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;scan' {
            [CompletionResult]::new('--urls', '--urls', [CompletionResultType]::ParameterName, 'A list of addresses, one a line, whose servers are asked as `live` does; `-` is standard input. May be repeated')
            [CompletionResult]::new('--summary', '--summary', [CompletionResultType]::ParameterName, 'Write the summary to this file, as JSON')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'How many are audited at once; all cores where it is left out')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'What is accepted: a TOML file of tables `[[accept]]`. Can be given several times')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Take ADDRESS for this host and port, as curl does; several addresses with commas. May be repeated')
            [CompletionResult]::new('--connect-to', '--connect-to', [CompletionResultType]::ParameterName, 'Connect to HOST2:PORT2 when HOST1:PORT1 is asked for, as curl does; an empty part is any, or the same. May be repeated')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificates of this file (PEM) and not the system''s')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long one request may take')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Addresses that are asked at once')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Connections a second to one host')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Whose thresholds count: default, browsers, owasp, mozilla, hstspreload')
            [CompletionResult]::new('--software', '--software', [CompletionResultType]::ParameterName, 'Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Go on where an earlier run stopped: what the file of `-o` holds already is not audited again')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;live' {
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Take ADDRESS for this host and port, as curl does; several addresses with commas. May be repeated')
            [CompletionResult]::new('--connect-to', '--connect-to', [CompletionResultType]::ParameterName, 'Connect to HOST2:PORT2 when HOST1:PORT1 is asked for, as curl does; an empty part is any, or the same. May be repeated')
            [CompletionResult]::new('--cacert', '--cacert', [CompletionResultType]::ParameterName, 'Trust the certificates of this file (PEM) and not the system''s')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long one request may take')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'Addresses that are asked at once')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Connections a second to one host')
            [CompletionResult]::new('--evidence', '--evidence', [CompletionResultType]::ParameterName, 'Save what was observed, for `https-audit audit`. Of several addresses each gets a file: FILE-1, FILE-2 and so on, the number before the extension')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'What was known before. A TOML file of tables `[[accept]]`: what it lists is told, and fails nothing. Or an earlier report or evidence JSON: then what is new and what is fixed is told. Can be given several times')
            [CompletionResult]::new('--fail-on-new', '--fail-on-new', [CompletionResultType]::ParameterName, 'Only what is not in the baseline counts for the exit status: what is new, or worse than it was, since an earlier report. At least as severe as `--fail-on` says, or as is said here (`--fail-on-new warning`, also with `=`); an input of such a name is written `./warning`')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Whose thresholds count: default, browsers, owasp, mozilla, hstspreload')
            [CompletionResult]::new('--software', '--software', [CompletionResultType]::ParameterName, 'Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;compare' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The first address of response heads')
            [CompletionResult]::new('--fail-on-new', '--fail-on-new', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is new, not accepted and at least this severe (`--fail-on-new warning`, also with `=`). Without a severity: as severe as `--fail-on` says; any where that is left out too')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Accept in the later one what this file lists (TOML, tables `[[accept]]`)')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;review' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;hsts' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;cookie' {
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The URL that the cookies came from')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;preload' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;checks' {
            [CompletionResult]::new('--by-tool', '--by-tool', [CompletionResultType]::ParameterName, 'What another tool calls the same things: zap, observatory, django, hstspreload, asvs, owasp-top10, cwe, rfc, guideline')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;completions' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'https-audit;man' {
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Write every page into this folder, which has to be there: `https-audit.1`, `https-audit-audit.1` and so on')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to this file instead of standard output')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Take this for the current time, so that a result can be reproduced')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
