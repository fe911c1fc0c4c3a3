//! The scan of hstspreload.org (`EligibleDomainResponse` of chromium/hstspreload), step by step,
//! on what was observed. Its first step, the domain's format, is met by every registrable
//! domain.

use super::chain::{Chain, End, MAX_REDIRECTS, answer, newest, response_of};
use super::{PreloadFact, Step};
use crate::check::{Gap, What};
use crate::evidence::{Exchange, Observed, Reason};
use crate::fact::hsts::{FIELD, is_cut};
use crate::fact::{Facts, HostPolicy, failure, is_navigation, redirect, undotted};
use crate::field::{Engine, hstspreload};
use crate::url::Url;

/// The public suffix whose domains cannot have TLS on `www`: the scan waives that step.
const WWW_WAIVED: &str = "appspot.com";

pub(super) fn judge(fact: &mut PreloadFact, facts: &Facts<'_>, domain: &str) {
    let mut scan = Scan { fact, facts, domain };
    if scan.tls() {
        let field_is_good = scan.field();
        scan.http(field_is_good);
        scan.https_chain();
        scan.www();
        scan.repetition();
    }
}

impl<'a> Facts<'a> {
    /// The https response of `domain` that hstspreload.org judges: the first one of `/` on the default
    /// port, a redirect as well. What that led to does not count.
    pub fn first_response(&self, domain: &str) -> Observed<&HostPolicy<'a>> {
        if let Some(policy) = newest(self, "https", domain, |exchange| self.hsts.of(exchange)) {
            return Observed::Seen(policy);
        }
        let asked =
            || self.hsts.responses(domain).iter().filter(|policy| policy.exchange.url.port().is_none());
        let any = asked().rfind(|policy| is_navigation(policy.exchange)).or_else(|| asked().next_back());
        match (any, self.hsts.policy(domain)) {
            (Some(policy), _) => Observed::Seen(policy),
            (None, Observed::Unseen(reason)) => Observed::Unseen(reason),
            // On another port.
            (None, Observed::Seen(_)) => Observed::Unseen(Reason::NotProbed),
        }
    }
}

struct Scan<'f, 'a> {
    fact: &'f mut PreloadFact,
    facts: &'f Facts<'a>,
    domain: &'f str,
}

impl Scan<'_, '_> {
    fn error(&mut self, code: &'static str, url: &str) {
        self.fact.errors.push(Step { code, url: url.to_owned() });
    }

    fn warning(&mut self, code: &'static str, url: &str) {
        self.fact.warnings.push(Step { code, url: url.to_owned() });
    }

    fn unknown(&mut self, step: &'static str, what: What, reason: Reason) {
        if self.fact.gap(step).is_none() {
            self.fact.unknown.push((step, Gap::new(what, reason)));
        }
    }

    /// TLS of `https://domain`. False ends the scan.
    fn tls(&mut self) -> bool {
        let url = format!("https://{}/", self.domain);
        if let Some(failure) = self.facts.tls_failure(self.domain, None) {
            let refused = failure.is_certificate;
            self.error(
                if refused { "domain.tls.invalid_cert_chain" } else { "domain.tls.cannot_connect" },
                &url,
            );
            return false;
        }
        // Browsers refuse a chain signed with SHA-1 (`domain.tls.sha1`) altogether, so that one
        // they accepted has none; the root's own signature does not count in either.
        let Observed::Seen(policy) = self.facts.first_response(self.domain) else { return true };
        if failure::is_overridden(self.facts.evidence, policy.exchange) {
            self.error("domain.tls.invalid_cert_chain", &url);
            return false;
        }
        match &policy.exchange.connection {
            Observed::Unseen(reason) => self.unknown("tls", What::Connection, *reason),
            Observed::Seen(connection) => {
                if let (Observed::Seen(protocol), Observed::Seen(suite)) =
                    (&connection.protocol, &connection.cipher_suite)
                    && !is_modern(protocol, suite)
                {
                    self.warning("tls.obsolete_cipher_suite", &url);
                }
            }
        }
        true
    }

