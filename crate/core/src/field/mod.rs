//! One parser per response header field: syntax only, positions kept, no judgement.
//!
//! A field is read **as a browser reads it**, not as its specification wishes: [`Engine`] says which
//! browser. Where another reader of the same field differs (hstspreload.org), its reading is a
//! function of its own beside the browsers', named after its owner.
//!
//! | field | read by |
//! | --- | --- |
//! | Strict-Transport-Security | [`hsts::read`] (browsers), [`hstspreload::parse`] (hstspreload.org) |
//! | Set-Cookie | [`set_cookie::read`] (browsers), [`set_cookie::parts`] (what was written) |
//! | dates in Expires | [`cookie_date::read`] |
//! | Location | [`location::target`] |
//! | X-Frame-Options, X-Content-Type-Options, Referrer-Policy, Cross-Origin-…-Policy, Content-Type, Cache-Control | [`policy`] |
//! | Permissions-Policy | [`dictionary::fault`] |
//! | an address that carries a session id | [`session_id::without_id`] |
//! | Content-Security-Policy, -Report-Only | [`csp::policies`], [`csp::classify`] |
//! | any that holds an address | [`address::without_secrets`] |
//!
//! Fields are octets. In JSON and in the extension they travel as strings in which one character
//! U+0000 to U+00FF is one octet ([`octets::isomorphic_decode`]).
//!
//! # Not supported
//!
//! State: every field is read as the first one of its site. What a browser already holds (an HSTS
//! policy, a Secure cookie of the same name) is the business of `fact`.

use serde::{Deserialize, Serialize};

pub mod address;
pub mod cookie_date;
pub mod csp;
pub mod dictionary;
pub mod hsts;
pub mod hstspreload;
pub mod json;
pub mod location;
pub mod octets;
pub mod policy;
pub mod session_id;
pub mod set_cookie;

use crate::words::words;

words! {
    /// A browser family whose reading of a field is meant.
    ///
    /// The readings are those of Chromium 156 and Firefox ESR 153; the end-to-end tests ask the installed
    /// browsers themselves and fail on the day one of them changes.
    pub enum Engine {
        /// Chrome, Edge and the other browsers built on Chromium.
        Chromium = "chromium",
        /// Firefox.
        Firefox = "firefox",
    }
}

impl Engine {
    /// Every engine, in the order in which reports name them.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }
}

/// A half-open range of octets in a field value: `start..end`, counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First octet.
    pub start: usize,
    /// One past the last octet.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`; an `end` before `start` gives an empty span.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Number of octets.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The octets of `field` that it covers; empty where it reaches past the end.
    pub fn of(self, field: &[u8]) -> &[u8] {
        field.get(self.start..self.end).unwrap_or_default()
    }
}
