//! The browsers' events, in the browsers' own names.
//!
//! One shape serves both: what only one browser tells is optional. Everything that nothing
//! here reads is skipped. Of a cookie's value only the length is taken (`super::cookie`).

use serde::de::{self, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::cookie::CookieChange;

/// An event and its details, as `extension/listeners.js` delivers it.
#[derive(Debug, Clone)]
pub enum Event {
    /// `webRequest.onHeadersReceived`.
    HeadersReceived(RequestDetails),
    /// A second `webRequest.onHeadersReceived`, for what the browser says of the connection.
    SecurityInfo(RequestDetails),
    /// `webRequest.onBeforeRedirect`.
    BeforeRedirect(RequestDetails),
    /// `webRequest.onResponseStarted`.
    ResponseStarted(RequestDetails),
    /// `webRequest.onCompleted`.
    Completed(RequestDetails),
    /// `webRequest.onErrorOccurred`.
    ErrorOccurred(RequestDetails),
    /// `webNavigation.onBeforeNavigate`.
    BeforeNavigate(NavigationDetails),
    /// `webNavigation.onCommitted`.
    Committed(NavigationDetails),
    /// `webNavigation.onHistoryStateUpdated`.
    HistoryStateUpdated(NavigationDetails),
    /// `webNavigation.onErrorOccurred`.
    NavigationError(NavigationDetails),
    /// `webNavigation.onTabReplaced`.
    TabReplaced(TabReplaced),
    /// `runtime.onMessage`: the popup read the page.
    PageRead(PageRead),
    /// `runtime.onMessage`: the popup orders the redirect check, or its end, or looks on.
    Probe(ProbeOrder),
    /// `runtime.onMessage`: the audit page begins a recording, or ends it.
    Record(RecordingOrder),
    /// `tabs.onRemoved`.
    TabRemoved(TabDetails),
    /// `tabs.onActivated`.
    TabActivated(TabDetails),
    /// `cookies.onChanged`.
    CookieChanged(CookieChange),
    /// `permissions.onAdded` and `onRemoved`.
    PermissionsChanged(IgnoredAny),
    /// `runtime.onInstalled` and `onStartup`.
    Started(IgnoredAny),
}

impl Event {
    /// Reads the details of the event called `name`.
    ///
    /// Name and details come apart: a reader of both at once must keep details whose event it does not
    /// know yet, which costs a wasm module a second reader of every type in here.
    pub fn read<'de, D: Deserializer<'de>>(name: &str, details: D) -> Result<Self, D::Error> {
        Ok(match name {
            "headersReceived" => Self::HeadersReceived(Deserialize::deserialize(details)?),
            "securityInfo" => Self::SecurityInfo(Deserialize::deserialize(details)?),
            "beforeRedirect" => Self::BeforeRedirect(Deserialize::deserialize(details)?),
            "responseStarted" => Self::ResponseStarted(Deserialize::deserialize(details)?),
            "completed" => Self::Completed(Deserialize::deserialize(details)?),
            "errorOccurred" => Self::ErrorOccurred(Deserialize::deserialize(details)?),
            "beforeNavigate" => Self::BeforeNavigate(Deserialize::deserialize(details)?),
            "committed" => Self::Committed(Deserialize::deserialize(details)?),
            "historyStateUpdated" => Self::HistoryStateUpdated(Deserialize::deserialize(details)?),
            "navigationError" => Self::NavigationError(Deserialize::deserialize(details)?),
            "pageRead" => Self::PageRead(Deserialize::deserialize(details)?),
            "probe" => Self::Probe(Deserialize::deserialize(details)?),
            "record" => Self::Record(Deserialize::deserialize(details)?),
            "tabReplaced" => Self::TabReplaced(Deserialize::deserialize(details)?),
            "tabRemoved" => Self::TabRemoved(Deserialize::deserialize(details)?),
            "tabActivated" => Self::TabActivated(Deserialize::deserialize(details)?),
            "cookieChanged" => Self::CookieChanged(Deserialize::deserialize(details)?),
            "permissionsChanged" => Self::PermissionsChanged(Deserialize::deserialize(details)?),
            "started" => Self::Started(Deserialize::deserialize(details)?),
            _ => return Err(de::Error::custom(format_args!("no event is called {name}"))),
        })
    }

    /// The tab that it is about; none for requests outside of tabs.
    pub fn tab(&self) -> Option<i64> {
        let id = match self {
            Self::HeadersReceived(d)
            | Self::SecurityInfo(d)
            | Self::BeforeRedirect(d)
            | Self::ResponseStarted(d)
            | Self::Completed(d)
            | Self::ErrorOccurred(d) => d.tab_id,
            Self::BeforeNavigate(d)
            | Self::Committed(d)
            | Self::HistoryStateUpdated(d)
            | Self::NavigationError(d) => d.tab_id,
            Self::TabReplaced(d) => d.tab_id,
            Self::PageRead(d) => d.tab_id,
            Self::Probe(d) => d.tab_id,
            Self::Record(d) => d.tab_id,
            Self::TabRemoved(d) | Self::TabActivated(d) => d.tab_id,
            Self::CookieChanged(_) | Self::PermissionsChanged(_) | Self::Started(_) => return None,
        };
        (id >= 0).then_some(id)
    }
}

/// Details of a `webRequest` event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestDetails {
    /// The same for all hops of a redirect chain, and never used twice in a browser session.
    pub request_id: String,
    /// The address of this hop.
    pub url: String,
    /// The request method.
    pub method: String,
    /// `webRequest.ResourceType`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The tab; -1 outside of tabs.
    pub tab_id: i64,
    /// The frame; 0 is the page.
    pub frame_id: i64,
    /// Milliseconds since the epoch.
    pub time_stamp: f64,
    /// The document that asked; neither browser gives it for the page's own request.
    pub document_id: Option<String>,
    /// Origin that asked (Chromium).
    pub initiator: Option<String>,
    /// Address of the document that asked (Firefox).
    pub origin_url: Option<String>,
    /// The request comes from a private window (Firefox).
    pub incognito: bool,
    /// Answered from the cache. Chromium tells it from `onResponseStarted` on.
    pub from_cache: bool,
    /// The peer's address.
    pub ip: Option<String>,
    /// The status code; 0 where a redirect is the browser's own (Firefox).
    pub status_code: u16,
    /// The fields, if the listener asked for them.
    pub response_headers: Option<Vec<Header>>,
    /// Where a redirect leads.
    pub redirect_url: String,
    /// The browser's word for what went wrong.
    pub error: String,
    /// What the browser says of the connection, where it does.
    pub security_info: Option<SecurityInfo>,
}

