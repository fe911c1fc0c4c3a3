//! One request and what came back.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Connection, Observed};
use crate::field::{address, set_cookie};
use crate::url::Url;
use crate::words::words;

/// Octets of one field value that are kept; the rest is counted and cut.
pub const MAX_FIELD_OCTETS: usize = 8 * 1024;

/// One request, with the response or the redirect that answered it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// The address asked for, without user, password and fragment.
    pub url: Url,
    /// The request method.
    pub method: String,
    /// What the browser wanted it for.
    pub kind: ResourceKind,
    /// Milliseconds since the epoch at which the request began.
    pub at: i64,
    /// Origin of the page or frame that asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiator: Option<String>,
    /// The response head.
    pub response: Observed<Response>,
    /// Where the answer sent the browser on to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<Redirect>,
    /// The connection it came over.
    pub connection: Observed<Connection>,
    /// Address of the peer, such as `203.0.113.7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Answered from the browser's cache, wholly or after a 304.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_cache: bool,
    /// The browser's error, when there was no response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Status and fields of a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header fields in the order received, repeated ones apart.
    pub fields: Vec<Field>,
    /// Fields beyond the bound of what is kept of one response.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub dropped: u64,
}

impl Response {
    /// Values of every field of this name, in order; `name` in lower case.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.fields.iter().filter(move |f| f.name.eq_ignore_ascii_case(name)).map(|f| f.value.as_slice())
    }
}

/// One header field line, cut of secrets and bounded in size.
///
/// In JSON the value is a string in which a character U+0000 to U+00FF is one octet
/// (isomorphic encoding, Fetch).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The name as it was sent.
    pub name: String,
    /// The value's octets; of a Set-Cookie field the cookie's value is masked, of an address
    /// user, password and fragment are cut.
    #[serde(serialize_with = "to_isomorphic", deserialize_with = "from_isomorphic")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub value: Vec<u8>,
    /// Octets the value had, when it was cut at [`MAX_FIELD_OCTETS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_from: Option<usize>,
}

impl Field {
    /// A field as received: secrets are masked and an overlong value is cut here, so
    /// that no other code ever holds them.
    pub fn received(name: &str, value: &[u8]) -> Self {
        let mut value = match name.to_ascii_lowercase().as_str() {
            "set-cookie" => set_cookie::mask(value),
            "cookie" | "authorization" | "proxy-authorization" => Vec::new(),
            name => address::without_secrets(name, value),
        };
        let cut_from = (value.len() > MAX_FIELD_OCTETS).then_some(value.len());
        value.truncate(MAX_FIELD_OCTETS);
        Self { name: name.to_owned(), value, cut_from }
    }
}

fn to_isomorphic<S: Serializer>(octets: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&octets.iter().map(|&o| char::from(o)).collect::<String>())
}

/// The octets of a string in isomorphic encoding.
pub(crate) fn from_isomorphic<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.chars()
        .map(|c| {
            u8::try_from(c).map_err(|_| {
                serde::de::Error::custom(format_args!(
                    "a field value holds U+{:04X}; each character must stand for one octet",
                    u32::from(c)
                ))
            })
        })
        .collect()
}

words! {
    /// What a request was for (the browsers' `webRequest.ResourceType`, Fetch destinations).
    pub enum ResourceKind {
        /// The page itself.
        MainFrame = "main-frame",
        /// A frame in the page.
        SubFrame = "sub-frame",
        /// A script.
        Script = "script",
        /// A style sheet.
        Stylesheet = "stylesheet",
        /// An image.
        Image = "image",
        /// A font.
        Font = "font",
        /// Audio or video.
        Media = "media",
        /// A plug-in's content.
        Object = "object",
        /// `fetch()` or `XMLHttpRequest`.
        Fetch = "fetch",
        /// A beacon or `<a ping>`.
        Ping = "ping",
        /// A WebSocket handshake.
        WebSocket = "web-socket",
        /// Anything else.
        Other = "other",
    }
}

impl ResourceKind {
    /// Whether a copy changed on the way could take over the page: blockable mixed
    /// content (Mixed Content §3.2), everything but image, audio and video.
    pub const fn is_blockable(self) -> bool {
        !matches!(self, Self::Image | Self::Media | Self::MainFrame)
    }
}

/// A redirect and who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// Where to, without user, password and fragment.
    pub to: Url,
    /// By whom.
    pub cause: RedirectCause,
}

words! {
    /// Who sent the browser on.
    pub enum RedirectCause {
        /// The server, by a 3xx response.
        Server = "server",
        /// The browser, because it knew the host's HSTS policy.
        Hsts = "hsts",
        /// The browser, trying https on its own or by `upgrade-insecure-requests`.
        HttpsUpgrade = "https-upgrade",
        /// The browser or an extension for another reason.
        Browser = "browser",
    }
}
