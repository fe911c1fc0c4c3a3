//! A page's document as the server sent it, read as `extension/page.js` reads the one that a browser made of it.
//!
//! Scripts and frames add to what a page holds and take away from it. A document without any is what the browser shows,
//! and what it does not hold is not there; any other is [`Document::partial`]: it holds what it holds, and perhaps more.
//! Element trees are not built: what would need one (SVG, `MathML`, framesets) makes a document partial, too.

mod elements;
mod marks;
mod traces;

use self::elements::{Elements, Named, Sender, elements};
use crate::evidence::Document;
use crate::import::Resolve;
use crate::url::Url;

/// Kinds of sub-resources, from those that can change least of a page.
const LEAST: [&str; 7] = ["media", "image", "other", "object", "sub-frame", "stylesheet", "script"];
/// Octets of an address as it is written that are read.
const MAX_ADDRESS: usize = 2048;

/// Reads the text of a page. `resolve` makes addresses absolute; `is_cut` where the text is only its beginning.
pub(super) fn read(text: &str, is_cut: bool, page: &Url, resolve: Resolve<'_>) -> Document {
    let elements = elements(text);
    let base = elements.base.as_deref().and_then(|base| resolve(page, base.as_bytes()));
    let place = Place { page, base: base.as_ref().unwrap_or(page), resolve };
    let mut document = Document { partial: is_cut || elements.is_changed_later, ..Document::default() };
    let lines = forms(&elements, &place)
        .into_iter()
        .chain(elements.metas.iter().map(|(name, value)| format!("meta {name} {}", as_octets(value))))
        .chain(parts(&elements, &place))
        .chain(insecure(&elements, &place))
        .chain(elements.tokens.iter().map(|token| format!("csrf {token}")))
        .chain(marks::marks(&elements).map(|mark| format!("debug {mark}")))
        .chain(traces::traces(&elements.text).map(|language| format!("trace {language}")))
        .chain([format!("passwords {}", elements.passwords)]);
    for line in lines {
        // What is no line is an address that leads nowhere.
        document.take(&line);
    }
    for (what, number) in elements.beyond() {
        document.take(&format!("beyond {what} {number}"));
    }
    document
}

/// Where addresses of a document lead.
struct Place<'p> {
    page: &'p Url,
    base: &'p Url,
    resolve: Resolve<'p>,
}

impl Place<'_> {
    fn resolved(&self, address: &str) -> Option<Url> {
        let address = first(address, MAX_ADDRESS).trim_matches(is_space);
        // An empty address is that of the base.
        if address.is_empty() {
            Some(self.base.clone())
        } else {
            (self.resolve)(self.base, address.as_bytes())
        }
    }
}

/// Without query; of what leads to no host the scheme alone.
fn bare(url: &Url) -> String {
    match url.scheme() {
        "http" | "https" | "ftp" | "ws" | "wss" => {
            url.as_str().split(['?', '#']).next().unwrap_or_default().to_owned()
        }
        scheme => format!("{scheme}:"),
    }
}

fn forms(elements: &Elements, place: &Place<'_>) -> Vec<String> {
    let lines = elements.forms.iter().chain(&elements.buttons).filter_map(
        |Sender { action, method, password, .. }| {
            // Without an action a form leads to its document, whatever the base is.
            let action = action.trim_matches(is_space);
            let to = if action.is_empty() { place.page.clone() } else { place.resolved(action)? };
            let method = match method.to_ascii_lowercase().as_str() {
                "post" => "post",
                "dialog" => "dialog",
                _ => "get",
            };
            Some(format!("form {method} {}{}", bare(&to), if *password { " password" } else { "" }))
        },
    );
    let rank = |line: &str| 2 * u8::from(line.contains(" http:")) + u8::from(line.ends_with(" password"));
    once(lines, rank)
}

/// Style sheets of other origins. Those who hold scripts are partial, and nobody asks for the parts of these.
fn parts(elements: &Elements, place: &Place<'_>) -> Vec<String> {
    let sheets = elements.named.iter().filter(|named| named.kind == "stylesheet");
    let lines = sheets.filter_map(|Named { address, integrity, .. }| {
        let url = place.resolved(address)?;
        if !matches!(url.scheme(), "http" | "https") || url.origin() == place.page.origin() {
            return None;
        }
        let written = address.trim_start_matches(is_space);
        let relative =
            written.strip_prefix("//").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
        let (integrity, relative) =
            (if *integrity { " integrity" } else { "" }, if relative { " relative-scheme" } else { "" });
        Some(format!("part stylesheet {}{integrity}{relative}", bare(&url)))
    });
    once(lines, |line| u8::from(!line.contains(" integrity")))
}

/// What an https page names by an address over http: written out, unless the base is over http too.
fn insecure(elements: &Elements, place: &Place<'_>) -> Vec<String> {
    if !place.page.is_https() {
        return Vec::new();
    }
    let lines = elements.named.iter().filter_map(|Named { kind, address, .. }| {
        let url = place.resolved(address).filter(Url::is_http)?;
        Some(format!("insecure {kind} {}", url.as_str()))
    });
    // What can change the page comes first.
    let rank = |line: &str| {
        let kind = line.split(' ').nth(1);
        LEAST.iter().zip(0..).find(|(least, _)| Some(**least) == kind).map_or(0, |(_, rank)| rank)
    };
    once(lines, rank)
}

/// Each line once, those that matter most first.
fn once(lines: impl Iterator<Item = String>, rank: impl Fn(&str) -> u8) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut lines: Vec<String> = lines.filter(|line| seen.insert(line.clone())).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(rank(line)));
    lines
}

/// A character for each octet, as in every field of evidence.
fn as_octets(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

/// HTML's white space (Infra, "ASCII whitespace").
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C')
}

/// The beginning of a text, of at most so many octets.
fn first(text: &str, octets: usize) -> &str {
    text.get(..text.floor_char_boundary(octets)).unwrap_or(text)
}
