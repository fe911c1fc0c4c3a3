//! What a page's document holds, read when the person opened the popup (`extension/page.js`).
//!
//! In JSON it is a list of lines, of words with one space between them. `URL` has no user and no fragment, and
//! no query where it may hold a token; no token's value is part of it.
//!
//! | line | says |
//! | --- | --- |
//! | `form METHOD URL [password]` | where a form leads, `get`, `post` or `dialog`, and that it has a password field |
//! | `meta NAME VALUE` | an `http-equiv` element; a character of the value is an octet. `referrer-policy` is `name=referrer` |
//! | `part KIND URL [integrity] [relative-scheme]` | a `script` or `stylesheet` of another origin, that its element has `integrity`, and that the address was written without a scheme: `//host/…` |
//! | `scripts WHAT N` | `script` elements: `all`, inline ones too; `own`, of the page's origin; `own-integrity`, `own-relative`, `own-relative-integrity`, which of those have `integrity`, were written `//host/…`, both |
//! | `insecure KIND URL` | a sub-resource that an https page names by an http address; [`ResourceKind`] |
//! | `csrf NAME`, `debug NAME`, `trace NAME` | [`CsrfToken`], [`DebugPage`], [`StackTrace`] |
//! | `passwords N` | password fields |
//! | `beyond form N` | how many more there are than are kept: of `form`, `meta`, `part`, `insecure` |
//!
//! Lines and not objects, since readers of objects are 2 KB of the wasm module for each of these. A page is free to
//! claim anything here, so each list has a bound, addresses lose their secrets, and what is a word is one of ours.

use serde::{Deserialize, Serialize};

use super::{Field, ResourceKind};
use crate::url::Url;
use crate::words::words;

/// Forms that are kept.
const MAX_FORMS: usize = 50;
/// Scripts and style sheets of other origins that are kept.
const MAX_PARTS: usize = 50;
/// `meta` elements that are kept.
const MAX_METAS: usize = 16;
/// References over http that are kept.
const MAX_REFERENCES: usize = 100;
/// Octets of an address that are kept.
const MAX_ADDRESS: usize = 4096;
/// The names of `meta` elements that are kept, in lower case: what a policy or a redirect is written with.
/// Browsers take no `http-equiv` of the name `referrer-policy`: it stands for `name=referrer`, which they do take.
const EQUIVALENTS: [&str; 8] = [
    "content-security-policy",
    "content-security-policy-report-only",
    "permissions-policy",
    "referrer-policy",
    "refresh",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
];

/// The document of a page, together with its frames of the same origin.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Document {
    /// Where its forms lead, none twice: first those that lead to http, then those with a password field.
    pub forms: Vec<Form>,
    /// How many password fields there are, in forms and outside.
    pub password_fields: u64,
    /// Its `meta http-equiv` elements as fields, in order: only names that set a policy, or lead on. Those of its
    /// frames are not among them: they say nothing of the page. `referrer-policy` is `meta name=referrer`.
    pub metas: Vec<Field>,
    /// Scripts and style sheets that it names from other origins, none twice: first those without integrity.
    pub parts: Vec<Part>,
    /// How many `script` elements there are.
    pub scripts: Scripts,
    /// Sub-resources that it names by an http address. Browsers refuse or change such requests before any
    /// extension hears of them.
    pub insecure_references: Vec<Reference>,
    /// Which anti-CSRF tokens it carries; by the names of their fields, never with a value.
    pub csrf_tokens: Vec<CsrfToken>,
    /// It is an error page of a server in debug mode: of whose.
    pub debug_pages: Vec<DebugPage>,
    /// The first 50,000 characters of its text hold a stack trace: of which language. Never the text itself.
    pub traces: Vec<StackTrace>,
    /// What was counted and not kept.
    pub beyond: Beyond,
    /// It is what the server sent, and scripts or frames may have added to it: what it does not hold is unknown. In
    /// JSON such a document is unseen.
    #[cfg(feature = "files")]
    pub partial: bool,
}

/// Where a form sends what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Form {
    /// Its action, or that of one of its buttons, made absolute, without query: that may hold a token.
    pub action: Url,
    /// How.
    pub method: FormMethod,
    /// It has a password field.
    pub password: bool,
}

