//! The elements of a document that say something, tag by tag.

use std::collections::BTreeSet;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::{first, is_space};
use crate::evidence::CsrfToken;

/// Elements of one kind that are looked at.
const LOOKED_AT: usize = 5000;
/// Octets of the page's text that are looked at.
const TEXT: usize = 50_000;
/// Octets of a `meta` element's value.
const MAX_META: usize = 1024;
/// Octets of an address that are copied; a little more than is read, for the white space around it.
const MAX_COPIED: usize = 4096;
/// Where these stand, the head goes on.
const OF_HEAD: [&str; 12] = [
    "html", "head", "base", "basefont", "bgsound", "link", "meta", "title", "noscript", "style", "script",
    "template",
];
/// They run code, or bring other documents, or are parsed by rules that need a tree.
const CHANGING: [&str; 10] =
    ["script", "iframe", "frame", "frameset", "noframes", "object", "embed", "svg", "math", "plaintext"];
/// Elements whose content is text up to their own end.
const OF_TEXT: [&str; 8] = ["title", "textarea", "style", "script", "noscript", "xmp", "noembed", "iframe"];
/// Elements that do not end a line of text.
const INLINE: [&str; 7] = ["a", "b", "code", "em", "i", "span", "strong"];

/// A form, or a button with an action of its own.
pub(super) struct Sender {
    pub action: String,
    pub method: String,
    /// The form has a password field.
    pub password: bool,
    /// Of a button: its form, by its place among the forms.
    form: Option<usize>,
}

/// A sub-resource as an element names it.
pub(super) struct Named {
    /// A word of [`ResourceKind`](crate::evidence::ResourceKind).
    pub kind: &'static str,
    pub address: String,
    pub integrity: bool,
}

/// What a document holds.
#[derive(Default)]
pub(super) struct Elements {
    pub base: Option<String>,
    pub forms: Vec<Sender>,
    pub buttons: Vec<Sender>,
    pub passwords: u64,
    /// Names, in lower case, and values.
    pub metas: Vec<(String, String)>,
    pub named: Vec<Named>,
    pub tokens: BTreeSet<&'static str>,
    /// The beginning of its text, a line for each block.
    pub text: String,
    pub title: String,
    /// The first `code` within the element `explanation` (Django).
    pub explanation: String,
    /// The heading of ASP.NET's error pages.
    pub heading: String,
    pub has_traceback: bool,
    pub is_whoops: bool,
    pub is_symfony: bool,
    /// Scripts, frames, or what would have to be made a tree of.
    pub is_changed_later: bool,
    beyond: [u64; 3],
}

impl Elements {
    /// What there is more of than was looked at, with its number.
    pub(super) fn beyond(&self) -> impl Iterator<Item = (&'static str, u64)> {
        ["form", "meta", "insecure"].into_iter().zip(self.beyond).filter(|(_, number)| *number > 0)
    }
}

/// Reads a document.
pub(super) fn elements(text: &str) -> Elements {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader { in_head: true, ..Reader::default() };
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.start(&Tag(&tag)),
            Token::EndTag(tag) => reader.end(&tag.name),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    reader.into_elements()
}

/// A start tag.
struct Tag<'t>(&'t StartTag<()>);

impl Tag<'_> {
    fn name(&self) -> &str {
        std::str::from_utf8(&self.0.name).unwrap_or_default()
    }

    fn attribute(&self, name: &str) -> Option<String> {
        let value = self.0.attributes.get(name.as_bytes())?;
        let text = String::from_utf8_lossy(value.get(..MAX_COPIED.min(value.len())).unwrap_or_default());
        Some(text.into_owned())
    }

    fn has(&self, name: &str) -> bool {
        self.0.attributes.contains_key(name.as_bytes())
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.attribute(name).is_some_and(|text| text.eq_ignore_ascii_case(value))
    }

    /// Whether the attribute holds the word, among others.
    fn has_word(&self, name: &str, word: &str) -> bool {
        self.attribute(name)
            .is_some_and(|text| text.split(is_space).any(|one| one.eq_ignore_ascii_case(word)))
    }

    /// Whether it is, or has, something that runs code.
    fn changes(&self) -> bool {
        CHANGING.contains(&self.name())
            || self.0.attributes.iter().any(|(name, value)| {
                // In addresses line ends and tabs are passed over (URL, "URL parsing").
                let mut letters = value.iter().filter(|octet| **octet > b' ').map(u8::to_ascii_lowercase);
                name.starts_with(b"on") || b"javascript:".iter().all(|octet| letters.next() == Some(*octet))
            })
    }
}