    /// The field of the https response, whatever its status. True unless it is known to fail.
    fn field(&mut self) -> bool {
        match self.facts.first_response(self.domain) {
            Observed::Unseen(reason) => {
                self.unknown("header", What::HstsField(self.domain.to_owned()), reason);
                true
            }
            Observed::Seen(policy) => {
                let codes = hstspreload::response(&policy.fields).preloadable;
                for code in &codes.errors {
                    self.error(code, policy.exchange.url.as_str());
                }
                for code in &codes.warnings {
                    self.warning(code, policy.exchange.url.as_str());
                }
                codes.errors.is_empty()
            }
        }
    }

    /// `http://domain`: whether it answers, its first redirect, and the chain from there.
    fn http(&mut self, field_is_good: bool) {
        let Some(answer) = answer(self.facts, "http", self.domain) else {
            if let Some(failure) = self.facts.http_refused(self.domain, None) {
                self.warning("redirects.http.does_not_exist", &failure.url);
            } else {
                let reason = match self.facts.http_answer(self.domain) {
                    Observed::Unseen(reason) => reason,
                    // On another port.
                    Observed::Seen(_) => Reason::NotProbed,
                };
                self.unknown("http", What::HttpAnswer(self.domain.to_owned()), reason);
            }
            return;
        };
        if has_field(answer) {
            self.warning("redirects.http.useless_header", answer.url.as_str());
        }
        let chain = Chain::follow(self.facts, answer);
        self.length_of(&chain, &answer.url);
        let Some(first) = chain.targets.first() else {
            self.error("redirects.http.no_redirect", answer.url.as_str());
            return;
        };
        // A page asked for with a final dot in its host may lead to itself.
        let same_host = first.host() == self.domain || first.host() == answer.url.host();
        if first.is_https() && same_host && !is_spelt_otherwise(answer, self.domain) {
            self.insecure_hops_of(&chain, &answer.url);
            // Told only where the first response had nothing to say about.
            if field_is_good {
                self.first_target(first, &chain);
            }
        } else if undotted(first.host()).strip_prefix("www.") == Some(self.domain) {
            self.error("redirects.http.www_first", answer.url.as_str());
        } else {
            self.error("redirects.http.first_redirect.insecure", answer.url.as_str());
        }
    }

    /// The first redirect's target must send a preloadable field itself.
    fn first_target(&mut self, target: &Url, chain: &Chain<'_>) {
        if chain.targets.len() == 1 && matches!(chain.end, End::Failed) {
            self.error("redirects.http.first_redirect.invalid", target.as_str());
            return;
        }
        let Some(exchange) = response_of(self.facts, target) else { return };
        let Observed::Seen(response) = &exchange.response else { return };
        let fields: Vec<&[u8]> = response.values(FIELD).collect();
        // A cached answer may have lost its field.
        let lost = match fields.is_empty() {
            true if exchange.from_cache => Some(Reason::FromCache),
            true if response.dropped > 0 => Some(Reason::OverLimit),
            _ => is_cut(response).then_some(Reason::OverLimit),
        };
        if let Some(reason) = lost {
            self.unknown("redirects", What::RedirectTarget(target.to_string()), reason);
        } else if !hstspreload::response(&fields).preloadable.errors.is_empty() {
            self.error("redirects.http.first_redirect.no_hsts", target.as_str());
        }
    }

    fn https_chain(&mut self) {
        if let Observed::Seen(policy) = self.facts.first_response(self.domain)
            && redirect::leads_on_unread(policy.exchange)
        {
            let from = policy.exchange.url.to_string();
            self.unknown("redirects", What::RedirectTarget(from), Reason::Unreadable);
        } else if let Some(first) = answer(self.facts, "https", self.domain) {
            let chain = Chain::follow(self.facts, first);
            self.length_of(&chain, &first.url);
            self.insecure_hops_of(&chain, &first.url);
        }
    }

