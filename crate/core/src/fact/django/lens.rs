//! What `manage.py check --deploy` would say, as far as it shows outside.
//!
//! `observed` is said only where what was seen leaves no other setting: what a proxy may have added, or may have
//! left out, is at most `inferred`.

use super::super::{Facts, Observed, SiteKind, redirect};
use super::{
    FRAME_OPTIONS, HSTS, Made, NOSNIFF, OPENER, REFERRER, bare, brought, defaults, has_csrf_age, in_order,
    is_debug_page, is_djangos, is_own, says, value,
};
use crate::check::code;
use crate::evidence::{CsrfToken, Exchange, FormMethod};
use crate::field::hstspreload;
use crate::field::set_cookie::AttributeKind;
use crate::words::words;

words! {
    /// What an id of `check --deploy` is, seen from outside.
    pub enum State {
        /// The defect is there.
        Observed = "observed",
        /// The defect is likely there.
        Inferred = "inferred",
        /// Looked, and it is not there.
        Clear = "clear",
        /// It does not show outside, or what would show it was not seen.
        NotObservable = "not-observable",
    }
}

impl State {
    /// As people say it.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NotObservable => "not observable",
            other => other.word(),
        }
    }

    /// It is something to mend.
    pub const fn is_said(self) -> bool {
        matches!(self, Self::Observed | Self::Inferred)
    }
}

use State::{Clear, Inferred, NotObservable, Observed as Seen};

/// One id of `check --deploy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployCheck {
    /// Such as `security.W004`.
    pub id: &'static str,
    /// What it is.
    pub state: State,
    /// Why.
    pub why: &'static str,
    /// What was seen; the site's text between back-ticks.
    pub evidence: Option<String>,
    /// The line of settings.py that mends it.
    pub setting: &'static str,
}

/// State, reason, and the field or cookie that shows it.
type Answer = (State, &'static str, &'static str);

const SENT: &str = "The header is sent.";
const GOOD: &str = "The value is as it should be.";
const BAD: &str = "Django sends this value.";
const PROXY: &str = "The value may be a proxy's.";
const ABSENT: &str = "Django's response has no such header.";
const EITHER: &str = "Not sent: by this setting, for want of SecurityMiddleware, or a proxy drops it.";
const OTHERS: &str = "Other responses of Django differ.";
const NO_PAGE: &str = "No response was seen that went through all of Django.";
const NO_FIELD: &str = "The header is not sent.";
const NO_COOKIE: &str = "The cookie was not seen.";
const INSIDE: &str = "It does not show outside.";

/// Values that `check --deploy` takes.
const REFERRER_VALUES: [&str; 8] = [
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];
const OPENER_VALUES: [&str; 3] = ["same-origin", "same-origin-allow-popups", "unsafe-none"];

/// Every id with its settings line, in the order of the report.
const SETTINGS: [(&str, &str); 25] = [
    ("security.W001", "MIDDLEWARE.insert(0, \"django.middleware.security.SecurityMiddleware\")"),
    ("security.W002", "MIDDLEWARE.append(\"django.middleware.clickjacking.XFrameOptionsMiddleware\")"),
    ("security.W003", "MIDDLEWARE.append(\"django.middleware.csrf.CsrfViewMiddleware\")"),
    ("security.W004", "SECURE_HSTS_SECONDS = 3600"),
    ("security.W005", "SECURE_HSTS_INCLUDE_SUBDOMAINS = True"),
    ("security.W006", "SECURE_CONTENT_TYPE_NOSNIFF = True"),
    ("security.W008", "SECURE_SSL_REDIRECT = True"),
    ("security.W009", "SECRET_KEY = os.environ[\"SECRET_KEY\"]"),
    ("security.W010", "SESSION_COOKIE_SECURE = True"),
    ("security.W011", "SESSION_COOKIE_SECURE = True"),
    ("security.W012", "SESSION_COOKIE_SECURE = True"),
    ("security.W013", "SESSION_COOKIE_HTTPONLY = True"),
    ("security.W014", "SESSION_COOKIE_HTTPONLY = True"),
    ("security.W015", "SESSION_COOKIE_HTTPONLY = True"),
    ("security.W016", "CSRF_COOKIE_SECURE = True"),
    ("security.W018", "DEBUG = False"),
    ("security.W019", "X_FRAME_OPTIONS = \"DENY\""),
    ("security.W020", "ALLOWED_HOSTS = [\"www.example.com\"]"),
    ("security.W021", "SECURE_HSTS_PRELOAD = True"),
    ("security.W022", "SECURE_REFERRER_POLICY = \"same-origin\""),
    ("security.E023", "SECURE_REFERRER_POLICY = \"same-origin\""),
    ("security.E024", "SECURE_CROSS_ORIGIN_OPENER_POLICY = \"same-origin\""),
    ("security.W025", "SECRET_KEY_FALLBACKS = []"),
    ("security.E026", "SECURE_CSP = {}"),
    ("security.W027", "\"django.template.context_processors.csp\"  # in TEMPLATES"),
];

