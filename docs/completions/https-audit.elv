
use builtin;
use str;

set edit:completion:arg-completer[https-audit] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'https-audit'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'https-audit'= {
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand audit 'Audit what was recorded: evidence exported by the extension, HAR and WARC files, response heads'
            cand scan 'Audit many inputs on all cores: directories, patterns, web archives, JSON Lines; one line of JSON for each site'
            cand live 'Ask the servers of an address, and audit what they say: redirects, certificates, versions and cipher suites of TLS'
            cand compare 'Compare two audits: what is new, what is fixed, what stayed'
            cand review 'Review Django settings and nginx configuration: what they say of HTTPS, HSTS, cookies and secrets'
            cand hsts 'Read a Strict-Transport-Security field as browsers and hstspreload.org do'
            cand cookie 'Read a Set-Cookie field as browsers do'
            cand preload 'Look domains up in the browsers'' built-in HSTS preload lists'
            cand checks 'List the checks of audits and reviews, or show one check''s page'
            cand completions 'Write the script by which a shell completes what is typed'
            cand man 'Write the manual as man pages'
        }
        &'https-audit;audit'= {
            cand --url 'The first address of response heads'
            cand --settings 'Settings of Django to put beside what was observed: what they say, and whether the site does it. A file or a directory; may be repeated'
            cand --baseline 'What was known before. A TOML file of tables `[[accept]]`: what it lists is told, and fails nothing. Or an earlier report or evidence JSON: then what is new and what is fixed is told. Can be given several times'
            cand --fail-on-new 'Only what is not in the baseline counts for the exit status: what is new, or worse than it was, since an earlier report. At least as severe as `--fail-on` says, or as is said here (`--fail-on-new warning`, also with `=`); an input of such a name is written `./warning`'
            cand --profile 'Whose thresholds count: default, browsers, owasp, mozilla, hstspreload'
            cand --software 'Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header'
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;scan'= {
            cand --urls 'A list of addresses, one a line, whose servers are asked as `live` does; `-` is standard input. May be repeated'
            cand --summary 'Write the summary to this file, as JSON'
            cand --threads 'How many are audited at once; all cores where it is left out'
            cand --baseline 'What is accepted: a TOML file of tables `[[accept]]`. Can be given several times'
            cand --resolve 'Take ADDRESS for this host and port, as curl does; several addresses with commas. May be repeated'
            cand --connect-to 'Connect to HOST2:PORT2 when HOST1:PORT1 is asked for, as curl does; an empty part is any, or the same. May be repeated'
            cand --cacert 'Trust the certificates of this file (PEM) and not the system''s'
            cand --timeout 'How long one request may take'
            cand --concurrency 'Addresses that are asked at once'
            cand --rate 'Connections a second to one host'
            cand --profile 'Whose thresholds count: default, browsers, owasp, mozilla, hstspreload'
            cand --software 'Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header'
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand --resume 'Go on where an earlier run stopped: what the file of `-o` holds already is not audited again'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;live'= {
            cand --resolve 'Take ADDRESS for this host and port, as curl does; several addresses with commas. May be repeated'
            cand --connect-to 'Connect to HOST2:PORT2 when HOST1:PORT1 is asked for, as curl does; an empty part is any, or the same. May be repeated'
            cand --cacert 'Trust the certificates of this file (PEM) and not the system''s'
            cand --timeout 'How long one request may take'
            cand --concurrency 'Addresses that are asked at once'
            cand --rate 'Connections a second to one host'
            cand --evidence 'Save what was observed, for `https-audit audit`. Of several addresses each gets a file: FILE-1, FILE-2 and so on, the number before the extension'
            cand --baseline 'What was known before. A TOML file of tables `[[accept]]`: what it lists is told, and fails nothing. Or an earlier report or evidence JSON: then what is new and what is fixed is told. Can be given several times'
            cand --fail-on-new 'Only what is not in the baseline counts for the exit status: what is new, or worse than it was, since an earlier report. At least as severe as `--fail-on` says, or as is said here (`--fail-on-new warning`, also with `=`); an input of such a name is written `./warning`'
            cand --profile 'Whose thresholds count: default, browsers, owasp, mozilla, hstspreload'
            cand --software 'Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header'
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;compare'= {
            cand --url 'The first address of response heads'
            cand --fail-on-new 'End with status 1 where a finding is new, not accepted and at least this severe (`--fail-on-new warning`, also with `=`). Without a severity: as severe as `--fail-on` says; any where that is left out too'
            cand --baseline 'Accept in the later one what this file lists (TOML, tables `[[accept]]`)'
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;review'= {
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;hsts'= {
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;cookie'= {
            cand --url 'The URL that the cookies came from'
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;preload'= {
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;checks'= {
            cand --by-tool 'What another tool calls the same things: zap, observatory, django, hstspreload, asvs, owasp-top10, cwe, rfc, guideline'
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;completions'= {
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'https-audit;man'= {
            cand --directory 'Write every page into this folder, which has to be there: `https-audit.1`, `https-audit-audit.1` and so on'
            cand --format 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines'
            cand -o 'Write the result to this file instead of standard output'
            cand --output 'Write the result to this file instead of standard output'
            cand --fail-on 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]'
            cand --now 'Take this for the current time, so that a result can be reproduced'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
    ]
    $completions[$command]
}
