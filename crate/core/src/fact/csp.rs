//! The Content-Security-Policies of the page, and what they allow together.
//!
//! Every policy that is enforced must allow a thing (CSP3 §4.1): [`Csp::open`] is what all of them leave open.

use super::Facts;
use crate::evidence::{Field, Observed, Reason, Response};
use crate::field::csp::{self, Directive, Host, Keyword, Policy, Source, State};
use crate::field::{Engine, Span};
use crate::knowledge::{CspBypass, CspBypasses, How};

const ENFORCED: &str = "content-security-policy";
const REPORT_ONLY: &str = "content-security-policy-report-only";
const OBSOLETE: [&str; 2] = ["x-content-security-policy", "x-webkit-csp"];

/// What a directive leaves open.
pub mod allows {
    /// Inline scripts, or inline styles.
    pub const INLINE: u16 = 1;
    /// `eval()`.
    pub const EVAL: u16 = 2;
    /// Every host.
    pub const ANY_HOST: u16 = 4;
    /// Every host over https at least.
    pub const ANY_HTTPS: u16 = 8;
    /// `data:` addresses.
    pub const DATA: u16 = 16;
    /// All of these: what a directive that is not there leaves open.
    pub const ALL: u16 = 31;
    /// Some host or scheme; no part of [`ALL`].
    pub const LISTED: u16 = 32;
    /// What a nonce names; no part of [`ALL`].
    pub const NONCE: u16 = 64;
    /// `'strict-dynamic'` is in force; no part of [`ALL`].
    pub const STRICT_DYNAMIC: u16 = 128;
    /// What a hash names; no part of [`ALL`].
    pub const HASH: u16 = 256;
}

/// The policies of the page.
#[derive(Debug, Default)]
pub struct Csp<'a> {
    /// Those that are enforced: of the response, then of the document.
    pub enforced: Vec<PagePolicy<'a>>,
    /// Those that only report.
    pub report_only: Vec<PagePolicy<'a>>,
    /// Those, enforced or not, of which browsers read no directive at all, and which they therefore drop.
    pub void: Vec<PagePolicy<'a>>,
    /// Why the policies of the response were not seen, or not all of them.
    pub unseen: Option<Reason>,
    /// Why those of the document were not.
    pub metas_unseen: Option<Reason>,
    /// The response has a field that browsers read while there was no standard.
    pub obsolete: bool,
    /// What came is no document in which scripts could run.
    pub no_document: bool,
}

/// One policy of the page.
#[derive(Debug)]
pub struct PagePolicy<'a> {
    /// The whole field, or the whole content of the `meta` element.
    pub field: &'a Field,
    /// It stands in a `meta` element.
    pub in_meta: bool,
    /// Its directives.
    pub policy: Policy,
}

impl<'a> Csp<'a> {
    pub(super) fn new(facts: &Facts<'a>) -> Self {
        let mut csp = Self::default();
        match facts.page().and_then(|page| page.response.as_ref()) {
            Observed::Seen(response) => csp.take_response(response),
            Observed::Unseen(reason) => csp.unseen = Some(reason),
        }
        for meta in facts.some_document().map_or(&[][..], |document| &document.metas) {
            if meta.name.eq_ignore_ascii_case(ENFORCED) {
                // HTML reads one policy here; Chromium takes a list, as in the field.
                let policies = match facts.engine {
                    Engine::Chromium => csp::policies(&meta.value),
                    Engine::Firefox => vec![csp::policy(&meta.value, Span::new(0, meta.value.len()))],
                };
                for policy in policies {
                    csp.keep(PagePolicy { field: meta, in_meta: true, policy }, true);
                }
            }
        }
        csp.metas_unseen = match facts.document() {
            Observed::Seen(document) => (document.beyond.metas > 0).then_some(Reason::OverLimit),
            Observed::Unseen(reason) => Some(reason),
        };
        csp
    }

    fn take_response(&mut self, response: &'a Response) {
        if response.dropped > 0 {
            self.unseen = Some(Reason::OverLimit);
        }
        let mut is_there = false;
        self.no_document = matches!(response.status, 204 | 205);
        for field in &response.fields {
            let enforced = field.name.eq_ignore_ascii_case(ENFORCED);
            if field.name.eq_ignore_ascii_case("content-type") {
                self.no_document |= !holds_document(&field.value);
            }
            self.obsolete |= OBSOLETE.iter().any(|name| field.name.eq_ignore_ascii_case(name));
            if !enforced && !field.name.eq_ignore_ascii_case(REPORT_ONLY) {
                continue;
            }
            is_there = true;
            for mut policy in csp::policies(&field.value) {
                if field.cut_from.is_some() {
                    // What follows is lost, and the end of the last directive with it.
                    policy.directives.pop();
                    self.unseen = Some(Reason::OverLimit);
                }
                self.keep(PagePolicy { field, in_meta: false, policy }, enforced);
            }
        }
        // A 304 need not repeat the field (RFC 9110 §15.4.5).
        if response.status == 304 && !is_there {
            self.unseen = Some(Reason::FromCache);
        }
    }