/// What the answers stand on.
struct Lens<'f, 'a> {
    facts: &'f Facts<'a>,
    made: Vec<Made<'a>>,
    /// The response that is judged.
    judged: Option<Made<'a>>,
    /// `SecurityMiddleware` wrote a field of it.
    middleware: bool,
}

impl Facts<'_> {
    /// Every id of `check --deploy`; none where the site is not identified as Django.
    pub fn deploy_checks(&self) -> Vec<DeployCheck> {
        if !self.django().is_some_and(|django| django.is_identified()) {
            return Vec::new();
        }
        let lens = Lens::new(self);
        let mut checks = Vec::new();
        for (id, setting) in SETTINGS {
            let (state, why, shown) = lens.answer(id);
            checks.push(DeployCheck { id, state, why, evidence: lens.evidence(shown), setting });
        }
        checks
    }
}

impl<'a> Facts<'a> {
    /// Django's newest response with X-Frame-Options, and whether that is SAMEORIGIN; none where there is no such
    /// response, or the site is not identified as Django.
    pub fn django_framing(&self) -> Option<(State, &'a Exchange)> {
        let identified = self.django().is_some_and(|django| django.is_identified());
        let judged = Lens::new(self).judged.filter(|_| identified)?;
        value(judged.response, FRAME_OPTIONS)?;
        let same = says(judged.response, FRAME_OPTIONS, "SAMEORIGIN");
        Some((if same { Seen } else { Clear }, judged.exchange))
    }

    /// An https address of the page's host that leads to itself more than once.
    pub fn https_loop(&self) -> Observed<Option<&'a Exchange>> {
        let loads = || {
            self.exchanges().filter(|exchange| {
                crate::fact::is_navigation(exchange)
                    && exchange.url.is_https()
                    && exchange.url.host() == self.site.host
            })
        };
        let leads_to_itself =
            |exchange: &Exchange| redirect::server_target(exchange).is_some_and(|to| *to == exchange.url);
        let mut loops = loads().filter(|exchange| leads_to_itself(exchange));
        if let Some(first) = loops.next()
            && let Some(second) = loops.next()
            && first.url == second.url
        {
            return Observed::Seen(Some(second));
        }
        if loads().any(|exchange| exchange.response.is_seen()) {
            return Observed::Seen(None);
        }
        self.page().map(|_| None)
    }
}

impl<'f, 'a> Lens<'f, 'a> {
    fn new(facts: &'f Facts<'a>) -> Self {
        let made = facts.made_by_django();
        // The newest that went through all of Django; over https if there is one.
        let value_of = |made: &Made<'_>| u8::from(made.whole) * 2 + u8::from(made.exchange.url.is_https());
        let mut judged: Option<Made<'a>> = None;
        for one in &made {
            if judged.is_none_or(|best| value_of(one) >= value_of(&best)) {
                judged = Some(*one);
            }
        }
        let middleware = judged.is_some_and(|made| {
            made.whole && [HSTS, NOSNIFF, REFERRER, OPENER].iter().any(|name| is_own(made.response, name))
        });
        Self { facts, made, judged, middleware }
    }