/// A script or style sheet as an element names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    /// The address, made absolute, without query.
    pub url: Url,
    /// Script or style sheet.
    pub kind: ResourceKind,
    /// Its element has an `integrity` attribute (Subresource Integrity §3.5).
    pub integrity: bool,
    /// The address was written without a scheme (`//host/…`): it is that of the page.
    pub relative_scheme: bool,
}

/// How many `script` elements a document holds; those of other origins are [`Document::parts`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scripts {
    /// All of them, also without an address.
    pub all: u64,
    /// Those with an address of the page's own origin.
    pub own: u64,
    /// Which of `own` have `integrity`.
    pub own_integrity: u64,
    /// Which of `own` were written without a scheme (`//host/…`).
    pub own_relative: u64,
    /// Which of `own_relative` have `integrity`.
    pub own_relative_integrity: u64,
}

/// A sub-resource as an element of the page names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reference {
    /// The address, made absolute.
    pub url: Url,
    /// What the element would do with it.
    pub kind: ResourceKind,
}

/// What was counted and not kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Beyond {
    /// Forms, and buttons with an action of their own.
    pub forms: u64,
    /// `meta` elements.
    pub metas: u64,
    /// Scripts and style sheets.
    pub parts: u64,
    /// Elements that name a sub-resource.
    pub references: u64,
}

words! {
    /// How a form sends (HTML, "method").
    pub enum FormMethod {
        /// In the address.
        Get = "get",
        /// In a body.
        Post = "post",
        /// Nowhere: it closes a dialog.
        Dialog = "dialog",
    }
}

words! {
    /// The name of a field that carries an anti-CSRF token; whose it is.
    pub enum CsrfToken {
        /// Django.
        Django = "csrfmiddlewaretoken",
        /// Ruby on Rails.
        Rails = "authenticity_token",
        /// ASP.NET.
        AspNet = "__RequestVerificationToken",
        /// Laravel.
        Laravel = "_token",
        /// Spring, Express.
        Spring = "_csrf",
        /// Symfony, and others.
        Symfony = "_csrf_token",
        /// Flask-WTF, and others.
        Flask = "csrf_token",
    }
}

words! {
    /// An error page that only a server in debug mode shows.
    pub enum DebugPage {
        /// Django's "Page not found" with the URL patterns.
        Django404 = "django-404",
        /// Django's traceback.
        Django500 = "django-500",
        /// The interactive debugger of Werkzeug (Flask).
        Werkzeug = "werkzeug",
        /// Action Controller: Exception caught.
        Rails = "rails",
        /// Whoops (Laravel and others).
        Whoops = "whoops",
        /// Symfony's exception page.
        Symfony = "symfony",
        /// Server Error in '/' Application.
        AspNet = "asp-net",
    }
}

words! {
    /// A language, or what runs it, whose stack traces are recognised.
    pub enum StackTrace {
        /// Traceback (most recent call last).
        Python = "python",
        /// Java, and what else runs on its machine.
        Java = "java",
        /// PHP's fatal errors.
        Php = "php",
        /// .NET.
        DotNet = "dot-net",
        /// Node.js.
        Node = "node",
        /// Ruby.
        Ruby = "ruby",
    }
}

impl Scripts {
    /// The words of a line and the numbers that they name.
    const WORDS: [&str; 5] = ["all", "own", "own-integrity", "own-relative", "own-relative-integrity"];

    fn numbers(&mut self) -> [&mut u64; 5] {
        let Self { all, own, own_integrity, own_relative, own_relative_integrity } = self;
        [all, own, own_integrity, own_relative, own_relative_integrity]
    }

    fn number(&mut self, word: &str) -> Option<&mut u64> {
        let place = Self::WORDS.iter().position(|known| *known == word)?;
        self.numbers().into_iter().nth(place)
    }
}

impl Document {
    /// Whether what it does not hold was not there.
    #[cfg(feature = "files")]
    pub const fn is_whole(&self) -> bool {
        !self.partial
    }

    /// Whether what it does not hold was not there.
    #[cfg(not(feature = "files"))]
    pub const fn is_whole(&self) -> bool {
        true
    }