    fn keep(&mut self, policy: PagePolicy<'a>, enforced: bool) {
        let counts = policy.policy.directives.iter().any(|directive| directive.state == State::Counts);
        if !counts {
            // Nothing between two commas is no policy.
            if !policy.policy.span.is_empty() || policy.octets().trim_ascii().is_empty() {
                self.void.push(policy);
            }
        } else if enforced {
            self.enforced.push(policy);
        } else {
            self.report_only.push(policy);
        }
    }

    /// All policies that are one.
    pub fn all(&self) -> impl Iterator<Item = &PagePolicy<'a>> {
        self.enforced.iter().chain(&self.report_only)
    }

    /// Whether an enforced policy has this directive.
    pub fn has(&self, name: &str) -> bool {
        self.enforced.iter().any(|policy| policy.find(name).is_some())
    }

    /// What all enforced policies leave open for this directive ([`allows`]).
    pub fn open(&self, name: &str) -> u16 {
        self.enforced.iter().fold(allows::ALL, |open, policy| open & policy.open(name))
    }

    /// The hosts of a directive from which all enforced policies let a script come that undoes them, each with the
    /// first such script.
    pub fn bypasses<'k>(
        &self,
        name: &str,
        policy: &PagePolicy<'_>,
        directive: &Directive,
        known: &CspBypasses<'k>,
    ) -> Vec<(Span, CspBypass<'k>)> {
        let mut found = Vec::new();
        if policy.open(name) & allows::LISTED == 0 {
            return found;
        }
        let eval = self.open(name) & allows::EVAL != 0;
        for span in directive.values(policy.octets()) {
            let Source::Host(source) = csp::classify(span.of(policy.octets())) else { continue };
            // A star alone is worse, and told by itself.
            if source.host == b"*" {
                continue;
            }
            let undoes = |bypass: &CspBypass<'_>| {
                (eval || bypass.how != How::JsonpEval)
                    && matches(&source, bypass.host, bypass.path)
                    && self.enforced.iter().all(|other| other.lets_script(name, bypass.host, bypass.path))
            };
            found.extend(known.iter().find(undoes).map(|bypass| (span, bypass)));
        }
        found
    }
}

impl<'a> PagePolicy<'a> {
    /// The octets that the spans are of.
    pub fn octets(&self) -> &'a [u8] {
        &self.field.value
    }

    /// The text at a span.
    pub fn text(&self, span: Span) -> String {
        crate::field::octets::isomorphic_decode(span.of(self.octets()))
    }

    /// The directive of exactly this name, if it is in force here.
    pub fn find(&self, name: &str) -> Option<&Directive> {
        // HTML, "Content security policy state", step 3: a meta element can not have these.
        if self.in_meta && matches!(name, "frame-ancestors" | "report-uri" | "sandbox") {
            return None;
        }
        self.policy.find(self.octets(), name.as_bytes())
    }

    /// The directive that answers for this one: itself, or what it falls back to.
    pub fn answers(&self, name: &str) -> Option<&Directive> {
        self.find(name).or_else(|| fallbacks(name).iter().find_map(|name| self.find(name)))
    }

    /// What it leaves open for this directive, with the bits that are no part of `ALL` ([`allows`]).
    pub fn open(&self, name: &str) -> u16 {
        let Some(directive) = self.answers(name) else { return allows::ALL };
        let is_script = is_script(name);
        let (mut open, mut keeps, mut drops) = (0, 0, 0);
        for span in directive.values(self.octets()) {
            match csp::classify(span.of(self.octets())) {
                // A nonce does for elements what an event handler has no place for, yet voids 'unsafe-inline' there.
                Source::Nonce(_) => {
                    drops |= allows::INLINE;
                    keeps |= allows::NONCE;
                }
                Source::Hash(_) => {
                    drops |= allows::INLINE;
                    keeps |= allows::HASH;
                }
                Source::Keyword(Keyword::StrictDynamic) if is_script => {
                    drops |= allows::INLINE | LISTS;
                    keeps |= allows::STRICT_DYNAMIC;
                }
                source => open |= opened(source),
            }
        }
        open & !drops | keeps
    }

    /// Where the directive says in so many words that it allows one of `bits`, and none of `not`.
    pub fn witness(&self, directive: &Directive, bits: u16, not: u16) -> Option<Span> {
        let opens = |span: &Span| {
            let opened = opened(csp::classify(span.of(self.octets())));
            opened & bits != 0 && opened & not == 0
        };
        directive.values(self.octets()).into_iter().find(opens)
    }

    /// Where a directive says something else than was meant: an expression that matches nothing, or most likely a slip.
    pub fn slip(&self, directive: &Directive) -> Option<Span> {
        let is_slip = |span: &Span| {
            let text = span.of(self.octets());
            csp::is_slip(text) || csp::classify(text) == Source::Invalid
        };
        let reads = csp::has_sources(directive.name.of(self.octets()));
        directive.values(self.octets()).into_iter().find(|span| reads && is_slip(span))
    }

    /// Whether the directive's name begins so.
    pub fn name_starts(&self, directive: &Directive, start: &str) -> bool {
        let name = directive.name.of(self.octets());
        name.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
    }

    /// Whether this directive lets something come over http.
    pub fn lets_http(&self, name: &str) -> bool {
        let Some(directive) = self.answers(name) else { return true };
        let lets = |span: Span| match csp::classify(span.of(self.octets())) {
            Source::Host(source) => source.host == b"*" || is_http(source.scheme),
            Source::Scheme(scheme) => is_http(scheme),
            _ => false,
        };
        directive.values(self.octets()).into_iter().any(lets)
    }

    /// Where the directive names a source over http.
    pub fn http_source(&self, directive: &Directive) -> Option<Span> {
        let is = |span: &Span| match csp::classify(span.of(self.octets())) {
            Source::Host(source) => is_http(source.scheme),
            Source::Scheme(scheme) => is_http(scheme),
            _ => false,
        };
        directive.values(self.octets()).into_iter().find(is)
    }

    fn lets_script(&self, name: &str, host: &str, path: &str) -> bool {
        let open = self.open(name);
        if open & allows::ANY_HTTPS != 0 {
            return true;
        }
        let Some(directive) = self.answers(name) else { return true };
        let lets = |span: Span| match csp::classify(span.of(self.octets())) {
            Source::Host(source) => matches(&source, host, path),
            _ => false,
        };
        open & allows::LISTED != 0 && directive.values(self.octets()).into_iter().any(lets)
    }
}

