# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_https_audit_global_optspecs
    string join \n format= o/output= fail-on= now= h/help V/version
end

function __fish_https_audit_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_https_audit_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_https_audit_using_subcommand
    set -l cmd (__fish_https_audit_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c https-audit -n "__fish_https_audit_needs_command" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_needs_command" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_needs_command" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_needs_command" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_needs_command" -s V -l version -d 'Print version'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "audit" -d 'Audit what was recorded: evidence exported by the extension, HAR and WARC files, response heads'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "scan" -d 'Audit many inputs on all cores: directories, patterns, web archives, JSON Lines; one line of JSON for each site'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "live" -d 'Ask the servers of an address, and audit what they say: redirects, certificates, versions and cipher suites of TLS'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "compare" -d 'Compare two audits: what is new, what is fixed, what stayed'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "review" -d 'Review Django settings and nginx configuration: what they say of HTTPS, HSTS, cookies and secrets'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "hsts" -d 'Read a Strict-Transport-Security field as browsers and hstspreload.org do'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "cookie" -d 'Read a Set-Cookie field as browsers do'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "preload" -d 'Look domains up in the browsers\' built-in HSTS preload lists'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "checks" -d 'List the checks of audits and reviews, or show one check\'s page'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "completions" -d 'Write the script by which a shell completes what is typed'
complete -c https-audit -n "__fish_https_audit_needs_command" -f -a "man" -d 'Write the manual as man pages'
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -l url -d 'The first address of response heads' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -l settings -d 'Settings of Django to put beside what was observed: what they say, and whether the site does it. A file or a directory; may be repeated' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -l baseline -d 'What was known before. A TOML file of tables `[[accept]]`: what it lists is told, and fails nothing. Or an earlier report or evidence JSON: then what is new and what is fixed is told. Can be given several times' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -l fail-on-new -d 'Only what is not in the baseline counts for the exit status: what is new, or worse than it was, since an earlier report. At least as severe as `--fail-on` says, or as is said here (`--fail-on-new warning`, also with `=`); an input of such a name is written `./warning`' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -l profile -d 'Whose thresholds count: default, browsers, owasp, mozilla, hstspreload' -r -f -a "default\t''
browsers\t''
owasp\t''
mozilla\t''
hstspreload\t''"
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -l software -d 'Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header' -r -f -a "django\t''
nginx\t''
apache\t''
caddy\t''
express\t''
rails\t''
aspnet\t''
php\t''
iis\t''
header\t''"
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l urls -d 'A list of addresses, one a line, whose servers are asked as `live` does; `-` is standard input. May be repeated' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l summary -d 'Write the summary to this file, as JSON' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l threads -d 'How many are audited at once; all cores where it is left out' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l baseline -d 'What is accepted: a TOML file of tables `[[accept]]`. Can be given several times' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l resolve -d 'Take ADDRESS for this host and port, as curl does; several addresses with commas. May be repeated' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l connect-to -d 'Connect to HOST2:PORT2 when HOST1:PORT1 is asked for, as curl does; an empty part is any, or the same. May be repeated' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l cacert -d 'Trust the certificates of this file (PEM) and not the system\'s' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l timeout -d 'How long one request may take' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l concurrency -d 'Addresses that are asked at once' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l rate -d 'Connections a second to one host' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l profile -d 'Whose thresholds count: default, browsers, owasp, mozilla, hstspreload' -r -f -a "default\t''
browsers\t''
owasp\t''
mozilla\t''
hstspreload\t''"
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l software -d 'Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header' -r -f -a "django\t''
nginx\t''
apache\t''
caddy\t''
express\t''
rails\t''
aspnet\t''
php\t''
iis\t''
header\t''"
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -l resume -d 'Go on where an earlier run stopped: what the file of `-o` holds already is not audited again'
complete -c https-audit -n "__fish_https_audit_using_subcommand scan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l resolve -d 'Take ADDRESS for this host and port, as curl does; several addresses with commas. May be repeated' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l connect-to -d 'Connect to HOST2:PORT2 when HOST1:PORT1 is asked for, as curl does; an empty part is any, or the same. May be repeated' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l cacert -d 'Trust the certificates of this file (PEM) and not the system\'s' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l timeout -d 'How long one request may take' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l concurrency -d 'Addresses that are asked at once' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l rate -d 'Connections a second to one host' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l evidence -d 'Save what was observed, for `https-audit audit`. Of several addresses each gets a file: FILE-1, FILE-2 and so on, the number before the extension' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l baseline -d 'What was known before. A TOML file of tables `[[accept]]`: what it lists is told, and fails nothing. Or an earlier report or evidence JSON: then what is new and what is fixed is told. Can be given several times' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l fail-on-new -d 'Only what is not in the baseline counts for the exit status: what is new, or worse than it was, since an earlier report. At least as severe as `--fail-on` says, or as is said here (`--fail-on-new warning`, also with `=`); an input of such a name is written `./warning`' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l profile -d 'Whose thresholds count: default, browsers, owasp, mozilla, hstspreload' -r -f -a "default\t''
browsers\t''
owasp\t''
mozilla\t''
hstspreload\t''"
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l software -d 'Software whose fixes come first: django, nginx, apache, caddy, express, rails, aspnet, php, iis, header' -r -f -a "django\t''
nginx\t''
apache\t''
caddy\t''
express\t''
rails\t''
aspnet\t''
php\t''
iis\t''
header\t''"
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand live" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand compare" -l url -d 'The first address of response heads' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand compare" -l fail-on-new -d 'End with status 1 where a finding is new, not accepted and at least this severe (`--fail-on-new warning`, also with `=`). Without a severity: as severe as `--fail-on` says; any where that is left out too' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand compare" -l baseline -d 'Accept in the later one what this file lists (TOML, tables `[[accept]]`)' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand compare" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand compare" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand compare" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand compare" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand compare" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand review" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand review" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand review" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand review" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand review" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand hsts" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand hsts" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand hsts" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand hsts" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand hsts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand cookie" -l url -d 'The URL that the cookies came from' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand cookie" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand cookie" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand cookie" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand cookie" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand cookie" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand preload" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand preload" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand preload" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand preload" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand preload" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand checks" -l by-tool -d 'What another tool calls the same things: zap, observatory, django, hstspreload, asvs, owasp-top10, cwe, rfc, guideline' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand checks" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand checks" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand checks" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand checks" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand checks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand completions" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand completions" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand completions" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand completions" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c https-audit -n "__fish_https_audit_using_subcommand man" -l directory -d 'Write every page into this folder, which has to be there: `https-audit.1`, `https-audit-audit.1` and so on' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand man" -l format -d 'How to write the result: `audit` and `live` know all, `review` all but html, `compare` text, json and markdown, the others text and json. `scan`, and `hsts`, `cookie` and `preload` given `-`, always write JSON Lines' -r -f -a "text\t'For people'
json\t'For programs. `hsts`, `cookie` and `preload` write one object a line'
html\t'One HTML file, to read and to print'
sarif\t'SARIF 2.1.0, for code scanners'
junit\t'Test results in XML, for CI servers'
markdown\t'Markdown, for issue trackers'
csv\t'Comma-separated values, a line for each finding'
github\t'Workflow commands of GitHub Actions: annotations, and the Markdown at the end of `$GITHUB_STEP_SUMMARY`'
gitlab\t'GitLab\'s Code Quality report'"
complete -c https-audit -n "__fish_https_audit_using_subcommand man" -s o -l output -d 'Write the result to this file instead of standard output' -r -F
complete -c https-audit -n "__fish_https_audit_using_subcommand man" -l fail-on -d 'End with status 1 where a finding is at least this severe. What a baseline accepts does not count. [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
note\t'Any finding'
never\t'None'"
complete -c https-audit -n "__fish_https_audit_using_subcommand man" -l now -d 'Take this for the current time, so that a result can be reproduced' -r
complete -c https-audit -n "__fish_https_audit_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