    /// Too many hops, or one that leads nowhere.
    fn length_of(&mut self, chain: &Chain<'_>, from: &Url) {
        if chain.targets.len() > MAX_REDIRECTS {
            self.error("redirects.too_many", from.as_str());
            return;
        }
        let Some(last) = chain.targets.last() else { return };
        match chain.end {
            End::Answered => {}
            End::Failed => self.error("redirects.follow_error", last.as_str()),
            End::Unseen(reason) => self.unknown("redirects", What::RedirectTarget(last.to_string()), reason),
        }
    }

    fn insecure_hops_of(&mut self, chain: &Chain<'_>, from: &Url) {
        match chain.targets.iter().position(|target| !target.is_https()) {
            None => {}
            Some(0) => self.error("redirects.insecure.initial", from.as_str()),
            Some(_) => self.error("redirects.insecure.subsequent", from.as_str()),
        }
    }

    /// A response must carry one field. Firefox hands out only the first of several, which is all that browsers use.
    fn repetition(&mut self) {
        if self.facts.evidence.engine() == Engine::Firefox
            && let Observed::Seen(policy) = self.facts.first_response(self.domain)
            && policy.fields.len() == 1
        {
            let what = What::RepeatedField(self.domain.to_owned());
            self.unknown("repeated", what, Reason::NotExposedByThisBrowser);
        }
    }

    /// `www.domain` must verify, if anything there takes a connection on port 443.
    fn www(&mut self) {
        let suffix = self.domain.split_once('.').map(|(_, suffix)| suffix);
        if suffix == Some(WWW_WAIVED) {
            return;
        }
        let www = format!("www.{}", self.domain);
        if let Some(failure) = self.facts.tls_failure(&www, None) {
            // No connection at all: there is no www to ask.
            if failure.is_certificate || failure.is_handshake {
                self.error("domain.www.no_tls", &format!("https://{www}/"));
            }
            return;
        }
        if self.facts.is_unknown_host(&www) {
            return;
        }
        let answers = self.facts.exchanges().filter(|exchange| {
            exchange.url.is_https()
                && exchange.url.port().is_none()
                && undotted(exchange.url.host()) == www
                && exchange.response.is_seen()
        });
        match answers.last() {
            Some(exchange) if failure::is_overridden(self.facts.evidence, exchange) => {
                self.error("domain.www.no_tls", exchange.url.as_str());
            }
            Some(exchange) => {
                if let Observed::Unseen(reason) = exchange.connection {
                    self.unknown("www", What::WwwConnection(www), reason);
                }
            }
            None => {
                let reason = match self.facts.hsts.policy(&www) {
                    Observed::Unseen(reason) => reason,
                    Observed::Seen(_) => Reason::NotProbed,
                };
                self.unknown("www", What::WwwConnection(www), reason);
            }
        }
    }
}

fn has_field(exchange: &Exchange) -> bool {
    matches!(&exchange.response, Observed::Seen(response) if response.values(FIELD).next().is_some())
}

/// The Location names the domain in other letter case, which hstspreload.org takes for another
/// host.
fn is_spelt_otherwise(answer: &Exchange, domain: &str) -> bool {
    let Observed::Seen(response) = &answer.response else { return false };
    let Some(location) = response.values("location").next() else { return false };
    let Some(at) = location.windows(2).position(|two| two == b"//") else { return false };
    let rest = location.get(at + 2..).unwrap_or_default();
    let authority = rest.split(|octet| matches!(octet, b'/' | b'?' | b'#')).next().unwrap_or_default();
    let host = authority.rsplit(|octet| *octet == b'@').next().unwrap_or_default();
    let host = host.split(|octet| *octet == b':').next().unwrap_or_default();
    host.eq_ignore_ascii_case(domain.as_bytes()) && host != domain.as_bytes()
}

/// TLS 1.3, or ECDHE with AES-GCM or `ChaCha20` (hstspreload.org's `checkCipherSuite`).
fn is_modern(protocol: &str, suite: &str) -> bool {
    protocol.contains("1.3")
        || (suite.contains("ECDHE")
            && ((suite.contains("AES") && suite.contains("GCM")) || suite.contains("CHACHA20")))
}