/// What comes next is the first text of an element that is asked for.
#[derive(Clone, Copy)]
enum Awaited {
    Title,
    Explanation,
    Heading,
}

/// A document half read.
#[derive(Default)]
struct Reader {
    found: Elements,
    in_head: bool,
    /// How many `template` elements are open: what they hold is not part of the document.
    templates: usize,
    /// The open element whose content is text.
    of_text: Option<String>,
    /// The open form, by its place.
    form: Option<usize>,
    /// An element `explanation` was seen.
    in_explanation: bool,
    seen_title: bool,
    seen_summary: bool,
    awaited: Option<Awaited>,
    /// The two start tags before.
    before: [String; 2],
}

impl Reader {
    fn start(&mut self, tag: &Tag<'_>) {
        let name = tag.name();
        self.awaited = None;
        if OF_TEXT.contains(&name) {
            self.of_text = Some(name.to_owned());
        }
        self.found.is_changed_later |= tag.changes();
        if name == "template" {
            self.templates += 1;
        }
        if self.templates > 0 {
            return;
        }
        self.in_head &= OF_HEAD.contains(&name);
        if !INLINE.contains(&name) {
            self.add_text("\n");
        }
        self.element(tag);
        self.mark(tag);
        let [_, last] = std::mem::take(&mut self.before);
        self.before = [last, name.to_owned()];
    }