    /// Takes a line in, if there is still room for it. False for what is no line of a document.
    pub fn take(&mut self, line: &str) -> bool {
        self.line(line).is_some()
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let (what, rest) = line.split_once(' ')?;
        let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        // An address, and perhaps words more that say yes.
        let (url, more) = rest.split_once(' ').unwrap_or((rest, ""));
        let url = || Url::parse(url).filter(|url| url.as_str().len() <= MAX_ADDRESS);
        let said = |yes: &str| (more.is_empty() || more == yes).then_some(more == yes);
        match what {
            "form" => {
                let (action, method) = (without_query(&url()?), FormMethod::of(word)?);
                let form = Form { action, method, password: said("password")? };
                keep(&mut self.forms, MAX_FORMS, &mut self.beyond.forms, form);
            }
            "part" => {
                let (url, kind) = (without_query(&url()?), ResourceKind::of(word)?);
                let (integrity, relative_scheme) = match more {
                    "" => (false, false),
                    "integrity" => (true, false),
                    "relative-scheme" => (false, true),
                    "integrity relative-scheme" => (true, true),
                    _ => return None,
                };
                let part = Part { url, kind, integrity, relative_scheme };
                keep(&mut self.parts, MAX_PARTS, &mut self.beyond.parts, part);
            }
            "insecure" if more.is_empty() => {
                let reference = Reference { url: url()?.without_secrets(), kind: ResourceKind::of(word)? };
                keep(&mut self.insecure_references, MAX_REFERENCES, &mut self.beyond.references, reference);
            }
            "meta" if EQUIVALENTS.contains(&word) => {
                let octets: Option<Vec<u8>> = rest.chars().map(|c| u8::try_from(c).ok()).collect();
                keep(&mut self.metas, MAX_METAS, &mut self.beyond.metas, Field::received(word, &octets?));
            }
            "csrf" => keep(&mut self.csrf_tokens, CsrfToken::WORDS.len(), &mut 0, CsrfToken::of(word)?),
            "debug" => keep(&mut self.debug_pages, DebugPage::WORDS.len(), &mut 0, DebugPage::of(word)?),
            "trace" => keep(&mut self.traces, StackTrace::WORDS.len(), &mut 0, StackTrace::of(word)?),
            "scripts" => *self.scripts.number(word)? = rest.parse().ok()?,
            "passwords" => self.password_fields = word.parse().ok()?,
            "beyond" => {
                let beyond = match word {
                    "form" => &mut self.beyond.forms,
                    "meta" => &mut self.beyond.metas,
                    "part" => &mut self.beyond.parts,
                    "insecure" => &mut self.beyond.references,
                    _ => return None,
                };
                *beyond = beyond.saturating_add(rest.parse().ok()?);
            }
            _ => return None,
        }
        Some(())
    }
}

/// Adds to a list, or to the count of what is beyond it.
fn keep<T>(list: &mut Vec<T>, most: usize, beyond: &mut u64, one: T) {
    if list.len() < most {
        list.push(one);
    } else {
        *beyond = beyond.saturating_add(1);
    }
}

fn without_query(url: &Url) -> Url {
    let bare = url.without_secrets();
    let path = bare.as_str().split('?').next().and_then(Url::parse);
    path.unwrap_or(bare)
}

/// The text is no line of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a line that says nothing of a document")]
pub struct NotALine;

impl TryFrom<Vec<String>> for Document {
    type Error = NotALine;

    fn try_from(lines: Vec<String>) -> Result<Self, NotALine> {
        let mut document = Self::default();
        if lines.iter().all(|line| document.take(line)) { Ok(document) } else { Err(NotALine) }
    }
}

