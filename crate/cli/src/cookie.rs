//! `https-audit cookie`

use std::cell::Cell;

use https_audit_core::check::Severity;
use https_audit_core::check::cookie::line_findings;
use https_audit_core::field::json::{self, CookieJson, CookieReport, CookieVerdictJson};
use https_audit_core::field::set_cookie::SetContext;
use https_audit_core::knowledge::Knowledge;
use https_audit_core::url::Url;
use serde_json::Value;

use crate::input::{STDIN, json_lines, octets, stdin_once, web_url};
use crate::options::{Common, CookieArguments, Format};
use crate::output::{Done, Failure, push_json_line, push_lines};

/// What stands in a field instead of a value.
const MASKED: &str = "…";

/// The whole output.
pub fn run(arguments: &CookieArguments, common: &Common, knowledge: &Knowledge<'_>) -> Result<Done, Failure> {
    let reader = Reader { knowledge, now: common.now(), worst: Cell::new(None) };
    let url = match &arguments.url {
        Some(url) => Some(web_url(url).map_err(|what| Failure::of("--url", what))?),
        None => None,
    };
    stdin_once(&arguments.fields)?;
    let mut out = String::new();
    for field in &arguments.fields {
        if field == STDIN {
            json_lines(&mut out, |value| reader.line(&value, url.as_ref()))?;
            continue;
        }
        let url = url.as_ref().ok_or_else(|| Failure::of("--url", "needed to read a Set-Cookie field"))?;
        let report = reader.report(url, field.as_bytes());
        if common.format == Format::Json {
            push_json_line(&mut out, &report);
        } else {
            push_text(&mut out, &report);
        }
    }
    Ok(Done { text: out, worst: reader.worst.get(), fail_on: None })
}

struct Reader<'a> {
    knowledge: &'a Knowledge<'a>,
    now: i64,
    /// The worst severity of all findings so far.
    worst: Cell<Option<Severity>>,
}

impl Reader<'_> {
    fn report(&self, url: &Url, set_cookie: &[u8]) -> CookieReport {
        let cx = SetContext {
            url,
            now: self.now,
            response_date: None,
            registrable_domain: &|name| self.knowledge.suffixes.registrable_domain(name),
        };
        let findings = line_findings(url, set_cookie, self.now, self.knowledge);
        let severities = findings.iter().map(|(_, severity)| Some(*severity));
        self.worst.set(severities.max().flatten().max(self.worst.get()));
        json::cookie(set_cookie, &cx, findings.into_iter().map(|(id, _)| id.to_owned()).collect())
    }

    /// One line of input: a field from `--url`, or an object with a URL of its own.
    fn line(&self, value: &Value, url: Option<&Url>) -> Result<CookieReport, String> {
        match value {
            Value::String(_) => {
                let url = url.ok_or("a string needs --url; else give an object with url and set_cookie")?;
                Ok(self.report(url, &octets(value)?))
            }
            Value::Object(object) => {
                let member = |name: &str| object.get(name).ok_or_else(|| format!("the object has no {name}"));
                let url = member("url")?.as_str().ok_or("url is not a string")?;
                let set_cookie =
                    octets(member("set_cookie")?).map_err(|what| format!("set_cookie: {what}"))?;
                Ok(self.report(&web_url(url)?, &set_cookie))
            }
            _ => Err("neither a string nor an object".to_owned()),
        }
    }
}

fn push_text(out: &mut String, report: &CookieReport) {
    let mut lines = vec![format!("Set-Cookie: {}", report.set_cookie), format!("  from {}", report.url)];
    let browsers = [("Chromium", &report.browsers.chromium), ("Firefox", &report.browsers.firefox)];
    for (name, verdict) in browsers {
        lines.push(format!("  {name:<9} {}", sentence(verdict, !report.set_cookie.starts_with(MASKED))));
    }
    lines.extend(report.findings.iter().map(|finding| format!("  {:<9} {finding}", "finding")));
    push_lines(out, &lines);
}

/// `is_name`: what Firefox stores as the name stood before a `=`. Without one it is the value of a nameless cookie to
/// Chromium, and may be a secret.
fn sentence(verdict: &CookieVerdictJson, is_name: bool) -> String {
    match (&verdict.cookie, verdict.rejection) {
        (Some(cookie), _) => format!("stores {}", describe(cookie, is_name)),
        (None, rejection) => format!("refuses it: {}", rejection.unwrap_or_default()),
    }
}

fn describe(cookie: &CookieJson, is_name: bool) -> String {
    let reach = if cookie.host_only { "only" } else { "and its sub-domains" };
    let name = if is_name || cookie.name.is_empty() { &cookie.name } else { MASKED };
    let mut text = format!(
        "{name:?} ({} octets) for {} {reach}, path {}",
        cookie.value_length, cookie.domain, cookie.path
    );
    let lifetime = match cookie.expires_in {
        Some(seconds) => format!(", for {seconds} seconds"),
        None => ", for the session".to_owned(),
    };
    text.push_str(&lifetime);
    let flags = [
        (", Secure", cookie.secure),
        (", HttpOnly", cookie.http_only),
        (", Partitioned", cookie.partitioned),
    ];
    text.extend(flags.into_iter().filter(|(_, on)| *on).map(|(flag, _)| flag));
    text + ", SameSite " + &format!("{:?}", cookie.same_site).to_lowercase()
}
