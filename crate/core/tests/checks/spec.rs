//! Literate specs: small HTTP blocks, written by hand, into evidence.
//!
//! `tests/checks/README.md` describes the form.

use std::collections::VecDeque;

use https_audit_core::evidence::{
    Browser, Certificate, Connection, ConnectionState, Evidence, Exchange, Failure, Field, JarCookie,
    Observed, Offers, Reason, Recorder, Redirect, RedirectCause, ResourceKind, Response, SameSiteStored,
    Transparency, VersionOffer, Visit,
};
use https_audit_core::field::Engine;
use https_audit_core::knowledge::Knowledge;
use https_audit_core::time::parse_rfc3339;
use https_audit_core::url::Url;

/// One case of a spec file.
pub struct Case {
    pub name: String,
    pub line: usize,
    pub block: Vec<String>,
    pub expect: Vec<String>,
    pub messages: Vec<String>,
    /// Whose thresholds count; empty for our own.
    pub profile: String,
}

/// Reads the cases of a spec file; the text around them is for people.
pub fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut in_block = false;
    for (n, line) in text.lines().enumerate() {
        if in_block {
            if line == "```" {
                in_block = false;
            } else if let Some(case) = cases.last_mut() {
                case.block.push(line.to_owned());
            }
        } else if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case {
                name: name.to_owned(),
                line: n + 1,
                block: Vec::new(),
                expect: Vec::new(),
                messages: Vec::new(),
                profile: String::new(),
            });
        } else if line == "```http" {
            in_block = true;
        } else if let Some(expect) = line.strip_prefix("Expect: ") {
            let case = cases.last_mut().expect("Expect: stands below a case");
            case.expect = expect.split_whitespace().map(str::to_owned).collect();
        } else if let Some(profile) = line.strip_prefix("Profile: ") {
            profile.clone_into(&mut cases.last_mut().expect("Profile: stands below a case").profile);
        } else if let Some(message) = line.strip_prefix("Message: ") {
            cases.last_mut().expect("Message: stands below a case").messages.push(message.to_owned());
        }
    }
    cases
}

/// The start of every case's clock: 2026-11-22T12:00:00Z.
pub const NOON: i64 = 1_795_348_800;

/// Builds the evidence of a block.
pub struct Builder {
    evidence: Evidence,
    pub now: i64,
    jar: Option<Vec<JarCookie>>,
    connection: Option<Connection>,
    engine: Option<Engine>,
    clock: i64,
}

impl Builder {
    pub fn read(block: &[String], knowledge: &Knowledge<'_>) -> (Evidence, i64) {
        let mut builder = Self {
            evidence: Evidence::new(Recorder { name: "spec".into(), browser: None }),
            now: NOON,
            jar: None,
            connection: None,
            engine: Some(Engine::Chromium),
            clock: (NOON - 60) * 1000,
        };
        let mut lines: VecDeque<&str> = block.iter().map(String::as_str).collect();
        while let Some(line) = lines.pop_front() {
            let line = line.trim_end();
            if !line.is_empty() {
                builder.line(line, &mut lines);
            }
        }
        builder.finish(knowledge)
    }