impl From<Document> for Vec<String> {
    fn from(document: Document) -> Self {
        let mut lines = Self::new();
        let mut line = |words: &[&str]| lines.push(words.join(" ").trim_end().to_owned());
        for Form { action, method, password } in &document.forms {
            line(&["form", method.word(), action.as_str(), if *password { "password" } else { "" }]);
        }
        for meta in &document.metas {
            let value: String = meta.value.iter().map(|&octet| char::from(octet)).collect();
            line(&["meta", &meta.name, &value]);
        }
        for Part { url, kind, integrity, relative_scheme } in &document.parts {
            let how = match (integrity, relative_scheme) {
                (false, false) => "",
                (true, false) => "integrity",
                (false, true) => "relative-scheme",
                (true, true) => "integrity relative-scheme",
            };
            line(&["part", kind.word(), url.as_str(), how]);
        }
        let mut scripts = document.scripts;
        for (what, number) in Scripts::WORDS.into_iter().zip(scripts.numbers()) {
            if *number > 0 {
                line(&["scripts", what, &number.to_string()]);
            }
        }
        for Reference { url, kind } in &document.insecure_references {
            line(&["insecure", kind.word(), url.as_str()]);
        }
        for token in &document.csrf_tokens {
            line(&["csrf", token.word()]);
        }
        for page in &document.debug_pages {
            line(&["debug", page.word()]);
        }
        for trace in &document.traces {
            line(&["trace", trace.word()]);
        }
        line(&["passwords", &document.password_fields.to_string()]);
        let Beyond { forms, metas, parts, references } = document.beyond;
        for (what, number) in [("form", forms), ("meta", metas), ("part", parts), ("insecure", references)] {
            if number > 0 {
                line(&["beyond", what, &number.to_string()]);
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let lines = [
            "form post https://site.test/login password",
            "form dialog javascript:",
            "meta strict-transport-security max-age=1; \u{e9}",
            "meta refresh",
            "meta referrer-policy no-referrer",
            "part script https://cdn.test/a.js integrity",
            "part stylesheet https://cdn.test/a.css",
            "part script https://cdn.test/b.js relative-scheme",
            "part script https://cdn.test/c.js integrity relative-scheme",
            "scripts all 9",
            "scripts own 4",
            "scripts own-integrity 3",
            "scripts own-relative 2",
            "scripts own-relative-integrity 1",
            "insecure sub-frame http://cdn.test/?q",
            "csrf csrfmiddlewaretoken",
            "debug django-404",
            "trace python",
            "trace dot-net",
            "passwords 2",
            "beyond meta 3",
        ];
        let lines: Vec<String> = lines.map(str::to_owned).to_vec();
        let document = Document::try_from(lines.clone()).expect("lines");
        assert_eq!(
            document.forms[0],
            Form {
                action: Url::parse("https://site.test/login").expect("a URL"),
                method: FormMethod::Post,
                password: true,
            }
        );
        assert!(document.parts[0].integrity && !document.parts[1].integrity && !document.forms[1].password);
        let words = |part: &Part| (part.integrity, part.relative_scheme);
        assert_eq!((words(&document.parts[2]), words(&document.parts[3])), ((false, true), (true, true)));
        assert_eq!((document.scripts.all, document.scripts.own_relative_integrity), (9, 1));
        assert_eq!(document.metas[0].value, b"max-age=1; \xe9");
        assert_eq!((document.password_fields, document.beyond.metas), (2, 3));
        assert_eq!(Vec::from(document), lines);
    }

    #[test]
    fn secrets_are_cut() {
        let secret = "https://user:geheim@site.test/a?token=geheim#geheim";
        let mut document = Document::default();
        for line in [
            format!("form get {secret} password"),
            format!("part script {secret}"),
            format!("meta refresh 0;url={}", secret.replace("?token=geheim", "")),
            format!("insecure image {}", secret.replace("token=geheim", "v=1")),
        ] {
            assert!(document.take(&line), "{line}");
        }
        let lines = Vec::from(document);
        assert!(lines.iter().all(|line| !line.contains("geheim")), "{lines:?}");
        assert_eq!(lines[0], "form get https://site.test/a password");
    }

    #[test]
    fn nothing_else_is_a_line() {
        let overlong = format!("form get https://site.test/{}", "x".repeat(MAX_ADDRESS));
        for line in [
            "",
            "form",
            "form put https://site.test/",
            "form get /login",
            "form get https://site.test/ 0123456789abcdef",
            "insecure script http://site.test/ more",
            "part toolbar https://site.test/",
            "part script https://site.test/ relative-scheme integrity",
            "part script https://site.test/ 0123456789abcdef",
            "meta referrer no-referrer",
            "scripts inline 1",
            "scripts own",
            "scripts own -1",
            "trace Traceback (most recent call last): 0123456789abcdef",
            "meta set-cookie sid=0123456789abcdef",
            "meta Strict-Transport-Security max-age=1",
            "meta refresh \u{20ac}",
            "csrf 0123456789abcdef",
            "debug Traceback",
            "passwords -1",
            "beyond token 1",
            "beyond form many",
            "token 0123456789abcdef",
            overlong.as_str(),
        ] {
            let mut document = Document::default();
            assert!(!document.take(line), "{line}");
            assert_eq!(document, Document::default(), "{line}");
        }
    }
}