    fn element(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "base" if self.found.base.is_none() => self.found.base = tag.attribute("href"),
            // A form in a form is none.
            "form" if self.form.is_none() => {
                let action = tag.attribute("action").unwrap_or_default();
                let method = tag.attribute("method").unwrap_or_default();
                self.form = Some(self.found.forms.len());
                let form = Sender { action, method, password: false, form: None };
                self.found.beyond[0] += keep(&mut self.found.forms, form);
            }
            "input" | "button" => self.control(tag),
            "meta" => self.meta(tag),
            "link" if tag.has_word("rel", "stylesheet") => self.named(tag, "stylesheet", "href"),
            "script" => self.named(tag, "script", "src"),
            "iframe" | "frame" => self.named(tag, "sub-frame", "src"),
            "object" => self.named(tag, "object", "data"),
            "embed" => self.named(tag, "other", "src"),
            "img" => self.named(tag, "image", "src"),
            "audio" | "video" | "source" | "track" => self.named(tag, "media", "src"),
            _ => {}
        }
        // Whose form a control is would have to be looked up.
        self.found.is_changed_later |= matches!(tag.name(), "input" | "button") && tag.has("form");
    }

    fn control(&mut self, tag: &Tag<'_>) {
        let is_input = tag.name() == "input";
        if is_input && tag.is("type", "image") {
            self.named(tag, "image", "src");
        }
        if is_input && tag.is("type", "password") {
            self.found.passwords += 1;
            if let Some(form) = self.form.and_then(|at| self.found.forms.get_mut(at)) {
                form.password = true;
            }
        }
        if is_input && let Some(name) = tag.attribute("name") {
            self.found.tokens.extend(CsrfToken::of(&name).map(CsrfToken::word));
        }
        if let Some(action) = tag.attribute("formaction") {
            let form = self.form.and_then(|at| self.found.forms.get(at));
            let of_form = || form.map(|form| form.method.clone()).unwrap_or_default();
            let method = tag.attribute("formmethod").unwrap_or_else(of_form);
            let button = Sender { action, method, password: false, form: self.form };
            self.found.beyond[0] += keep(&mut self.found.buttons, button);
        }
    }

    /// A policy outside the head is none (HTML, "http-equiv=content-security-policy"). `referrer-policy` is no
    /// `http-equiv` that browsers know, `name=referrer` is.
    fn meta(&mut self, tag: &Tag<'_>) {
        let equivalent = tag.attribute("http-equiv").unwrap_or_default().trim().to_ascii_lowercase();
        let name = match equivalent.as_str() {
            "content-security-policy" | "content-security-policy-report-only" if self.in_head => equivalent,
            "permissions-policy"
            | "refresh"
            | "strict-transport-security"
            | "x-content-type-options"
            | "x-frame-options" => equivalent,
            _ if tag.is("name", "referrer") && !equivalent.starts_with("content-security-policy") => {
                "referrer-policy".to_owned()
            }
            _ => return,
        };
        let content = tag.attribute("content").unwrap_or_default();
        let words: Vec<&str> = first(&content, MAX_META).split_whitespace().collect();
        self.found.beyond[1] += keep(&mut self.found.metas, (name, words.join(" ")));
    }

    fn named(&mut self, tag: &Tag<'_>, kind: &'static str, attribute: &str) {
        let Some(address) = tag.attribute(attribute) else { return };
        let integrity = tag.attribute("integrity").is_some_and(|text| !text.trim().is_empty());
        self.found.beyond[2] += keep(&mut self.found.named, Named { kind, address, integrity });
    }

    /// What error pages are known by.
    fn mark(&mut self, tag: &Tag<'_>) {
        let name = tag.name();
        let id = tag.attribute("id").unwrap_or_default();
        self.found.has_traceback |= matches!(id.as_str(), "traceback" | "pastebinTraceback");
        self.found.is_whoops |=
            name == "div" && tag.has_word("class", "Whoops") && tag.has_word("class", "container");
        self.found.is_symfony |= self.seen_summary && tag.has_word("class", "exception-message-wrapper");
        self.seen_summary |= tag.has_word("class", "exception-summary");
        self.awaited = match name {
            "title" if self.in_head && !std::mem::replace(&mut self.seen_title, true) => Some(Awaited::Title),
            "code" if std::mem::take(&mut self.in_explanation) => Some(Awaited::Explanation),
            "h1" if self.before.iter().map(String::as_str).eq(["body", "span"]) => Some(Awaited::Heading),
            _ => None,
        };
        self.in_explanation |= id == "explanation";
    }

    fn end(&mut self, name: &[u8]) {
        self.awaited = None;
        if self.of_text.as_ref().is_some_and(|open| open.as_bytes() == name) {
            self.of_text = None;
        }
        match name {
            b"template" => self.templates = self.templates.saturating_sub(1),
            b"form" if self.templates == 0 => self.form = None,
            b"body" | b"html" | b"br" => self.in_head = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.templates > 0 {
            return;
        }
        match self.awaited.take() {
            Some(Awaited::Title) => text.clone_into(&mut self.found.title),
            Some(Awaited::Explanation) => text.clone_into(&mut self.found.explanation),
            Some(Awaited::Heading) => text.clone_into(&mut self.found.heading),
            None => {}
        }
        self.in_head &= self.of_text.is_some() || text.chars().all(is_space);
        if !matches!(self.of_text.as_deref(), Some("script" | "style" | "noscript")) {
            self.add_text(text);
        }
    }

    fn add_text(&mut self, text: &str) {
        let room = TEXT.saturating_sub(self.found.text.len());
        self.found.text.push_str(first(text, room));
    }

    /// A password field may have come after a button of its form.
    fn into_elements(self) -> Elements {
        let mut found = self.found;
        for button in &mut found.buttons {
            let form = button.form.and_then(|form| found.forms.get(form));
            button.password = form.is_some_and(|form| form.password);
        }
        found
    }
}

/// Keeps a thing if there is room for it, else counts it.
fn keep<T>(kept: &mut Vec<T>, one: T) -> u64 {
    if kept.len() == LOOKED_AT {
        return 1;
    }
    kept.push(one);
    0
}