/// One header field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Header {
    /// Its name as it was sent.
    pub name: String,
    /// Its value, where it can be said as text.
    pub value: Option<String>,
    /// Its value as octets, where it can not.
    pub binary_value: Option<Octets>,
}

impl Header {
    /// A field whose value is text.
    #[cfg(feature = "files")]
    pub(crate) fn text(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), value: Some(value.to_owned()), binary_value: None }
    }
}

/// `webRequest.SecurityInfo` (Firefox), of which Chromium has `state` and the leaf.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SecurityInfo {
    /// `secure`, `weak`, `broken` or `insecure`.
    pub state: String,
    /// Such as `TLSv1.3`.
    pub protocol_version: Option<String>,
    /// Such as `TLS_AES_128_GCM_SHA256`.
    pub cipher_suite: Option<String>,
    /// Such as `x25519`.
    pub kea_group_name: Option<String>,
    /// Such as `ECDSA-P256-SHA256`.
    pub signature_scheme_name: Option<String>,
    /// Encrypted Client Hello.
    pub used_ech: Option<bool>,
    /// `policy_compliant`, `policy_not_enough_scts`, `policy_not_diverse_scts`, `not_applicable`.
    pub certificate_transparency_status: Option<String>,
    /// Such as `domain_mismatch`: a certificate error that the person overrode.
    pub overridable_error_category: Option<String>,
    /// The host has an HSTS policy that is in force.
    pub hsts: Option<bool>,
    /// Leaf first.
    pub certificates: Vec<CertificateInfo>,
}