    fn answer(&self, id: &str) -> Answer {
        match id.get(9..).unwrap_or_default() {
            "W001" => self.security_middleware(),
            "W002" => self.frame_options_missing(),
            "W003" => self.csrf_middleware(),
            "W004" => self.hsts_missing(),
            "W005" => self.hsts(|policy| policy.include_subdomains),
            "W021" => self.hsts(|policy| policy.preload),
            "W006" => self.missing(NOSNIFF),
            "W008" => self.ssl_redirect(),
            "W012" => self.cookie("sessionid", AttributeKind::Secure),
            "W015" => self.cookie("sessionid", AttributeKind::HttpOnly),
            "W016" => self.cookie("csrftoken", AttributeKind::Secure),
            "W010" | "W011" => self.told_elsewhere(AttributeKind::Secure),
            "W013" | "W014" => self.told_elsewhere(AttributeKind::HttpOnly),
            "W018" => self.debug(),
            "W019" => self.frame_options(),
            "W020" => self.allowed_hosts(),
            "W022" => self.missing(REFERRER),
            "E023" => self.listed(REFERRER, &REFERRER_VALUES),
            "E024" => self.listed(OPENER, &OPENER_VALUES),
            _ => (NotObservable, INSIDE, ""),
        }
    }

    /// What was seen of a field or cookie.
    fn evidence(&self, shown: &str) -> Option<String> {
        if let Some(cookie) =
            self.facts.cookies.iter().find(|it| bare(&it.name) == shown && !shown.is_empty())
        {
            let line = cookie.last_setting().map(|it| crate::field::set_cookie::masked_for_display(it.line));
            return Some(code(&["Set-Cookie: ", line.as_deref().unwrap_or(&cookie.name)].concat()));
        }
        let made = self.judged.filter(|_| !shown.is_empty())?;
        let url = code(made.exchange.url.as_str());
        Some(match value(made.response, shown) {
            Some(value) => {
                [&code(&[shown, ": ", &String::from_utf8_lossy(value)].concat()), " from ", &url].concat()
            }
            None => ["No ", &code(shown), " from ", &url].concat(),
        })
    }