    fn line(&mut self, line: &str, rest: &mut VecDeque<&str>) {
        let (word, argument) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "BROWSER" => {
                self.engine = match argument {
                    "chromium" => Some(Engine::Chromium),
                    "firefox" => Some(Engine::Firefox),
                    "none" => None,
                    other => panic!("BROWSER {other}"),
                }
            }
            "OFFERS" => self.evidence.offers.push(offers(argument)),
            "NOW" => self.now = parse_rfc3339(argument).expect("NOW takes an RFC 3339 time"),
            "JAR" => self.jar_line(argument),
            "DOCUMENT" => self.document_line(argument),
            "CONNECTION" => self.connection = Some(connection(argument)),
            "VISIT" => self.visit(argument),
            "UNWATCHED" => {
                let (reason, url) = argument.split_once(' ').expect("UNWATCHED reason url");
                self.visit(url);
                let reason = reason_of(reason);
                self.evidence.visits.last_mut().expect("just begun").watched = Observed::Unseen(reason);
            }
            _ => self.exchange(word, argument, rest),
        }
    }

    fn visit(&mut self, url: &str) {
        if let Some(before) = self.evidence.visits.pop() {
            self.evidence.earlier.extend(before.exchanges);
            self.evidence.earlier_failures.extend(before.failure);
        }
        self.clock += 10_000;
        self.evidence.visits.push(Visit {
            url: url.to_owned(),
            began_at: self.clock,
            watched: Observed::Seen(()),
            exchanges: Vec::new(),
            dropped: 0,
            failure: None,
            document: Observed::Unseen(Reason::NotProbed),
            unseen_hosts: None,
        });
    }

    /// `METHOD URL [kind] [cached] [error WORD] [hsts|https-upgrade URL]`, then a response head.
    fn exchange(&mut self, method: &str, argument: &str, rest: &mut VecDeque<&str>) {
        let mut words = argument.split_whitespace();
        let url = Url::parse(words.next().expect("a URL")).expect("a serialised URL");
        let mut exchange = Exchange {
            url,
            method: method.to_owned(),
            kind: ResourceKind::MainFrame,
            at: self.clock,
            initiator: None,
            response: Observed::Unseen(Reason::LoadFailed),
            redirect: None,
            connection: Observed::Unseen(Reason::LoadFailed),
            address: None,
            from_cache: false,
            error: None,
        };
        self.clock += 100;
        while let Some(word) = words.next() {
            match word {
                "cached" => exchange.from_cache = true,
                "unseen" => {
                    let reason = reason_of(words.next().expect("a reason"));
                    exchange.response = Observed::Unseen(reason);
                    exchange.connection = Observed::Unseen(reason);
                }
                "error" => {
                    exchange.error = words.next().map(|word| word.replace('_', " ").replace("  ", "_"));
                }
                "ERROR" => exchange.error = words.next().map(str::to_owned),
                "hsts" | "https-upgrade" => {
                    let cause =
                        if word == "hsts" { RedirectCause::Hsts } else { RedirectCause::HttpsUpgrade };
                    let to = Url::parse(words.next().expect("a URL")).expect("a serialised URL");
                    let reason = if word == "hsts" { Reason::HiddenByHsts } else { Reason::HttpsUpgrade };
                    exchange.response = Observed::Unseen(reason);
                    exchange.connection = Observed::Unseen(reason);
                    exchange.redirect = Some(Redirect { to, cause });
                }
                kind => {
                    exchange.kind = serde_json::from_value(serde_json::Value::String(kind.to_owned()))
                        .unwrap_or_else(|_| panic!("{kind:?} is no kind of resource"));
                }
            }
        }
        self.head(&mut exchange, rest);
        if exchange.kind == ResourceKind::MainFrame {
            let begin = match self.evidence.visits.last() {
                None => true,
                Some(visit) => visit.exchanges.last().is_some_and(|last| {
                    last.kind != ResourceKind::MainFrame
                        || last.redirect.as_ref().is_none_or(|redirect| redirect.to != exchange.url)
                }),
            };
            if begin {
                self.visit(exchange.url.as_str());
            }
        }
        let visit = self.evidence.visits.last_mut().expect("a page before its sub-resources");
        if exchange.kind == ResourceKind::MainFrame {
            visit.url = exchange.url.to_string();
            visit.failure = exchange.error.as_ref().map(|error| Failure {
                url: exchange.url.to_string(),
                error: error.clone(),
                at: exchange.at,
            });
        }
        visit.exchanges.push(exchange);
    }

    fn head(&mut self, exchange: &mut Exchange, rest: &mut VecDeque<&str>) {
        let Some(status) = rest.front().and_then(|line| line.strip_prefix("HTTP/")) else { return };
        let status = status.split_whitespace().nth(1).expect("a status").parse().expect("a number");
        rest.pop_front();
        let mut response = Response { status, fields: Vec::new(), dropped: 0 };
        while let Some(line) = rest.pop_front() {
            let Some((name, value)) = line.split_once(':') else { break };
            let octets: Vec<u8> = unescape(value.trim());
            response.fields.push(Field::received(name, &octets));
        }
        if (300..400).contains(&status)
            && let Some(location) = response.values("location").next()
        {
            let location = String::from_utf8(location.to_vec()).expect("UTF-8");
            exchange.redirect =
                exchange.url.join(&location).map(|to| Redirect { to, cause: RedirectCause::Server });
        }
        exchange.response = Observed::Seen(response);
        exchange.connection = match (exchange.url.is_https(), self.connection.take(), self.engine) {
            (false, _, _) => Observed::Unseen(Reason::NotExposedByThisBrowser),
            (true, Some(connection), _) => Observed::Seen(connection),
            (true, None, Some(_)) => Observed::Seen(connection("loaded")),
            (true, None, None) => Observed::Unseen(Reason::NotInInput),
        };
    }

    fn document_line(&mut self, line: &str) {
        let visit = self.evidence.visits.last_mut().expect("a page before its document");
        let mut document = visit.document.clone().seen().unwrap_or_default();
        assert!(document.take(line), "{line:?} is no line of a document");
        visit.document = Observed::Seen(document);
    }

    fn jar_line(&mut self, argument: &str) {
        let jar = self.jar.get_or_insert_with(Vec::new);
        if argument == "empty" {
            return;
        }
        let mut parts = argument.split(';').map(str::trim);
        let mut cookie = JarCookie {
            name: parts.next().unwrap_or_default().to_owned(),
            value_length: 32,
            domain: String::new(),
            host_only: true,
            path: "/".to_owned(),
            secure: false,
            http_only: false,
            same_site: SameSiteStored::Unspecified,
            expires_at: None,
            partition: None,
        };
        for part in parts {
            match part.split_once('=').unwrap_or((part, "")) {
                ("Host", host) => host.clone_into(&mut cookie.domain),
                ("Domain", domain) => {
                    domain.clone_into(&mut cookie.domain);
                    cookie.host_only = false;
                }
                ("Path", path) => path.clone_into(&mut cookie.path),
                ("Secure", _) => cookie.secure = true,
                ("HttpOnly", _) => cookie.http_only = true,
                ("SameSite", "Strict") => cookie.same_site = SameSiteStored::Strict,
                ("SameSite", "Lax") => cookie.same_site = SameSiteStored::Lax,
                ("SameSite", "None") => cookie.same_site = SameSiteStored::NoRestriction,
                ("Max-Age", seconds) => {
                    cookie.expires_at = Some(NOON + seconds.parse::<i64>().expect("seconds"));
                }
                ("Partition", site) => cookie.partition = Some(site.to_owned()),
                ("Length", octets) => cookie.value_length = octets.parse().expect("octets"),
                (other, _) => panic!("JAR knows no {other:?}"),
            }
        }
        jar.push(cookie);
    }

    /// Without a JAR line the browser stores what its own rules accept.
    fn finish(mut self, knowledge: &Knowledge<'_>) -> (Evidence, i64) {
        self.evidence.recorder.browser = self.engine.map(|engine| Browser { engine, version: "spec".into() });
        for visit in self.evidence.visits.iter_mut().filter(|visit| !visit.document.is_seen()) {
            let nobody = if self.engine.is_some() { Reason::NotProbed } else { Reason::NotInInput };
            visit.document = Observed::Unseen(nobody);
        }
        self.evidence.jar = match (self.jar, self.engine) {
            (Some(jar), _) => Observed::Seen(jar),
            (None, None) => Observed::Unseen(Reason::NotInInput),
            (None, Some(engine)) => Observed::Seen(super::jar::accepted(&self.evidence, engine, knowledge)),
        };
        (self.evidence, self.now)
    }
}

