//! One Set-Cookie line and how the browsers read it.

use super::CookieRefusal;
use crate::check::Location;
use crate::evidence::Exchange;
use crate::field::set_cookie::{
    self, Attribute, AttributeKind, LONGEST_LIFETIME, Parts, Rejection, SetContext, Verdict,
};
use crate::field::{Engine, Span, cookie_date};
use crate::knowledge::Knowledge;

/// One Set-Cookie line and how the browsers read it.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// The response that sent it.
    pub exchange: &'a Exchange,
    /// The line, its value masked.
    pub line: &'a [u8],
    /// What was written, attribute by attribute.
    pub parts: Parts,
    /// What Chromium does with it.
    pub chromium: Verdict,
    /// What Firefox does with it.
    pub firefox: Verdict,
    /// It came in the page visit that the audit is about, not in an earlier one.
    pub recent: bool,
    /// Another site's document asked for the response, so that browsers follow rules of
    /// their own for third-party cookies.
    pub cross_site: bool,
    /// The response's own Date, in seconds since the epoch.
    pub response_date: Option<i64>,
}

impl<'a> Setting<'a> {
    /// Reads a line of a response.
    pub(super) fn read(
        knowledge: &Knowledge<'_>,
        exchange: &'a Exchange,
        line: &'a [u8],
        date: Option<i64>,
    ) -> Self {
        let read = |engine| read_as(knowledge, engine, exchange, line, date);
        Self {
            exchange,
            line,
            parts: set_cookie::parts(line),
            chromium: read(Engine::Chromium),
            firefox: read(Engine::Firefox),
            recent: false,
            cross_site: false,
            response_date: date,
        }
    }

    /// What one engine does with it.
    pub const fn reading(&self, engine: Engine) -> &Verdict {
        match engine {
            Engine::Chromium => &self.chromium,
            Engine::Firefox => &self.firefox,
        }
    }

    /// The last attribute of this kind, the one that counts.
    pub fn attribute(&self, kind: AttributeKind) -> Option<&Attribute> {
        self.parts.attributes.iter().rfind(|attribute| attribute.kind == kind)
    }

    /// The value of the last attribute of this kind, as written; empty where it has none.
    pub fn value_of(&self, kind: AttributeKind) -> Option<&[u8]> {
        self.attribute(kind).map(|attribute| attribute.value_in(self.line))
    }

    /// When it was received, in seconds since the epoch.
    pub const fn received_at(&self) -> i64 {
        self.exchange.at.div_euclid(1000)
    }

    /// Which browsers refuse it by their rules. The recording browser's reason comes first. A
    /// line that deletes a cookie is no refusal.
    pub fn refusal(&self, engine: Engine) -> Option<CookieRefusal> {
        let refused = |engine| match self.reading(engine).rejection() {
            Some(Rejection::Expired) | None => None,
            refused => refused,
        };
        let other = match engine {
            Engine::Chromium => Engine::Firefox,
            Engine::Firefox => Engine::Chromium,
        };
        if self.reading(engine).rejection() == Some(Rejection::Expired) {
            return None;
        }
        match (refused(engine), refused(other)) {
            (Some(rejection), Some(_)) => Some(CookieRefusal::Rule { rejection, only: None }),
            (Some(rejection), None) => Some(CookieRefusal::Rule { rejection, only: Some(engine) }),
            (None, Some(rejection)) => Some(CookieRefusal::Rule { rejection, only: Some(other) }),
            (None, None) => None,
        }
    }

    /// Whether more than the longest lifetime was asked for, so that the browser cut it.
    pub fn is_lifetime_cut(&self, engine: Engine) -> bool {
        let longest = self.received_at().saturating_add(LONGEST_LIFETIME);
        if self.reading(engine).cookie().and_then(|cookie| cookie.expires_at) != Some(longest) {
            return false;
        }
        // Exactly the longest lifetime is stored uncut.
        let max_age = self
            .value_of(AttributeKind::MaxAge)
            .and_then(|value| std::str::from_utf8(value).ok()?.parse().ok());
        let asked: Option<i64> = max_age.or_else(|| {
            let date = cookie_date::read(engine, self.value_of(AttributeKind::Expires)?)?;
            Some(date.saturating_sub(self.response_date.unwrap_or_else(|| self.received_at())))
        });
        asked != Some(LONGEST_LIFETIME)
    }

    /// Where a finding about it points: the line, its value masked, with the last attribute of
    /// the first of `kinds` that it has marked.
    pub fn location(&self, kinds: &[AttributeKind]) -> Location {
        let span = kinds.iter().find_map(|kind| self.attribute(*kind)).map(|attribute| {
            Span::new(attribute.name.start, attribute.value.map_or(attribute.name.end, |value| value.end))
        });
        // One character stands for the whole value.
        let hidden = self.parts.value.len().saturating_sub(1);
        let mark = span.map(|span| (span.start.saturating_sub(hidden), span.end.saturating_sub(hidden)));
        Location::url(&self.exchange.url)
            .field("set-cookie")
            .text(&set_cookie::masked_for_display(self.line))
            .marked(mark)
    }
}

/// What an engine does with a line received in this exchange.
pub(super) fn read_as(
    knowledge: &Knowledge<'_>,
    engine: Engine,
    exchange: &Exchange,
    line: &[u8],
    date: Option<i64>,
) -> Verdict {
    let context = SetContext {
        url: &exchange.url,
        now: exchange.at.div_euclid(1000),
        response_date: date,
        registrable_domain: &|name| knowledge.suffixes.registrable_domain(name),
    };
    set_cookie::read(engine, line, &context)
}