/// One certificate of a [`SecurityInfo`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CertificateInfo {
    /// Its DER.
    #[serde(rename = "rawDER")]
    pub raw_der: Option<Octets>,
    /// A root that comes with the browser (Firefox).
    pub is_built_in_root: Option<bool>,
}

/// Octets: an `ArrayBuffer` or an array of numbers in a browser, base64 in a recorded trace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Octets(pub Vec<u8>);

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyOctets;
        impl<'de> Visitor<'de> for AnyOctets {
            type Value = Octets;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("octets")
            }
            fn visit_bytes<E: de::Error>(self, octets: &[u8]) -> Result<Octets, E> {
                Ok(Octets(octets.to_vec()))
            }
            fn visit_byte_buf<E: de::Error>(self, octets: Vec<u8>) -> Result<Octets, E> {
                Ok(Octets(octets))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Octets, E> {
                use base64ct::{Base64, Encoding as _};
                Base64::decode_vec(text).map(Octets).map_err(E::custom)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Octets, A::Error> {
                let mut octets = Vec::new();
                while let Some(octet) = seq.next_element()? {
                    octets.push(octet);
                }
                Ok(Octets(octets))
            }
        }
        deserializer.deserialize_any(AnyOctets)
    }
}

/// Details of a `webNavigation` event.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NavigationDetails {
    /// The tab.
    pub tab_id: i64,
    /// The frame; 0 is the page.
    pub frame_id: i64,
    /// The address.
    pub url: String,
    /// Milliseconds since the epoch.
    pub time_stamp: f64,
    /// The new document.
    pub document_id: Option<String>,
    /// Such as `forward_back`, `server_redirect`.
    pub transition_qualifiers: Vec<String>,
    /// The browser's word for what went wrong.
    pub error: String,
    /// Whether the extension had access to this address. The background asks
    /// (`permissions.contains`) before it hands on an `onCommitted`; no browser tells.
    pub access: Option<bool>,
    /// Whether it had access to every host; likewise.
    pub everywhere: Option<bool>,
}

/// What `extension/page.js` read in a page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PageRead {
    /// The tab.
    pub tab_id: i64,
    /// The document's address.
    pub url: String,
    /// The document, where the browser names it.
    pub document_id: Option<String>,
    /// What it holds: the lines of a [`Document`](crate::evidence::Document).
    pub holds: String,
}

/// What the popup orders.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProbeOrder {
    /// The tab whose site is to be checked.
    pub tab_id: i64,
    /// What to do.
    pub order: Order,
}

/// An order about the redirect check.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Nothing but to be there: keeps the background from being ended, and one that was ended says so.
    #[default]
    Watch,
    /// To begin a check.
    Begin,
    /// To stop it.
    Stop,
}

/// What the audit page orders.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordingOrder {
    /// The tab whose session it is about.
    pub tab_id: i64,
    /// What to do.
    pub record: RecordOrder,
}

/// An order about the recording of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordOrder {
    /// To begin one.
    Begin,
    /// To end it and to put its evidence together.
    End,
    /// To forget it.
    Drop,
}

/// Details of `webNavigation.onTabReplaced`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TabReplaced {
    /// The tab that took its place.
    pub tab_id: i64,
    /// The tab that is gone.
    pub replaced_tab_id: i64,
}

/// Details of a `tabs` event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TabDetails {
    /// The tab.
    pub tab_id: i64,
}