    fn field(&self, name: &str) -> Option<&'a [u8]> {
        value(self.judged?.response, name)
    }

    fn is_own(&self, name: &str) -> bool {
        self.judged.is_some_and(|made| is_own(made.response, name))
    }

    fn is_whole(&self) -> bool {
        self.judged.is_some_and(|made| made.whole)
    }

    /// A field of `SecurityMiddleware` that should be there.
    fn missing(&self, name: &'static str) -> Answer {
        if self.field(name).is_some() {
            (Clear, SENT, name)
        } else if self.made.iter().any(|made| value(made.response, name).is_some()) {
            (Inferred, OTHERS, name)
        } else if self.middleware {
            (Seen, ABSENT, name)
        } else {
            (Inferred, EITHER, name)
        }
    }

    /// A bad value: Django's own, or perhaps a proxy's.
    fn bad(&self, name: &'static str) -> Answer {
        if self.is_own(name) { (Seen, BAD, name) } else { (Inferred, PROXY, name) }
    }

    /// A field whose words `check --deploy` knows.
    fn listed(&self, name: &'static str, known: &[&str]) -> Answer {
        let Some(value) = self.field(name) else { return (NotObservable, NO_FIELD, "") };
        let fits = |word: &[u8]| known.iter().any(|known| known.as_bytes() == word.trim_ascii());
        if value.split(|octet| *octet == b',').all(fits) { (Clear, GOOD, name) } else { self.bad(name) }
    }

    fn security_middleware(&self) -> Answer {
        let fields = [HSTS, NOSNIFF, REFERRER, OPENER];
        if fields.iter().any(|name| self.is_own(name)) {
            (Clear, "A header of SecurityMiddleware is sent.", "")
        } else if self.is_whole() {
            (Inferred, "None of its headers is sent by Django.", "")
        } else {
            (NotObservable, NO_PAGE, "")
        }
    }

    fn frame_options_missing(&self) -> Answer {
        if self.made.iter().any(|made| is_own(made.response, FRAME_OPTIONS)) {
            (Clear, SENT, FRAME_OPTIONS)
        } else if self.field(FRAME_OPTIONS).is_some() {
            (Clear, "The header is sent, perhaps by a proxy.", FRAME_OPTIONS)
        } else if self.is_whole() {
            (Seen, ABSENT, FRAME_OPTIONS)
        } else {
            (NotObservable, NO_PAGE, "")
        }
    }

    fn frame_options(&self) -> Answer {
        let Some(made) = self.judged.filter(|made| value(made.response, FRAME_OPTIONS).is_some()) else {
            return (NotObservable, NO_FIELD, "");
        };
        let denies = |made: &Made<'_>| says(made.response, FRAME_OPTIONS, "DENY");
        if denies(&made) {
            (Clear, GOOD, FRAME_OPTIONS)
        } else if self.made.iter().any(denies) {
            (Inferred, OTHERS, FRAME_OPTIONS)
        } else {
            self.bad(FRAME_OPTIONS)
        }
    }

    fn hsts_missing(&self) -> Answer {
        let https = self.judged.is_some_and(|made| made.exchange.url.is_https());
        match self.missing(HSTS) {
            (Clear, ..) => (Clear, SENT, HSTS),
            _ if !https => (NotObservable, "Django sends it over https only.", ""),
            (Seen, ..) if !self.knows_https() => {
                (Inferred, "Not sent: by this setting, or Django does not know that it is https.", HSTS)
            }
            answer => answer,
        }
    }

    /// It redirects http and serves https, so it tells them apart.
    fn knows_https(&self) -> bool {
        let redirects = matches!(self.ssl_redirect(), (Clear, ..));
        redirects && self.judged.is_some_and(|made| made.response.status < 300)
    }

    fn hsts(&self, asks: fn(&hstspreload::Policy) -> bool) -> Answer {
        let Some(field) = self.field(HSTS) else {
            return (NotObservable, NO_FIELD, "");
        };
        if asks(&hstspreload::parse(field).policy) { (Clear, GOOD, HSTS) } else { self.bad(HSTS) }
    }

    fn ssl_redirect(&self) -> Answer {
        const PROXY: &str =
            "Not Django answers http; check --deploy says it all the same without the setting.";
        let Observed::Seen(answer) = self.facts.http_answer(&self.facts.site.host) else {
            return (NotObservable, "How http answers was not seen.", "");
        };
        let Observed::Seen(response) = &answer.response else { return (NotObservable, PROXY, "") };
        let cookies = response.values("set-cookie").any(is_djangos);
        if redirect::server_target(answer).is_some_and(crate::url::Url::is_https) {
            // A proxy's own answer says no charset.
            let own = (in_order(response) || defaults(response) || cookies)
                && says(response, "content-type", "text/html; charset=utf-8");
            return if own { (Clear, "Django redirects http.", "") } else { (NotObservable, PROXY, "") };
        }
        if !(cookies || in_order(response) || defaults(response)) || response.status >= 400 {
            return (NotObservable, PROXY, "");
        }
        // Over http Django sends HSTS only where a proxy makes it believe that it is https.
        if value(response, HSTS).is_none() && self.is_own(HSTS) {
            (Seen, "Django answers over http.", "")
        } else {
            (Inferred, "Django answers over http, or a proxy tells it that it is https.", "")
        }
    }

    fn cookie(&self, name: &'static str, kind: AttributeKind) -> Answer {
        let named = || self.facts.cookies.iter().filter(|it| it.first_party && bare(&it.name) == name);
        if let Some(setting) = named().filter_map(|cookie| cookie.last_setting()).next_back() {
            let has = setting.attribute(kind).is_some();
            return if has {
                (Clear, "It has the attribute.", name)
            } else {
                (Seen, "It is set without the attribute.", name)
            };
        }
        let Some(stored) = named().find_map(|cookie| cookie.stored.as_ref()) else {
            return (NotObservable, NO_COOKIE, "");
        };
        let has = if kind == AttributeKind::Secure { stored.secure } else { stored.http_only };
        if has {
            (Clear, "It has the attribute.", name)
        } else {
            (Inferred, "It was once set without the attribute.", name)
        }
    }

    /// Three ids are one observation; whether app or middleware are installed does not show.
    fn told_elsewhere(&self, kind: AttributeKind) -> Answer {
        match self.cookie("sessionid", kind) {
            (Clear, why, shown) => (Clear, why, shown),
            _ if kind == AttributeKind::Secure => (NotObservable, "Told as security.W012.", ""),
            _ => (NotObservable, "Told as security.W015.", ""),
        }
    }

    /// Django sets the cookie anew with every page that holds a token; but the sign-in page guards itself, with or
    /// without the middleware.
    fn csrf_middleware(&self) -> Answer {
        let sets = |exchange: &Exchange| {
            let response = exchange.response.as_ref().seen();
            response.is_some_and(|it| {
                it.values("set-cookie").any(|line| has_csrf_age(line) || name_is(line, "csrftoken"))
            })
        };
        let in_cookie = self.made.iter().any(|made| sets(made.exchange));
        let sessions = || self.facts.cookies.iter().filter(|cookie| bare(&cookie.name) == "sessionid");
        let mut clear = false;
        for (exchange, document) in self.facts.evidence.visits.iter().filter_map(brought) {
            if exchange.from_cache || !exchange.response.is_seen() {
                continue;
            }
            let token = document.csrf_tokens.contains(&CsrfToken::Django);
            let posts = document
                .forms
                .iter()
                .any(|form| form.method == FormMethod::Post && form.action.host() == exchange.url.host());
            if sets(exchange) {
                clear |= token && document.password_fields == 0;
                continue;
            }
            // Without a cookie of its own the token may live in a session that there was already.
            let session = sessions().any(|cookie| match cookie.settings.first() {
                Some(setting) => setting.exchange.at <= exchange.at,
                None => true,
            });
            if token && (in_cookie || !session) {
                return (Inferred, "A form has a token, and no cookie comes with it.", "");
            }
            if posts && !token && !in_cookie && !session {
                return (Inferred, "A form that posts has no token.", "");
            }
        }
        if clear {
            (Clear, "A form has a token, and its cookie comes with it.", "")
        } else {
            (NotObservable, "No form was seen that tells it: the sign-in page guards itself.", "")
        }
    }

    fn debug(&self) -> Answer {
        if self.facts.documents().any(is_debug_page) {
            return (Seen, "A debug page was shown.", "");
        }
        let failed = self.made.iter().filter(|made| matches!(made.response.status, 404 | 500..));
        let read = |made: &Made<'a>| {
            let mut brought = self.facts.evidence.visits.iter().filter_map(brought);
            brought.any(|(page, _)| std::ptr::eq(page, made.exchange))
        };
        if failed.clone().any(read) {
            (Clear, "An error page shows no traceback.", "")
        } else {
            (NotObservable, "No error page of Django's was read.", "")
        }
    }

    fn allowed_hosts(&self) -> Answer {
        let refused = |made: &Made<'a>| made.response.status == 400;
        if self.facts.site.kind == SiteKind::Local {
            (NotObservable, "Names of this computer are allowed in debug mode.", "")
        } else if !self.made.is_empty() && self.made.iter().all(refused) {
            (Inferred, "Django refuses every request.", "")
        } else if self.made.iter().any(|made| made.response.status < 400) {
            (Clear, "Django serves this host.", "")
        } else {
            (NotObservable, NO_PAGE, "")
        }
    }
}

fn name_is(line: &[u8], name: &str) -> bool {
    let parts = crate::field::set_cookie::parts(line);
    parts.name.is_some_and(|span| bare(&String::from_utf8_lossy(span.of(line))) == name)
}