fn reason_of(word: &str) -> Reason {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .unwrap_or_else(|_| panic!("{word:?} is no reason"))
}

/// `HOST:PORT VERSION=ANSWER[,SUITE…][+REASON] …`; an answer is `accepted`, `refused` or the reason why there is none.
fn offers(argument: &str) -> Offers {
    let mut words = argument.split_whitespace();
    let (host, port) = words.next().and_then(|place| place.rsplit_once(':')).expect("HOST:PORT");
    let version = |word: &str| {
        let (version, said) = word.split_once('=').expect("VERSION=ANSWER");
        let (said, more) = said.split_once('+').map_or((said, None), |(said, more)| (said, Some(more)));
        let mut parts = said.split(',');
        let accepted = match parts.next().expect("an answer") {
            "accepted" => Observed::Seen(true),
            "refused" => Observed::Seen(false),
            reason => Observed::Unseen(reason_of(reason)),
        };
        VersionOffer {
            version: serde_json::from_value(serde_json::Value::String(version.to_owned()))
                .expect("a version"),
            accepted,
            instead: None,
            weak_suites: parts.map(str::to_owned).collect(),
            more: more.map(reason_of),
        }
    };
    let port = port.parse().expect("a port");
    Offers { host: host.to_owned(), port, versions: words.map(version).collect() }
}