/// What hosts and schemes open.
const LISTS: u16 = allows::ANY_HOST | allows::ANY_HTTPS | allows::DATA | allows::LISTED;

/// What one source expression by itself opens.
fn opened(source: Source<'_>) -> u16 {
    match source {
        Source::Keyword(Keyword::UnsafeInline) => allows::INLINE,
        Source::Keyword(Keyword::UnsafeEval) => allows::EVAL,
        Source::Host(Host { host: b"*", path, .. }) if path.len() < 2 => {
            allows::ANY_HOST | allows::ANY_HTTPS | allows::LISTED
        }
        // http: matches https too (CSP3 §6.7.2.8, "scheme-part match").
        Source::Scheme(scheme)
            if scheme.eq_ignore_ascii_case(b"https") || scheme.eq_ignore_ascii_case(b"http") =>
        {
            allows::ANY_HTTPS | allows::LISTED
        }
        Source::Scheme(scheme) if scheme.eq_ignore_ascii_case(b"data") => allows::DATA | allows::LISTED,
        Source::Host(_) | Source::Scheme(_) => allows::LISTED,
        Source::Keyword(_) | Source::Nonce(_) | Source::Hash(_) | Source::Invalid => 0,
    }
}

/// Whether a host-source matches this host and path on any port (CSP3 §6.7.2.8 to §6.7.2.12).
pub fn matches(source: &Host<'_>, host: &str, path: &str) -> bool {
    let is_host = match source.host.strip_prefix(b"*") {
        Some(end) => {
            let start = host.len().saturating_sub(end.len());
            start > 0 && host.as_bytes().get(start..).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
        }
        None => host.as_bytes().eq_ignore_ascii_case(source.host),
    };
    let is_path = match source.path {
        b"" | b"/" => true,
        [folder @ .., b'/'] => {
            path.as_bytes().strip_prefix(folder).is_some_and(|rest| rest.first() == Some(&b'/'))
        }
        whole => path.as_bytes() == whole,
    };
    is_host && is_path
}

fn is_http(scheme: &[u8]) -> bool {
    scheme.eq_ignore_ascii_case(b"http")
}

fn is_script(name: &str) -> bool {
    name.starts_with("script-src") || name == "worker-src"
}

/// What answers where a directive is missing, in order (CSP3 §6.8.3, "directive fallback list").
fn fallbacks(name: &str) -> &'static [&'static str] {
    match name {
        "script-src-elem" | "script-src-attr" => &["script-src", "default-src"],
        "style-src-elem" | "style-src-attr" => &["style-src", "default-src"],
        "worker-src" => &["child-src", "script-src", "default-src"],
        "frame-src" => &["child-src", "default-src"],
        "fenced-frame-src" => &["frame-src", "child-src", "default-src"],
        "child-src" | "connect-src" | "font-src" | "img-src" | "manifest-src" | "media-src"
        | "object-src" | "script-src" | "style-src" => &["default-src"],
        _ => &[],
    }
}

/// Whether a browser makes a document of it in which scripts run.
fn holds_document(content_type: &[u8]) -> bool {
    let essence = content_type.split(|&octet| octet == b';').next().unwrap_or_default().trim_ascii();
    // What is no type at all is sniffed.
    !essence.contains(&b'/')
        || ["html", "xml"].iter().any(|end| {
            let start = essence.len().saturating_sub(end.len());
            essence.get(start..).is_some_and(|tail| tail.eq_ignore_ascii_case(end.as_bytes()))
        })
}