/// `\xNN` stands for an octet.
fn unescape(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        octets.extend(rest.as_bytes()[..at].iter());
        octets.push(u8::from_str_radix(&rest[at + 2..at + 4], 16).expect("two hex digits"));
        rest = &rest[at + 4..];
    }
    octets.extend(rest.as_bytes());
    octets
}

/// `loaded`, or `key=value …`: `state`, `protocol`, `suite`, `group`, `scheme`, `ech`, `ct`,
/// `overridden`, `certificate` (a file of tests/fixtures/certificates, leaf first, with commas).
fn connection(argument: &str) -> Connection {
    let unseen = Reason::NotExposedByThisBrowser;
    let mut connection = Connection {
        state: ConnectionState::Secure,
        stated: false,
        overridden: None,
        protocol: Observed::Unseen(unseen),
        cipher_suite: Observed::Unseen(unseen),
        key_exchange_group: Observed::Unseen(unseen),
        signature_scheme: Observed::Unseen(unseen),
        encrypted_client_hello: Observed::Unseen(unseen),
        transparency: Observed::Unseen(unseen),
        certificates: Observed::Unseen(unseen),
    };
    if argument == "loaded" {
        return connection;
    }
    connection.stated = true;
    for part in argument.split_whitespace() {
        let (key, value) = part.split_once('=').expect("key=value");
        let seen = || Observed::Seen(value.to_owned());
        let word = || serde_json::Value::String(value.to_owned());
        match key {
            "state" => connection.state = serde_json::from_value(word()).expect("a state"),
            "protocol" => connection.protocol = seen(),
            "suite" => connection.cipher_suite = seen(),
            "group" => connection.key_exchange_group = seen(),
            "scheme" => connection.signature_scheme = seen(),
            "ech" => connection.encrypted_client_hello = Observed::Seen(value == "true"),
            "ct" => {
                let ct: Transparency = serde_json::from_value(word()).expect("a transparency word");
                connection.transparency = Observed::Seen(ct);
            }
            "overridden" => connection.overridden = Some(value.to_owned()),
            "certificate" => {
                connection.certificates = Observed::Seen(value.split(',').map(certificate).collect());
            }
            other => panic!("CONNECTION knows no {other:?}"),
        }
    }
    connection
}

/// `name`, `name+` (a root that comes with the browser) or `name?` (the browser does not tell).
fn certificate(name: &str) -> Certificate {
    let (file, built_in_root) = match (name.strip_suffix('+'), name.strip_suffix('?')) {
        (Some(file), _) => (file, Some(true)),
        (_, Some(file)) => (file, None),
        _ => (name, Some(false)),
    };
    let path = super::root().join("fixtures/certificates").join(format!("{file}.pem"));
    let pem = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let der = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    Certificate { der, built_in_root }
}
