//! One entry of a HAR file: a request and its response, in the dialects of those who write such files.

use std::borrow::Cow;

use base64ct::{Base64, Encoding};
use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::document;
use super::json::Keep;
use crate::capture::{Header as Received, head, security};
use crate::evidence::{
    Connection, ConnectionState, Document, Exchange, Observed, PROXY, Reason, Redirect, RedirectCause,
    ResourceKind, Response,
};
use crate::field::{Engine, location};
use crate::import::Resolve;
use crate::url::Url;

/// What is read of an entry; of bodies those that are pages.
pub(super) const WANTED: Keep = Keep::Members(&[
    ("pageref", Keep::All),
    ("startedDateTime", Keep::All),
    ("request", Keep::Members(&[("method", Keep::All), ("url", Keep::All), ("headers", Keep::All)])),
    (
        "response",
        Keep::Members(&[
            ("status", Keep::All),
            ("headers", Keep::All),
            ("redirectURL", Keep::All),
            (
                "content",
                Keep::Members(&[
                    ("size", Keep::All),
                    ("mimeType", Keep::All),
                    ("text", Keep::OfHtml),
                    ("encoding", Keep::All),
                ]),
            ),
            ("_error", Keep::All),
            ("_failureText", Keep::All),
            ("_fetchedViaServiceWorker", Keep::All),
        ]),
    ),
    ("serverIPAddress", Keep::All),
    ("_resourceType", Keep::All),
    ("_frameref", Keep::All),
    ("_fromCache", Keep::All),
    ("_fetchedViaServiceWorker", Keep::All),
    ("_securityState", Keep::All),
    ("_securityDetails", Keep::All),
]);

/// Octets of a page that is taken to be whole where the file does not say how long it was; far less than what is copied
/// of any text.
const MAX_UNSIZED: usize = 100_000;

/// An entry as it stands in the file.
#[derive(Deserialize)]
pub(super) struct Entry<'a> {
    #[serde(borrow)]
    pub pageref: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "startedDateTime")]
    started: Cow<'a, str>,
    #[serde(borrow)]
    request: Request<'a>,
    #[serde(borrow)]
    response: HarResponse<'a>,
    #[serde(borrow, rename = "serverIPAddress")]
    address: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "_resourceType")]
    resource_type: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "_frameref")]
    pub frame: Option<Cow<'a, str>>,
    /// Chromium: `memory`, `disk`.
    #[serde(rename = "_fromCache", default)]
    from_cache: serde_json::Value,
    #[serde(rename = "_fetchedViaServiceWorker")]
    by_service_worker: Option<bool>,
    /// Firefox.
    #[serde(borrow, rename = "_securityState")]
    security_state: Option<Cow<'a, str>>,
    /// Playwright, and what asks Chromium by its debugging protocol (`Security.SecurityDetails`).
    #[serde(borrow, rename = "_securityDetails")]
    security_details: Option<SecurityDetails<'a>>,
}

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    url: Cow<'a, str>,
    #[serde(borrow, default)]
    headers: Vec<Header<'a>>,
}

#[derive(Deserialize)]
struct HarResponse<'a> {
    /// 0 or -1 where there was none.
    #[serde(default)]
    status: i64,
    #[serde(borrow, default)]
    headers: Vec<Header<'a>>,
    #[serde(borrow, rename = "redirectURL")]
    redirect: Option<Cow<'a, str>>,
    #[serde(borrow)]
    content: Option<Content<'a>>,
    #[serde(borrow, rename = "_error")]
    error: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "_failureText")]
    failure: Option<Cow<'a, str>>,
    #[serde(rename = "_fetchedViaServiceWorker")]
    by_service_worker: Option<bool>,
}

#[derive(Deserialize)]
struct Header<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    value: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Content<'a> {
    /// Octets; -1 and 0 where nobody knows.
    #[serde(default)]
    size: serde_json::Value,
    #[serde(borrow, rename = "mimeType")]
    mime_type: Option<Cow<'a, str>>,
    /// Of a page.
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    /// `base64`, or none.
    #[serde(borrow)]
    encoding: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SecurityDetails<'a> {
    #[serde(borrow)]
    protocol: Option<Cow<'a, str>>,
    #[serde(borrow)]
    key_exchange_group: Option<Cow<'a, str>>,
}

/// Who wrote the file, as far as it decides how entries are read.
#[derive(Clone, Copy)]
pub(super) struct Writer {
    /// How it took octets for text.
    pub engine: Engine,
    /// A browser, which takes an https answer only with a certificate that it, or the person, accepted.
    pub is_browser: bool,
}

/// An entry as it is understood.
pub(super) struct Read {
    pub exchange: Exchange,
    /// It asked for a document: of the page, of a frame (`Sec-Fetch-Dest`) or of one of the two.
    pub document: Option<Destination>,
    /// The frame that asked, by a name of the writer's.
    pub frame: Option<String>,
    /// The page that asked.
    pub referrer: Option<Url>,
    /// What the body holds, of a document.
    pub body: Option<Document>,
}

/// Whose document it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    Page,
    Frame,
    Either,
}

impl Entry<'_> {
    /// Whether one of the fields stands in it that Chromium's tools leave out of a "sanitized" file.
    pub(super) fn has_credentials(&self) -> bool {
        let mut asked = self.request.headers.iter();
        let mut answered = self.response.headers.iter();
        asked
            .any(|field| ["cookie", "authorization"].iter().any(|name| field.name.eq_ignore_ascii_case(name)))
            || answered.any(|field| field.name.eq_ignore_ascii_case("set-cookie"))
    }
}

/// The entry, understood; none where its address is none of http's (`data:`, `blob:`).
pub(super) fn read(entry: &Entry<'_>, writer: Writer, resolve: Resolve<'_>) -> Option<Read> {
    let url = Url::parse(&entry.request.url)?.without_secrets();
    if !matches!(url.scheme(), "http" | "https" | "ws" | "wss") {
        return None;
    }
    let document = destination(entry);
    let kind = if document.is_some() { ResourceKind::Other } else { kind(entry, url.scheme()) };
    let mut exchange = Exchange {
        method: entry.request.method.chars().take(32).collect(),
        kind,
        at: millis(&entry.started),
        initiator: None,
        response: response(entry, writer, document.is_some()),
        redirect: None,
        connection: Observed::Unseen(Reason::NotInInput),
        address: entry.address.as_deref().and_then(address),
        from_cache: from_cache(entry),
        error: None,
        url,
    };
    exchange.redirect = redirect(&mut exchange, entry, resolve);
    if !exchange.response.is_seen() && exchange.redirect.is_none() {
        // Firefox names no error; that TLS failed is all it says.
        let broken = entry.security_state.as_ref().filter(|state| *state == "broken");
        let error = entry.response.error.as_ref().or(entry.response.failure.as_ref()).or(broken);
        // Of a proxy it is the proxy's word, which must not be taken for a browser's.
        let who = if writer.is_browser { "" } else { PROXY };
        exchange.error = error.map(|error| who.chars().chain(error.chars()).take(300).collect());
        if exchange.error.is_some() {
            exchange.response = Observed::Unseen(Reason::LoadFailed);
        }
    }
    exchange.connection = connection(&exchange, entry, writer);
    let referrer = request_field(entry, "referer").and_then(Url::parse);
    exchange.initiator = referrer.as_ref().map(Url::origin);
    let is_shown = document.is_some_and(|destination| destination != Destination::Frame)
        && exchange.response.is_seen()
        && exchange.redirect.is_none();
    let body = if is_shown { body(entry, &exchange.url, resolve) } else { None };
    Some(Read { exchange, document, frame: entry.frame.as_deref().map(str::to_owned), referrer, body })
}

/// The page that came; none where the file holds no text of it.
fn body(entry: &Entry<'_>, url: &Url, resolve: Resolve<'_>) -> Option<Document> {
    let Content { size, text, encoding, .. } = entry.response.content.as_ref()?;
    let text = text.as_deref().filter(|text| !text.is_empty())?;
    let text = match encoding.as_deref() {
        None | Some("") => Cow::Borrowed(text),
        Some("base64") => Cow::Owned(String::from_utf8(Base64::decode_vec(text).ok()?).ok()?),
        Some(_) => return None,
    };
    let is_cut = match size.as_u64().filter(|size| *size > 0) {
        Some(size) => (text.len() as u64) < size,
        None => text.len() > MAX_UNSIZED,
    };
    Some(document::read(&text, is_cut, url, resolve))
}

fn request_field<'e>(entry: &'e Entry<'_>, name: &str) -> Option<&'e str> {
    entry
        .request
        .headers
        .iter()
        .find(|field| field.name.eq_ignore_ascii_case(name))
        .map(|field| &*field.value)
}

/// The response head, within the bounds of what a browser's events leave too.
fn response(entry: &Entry<'_>, writer: Writer, page: bool) -> Observed<Response> {
    if entry.by_service_worker == Some(true) || entry.response.by_service_worker == Some(true) {
        return Observed::Unseen(Reason::ServiceWorker);
    }
    let Some(status) =
        u16::try_from(entry.response.status).ok().filter(|status| (100..1000).contains(status))
    else {
        return Observed::Unseen(Reason::NotInInput);
    };
    let headers: Vec<Received> = entry
        .response
        .headers
        .iter()
        // Fields of one name may stand in one value, a line each.
        .flat_map(|field| field.value.split('\n').map(|value| Received::text(&field.name, value.trim())))
        .collect();
    Observed::Seen(head::response(status, &headers, writer.engine, page))
}

/// Where the answer sent the browser on to, and whether the browser made the answer itself.
fn redirect(exchange: &mut Exchange, entry: &Entry<'_>, resolve: Resolve<'_>) -> Option<Redirect> {
    let own = entry.response.headers.iter().find(|field| {
        field.name.eq_ignore_ascii_case("non-authoritative-reason") && entry.response.status == 307
    });
    let cause = match own.map(|field| &*field.value) {
        None => RedirectCause::Server,
        Some("HSTS") => RedirectCause::Hsts,
        Some("HttpsUpgrades") => RedirectCause::HttpsUpgrade,
        Some(_) => RedirectCause::Browser,
    };
    let Observed::Seen(answer) = &exchange.response else { return None };
    let to = match location::of(answer) {
        Some(to) => resolve(&exchange.url, to),
        // A writer that keeps no fields may still name the target.
        None if (300..400).contains(&answer.status) && answer.status != 304 => {
            let to = entry.response.redirect.as_deref().filter(|to| !to.is_empty())?;
            resolve(&exchange.url, to.as_bytes())
        }
        None => None,
    }?;
    if let Some(reason) = match cause {
        RedirectCause::Hsts => Some(Reason::HiddenByHsts),
        RedirectCause::HttpsUpgrade => Some(Reason::HttpsUpgrade),
        RedirectCause::Browser => Some(Reason::NotExposedByThisBrowser),
        RedirectCause::Server => None,
    } {
        exchange.response = Observed::Unseen(reason);
    }
    Some(Redirect { to, cause })
}

fn connection(exchange: &Exchange, entry: &Entry<'_>, writer: Writer) -> Observed<Connection> {
    if let Observed::Unseen(reason) = exchange.response {
        return Observed::Unseen(reason);
    }
    let encrypted = matches!(exchange.url.scheme(), "https" | "wss");
    // Behind a proxy nobody says whether it took a bad certificate.
    if encrypted && !writer.is_browser {
        return Observed::Unseen(Reason::NotInInput);
    }
    // The browser knew more; the file does not hold it.
    let unseen = || Observed::Unseen(Reason::NotInInput);
    let mut connection = Connection {
        protocol: unseen(),
        cipher_suite: unseen(),
        key_exchange_group: unseen(),
        signature_scheme: unseen(),
        encrypted_client_hello: Observed::Unseen(Reason::NotInInput),
        transparency: Observed::Unseen(Reason::NotInInput),
        certificates: Observed::Unseen(Reason::NotInInput),
        ..security::inferred(&exchange.url)
    };
    let state = match entry.security_state.as_deref() {
        // Firefox has a word of its own where the root is one that the person added.
        Some("secure" | "secure-custom-root") => Some(ConnectionState::Secure),
        Some("weak") => Some(ConnectionState::Weak),
        Some("broken") => Some(ConnectionState::Broken),
        Some("insecure") => Some(ConnectionState::Insecure),
        _ => None,
    };
    if let Some(state) = state {
        (connection.state, connection.stated) = (state, true);
    }
    if let Some(details) = entry.security_details.as_ref().filter(|_| encrypted) {
        let told = |word: &Option<Cow<'_, str>>| {
            let word = word.as_deref().filter(|word| !word.is_empty() && word.len() < 100);
            word.map_or(Observed::Unseen(Reason::NotInInput), |word| Observed::Seen(word.to_owned()))
        };
        connection.protocol = told(&details.protocol);
        connection.key_exchange_group = told(&details.key_exchange_group);
    }
    Observed::Seen(connection)
}

fn from_cache(entry: &Entry<'_>) -> bool {
    match &entry.from_cache {
        serde_json::Value::String(which) => matches!(which.as_str(), "disk" | "memory"),
        serde_json::Value::Bool(is) => *is,
        _ => false,
    }
}

/// An IP address; IPv6 may stand in brackets.
fn address(text: &str) -> Option<String> {
    let text = text.trim_start_matches('[').trim_end_matches(']');
    text.parse::<std::net::IpAddr>().ok().map(|address| address.to_string())
}

/// Milliseconds since the epoch; 0 where it is no time.
pub(super) fn millis(text: &str) -> i64 {
    let nanos = OffsetDateTime::parse(text, &Rfc3339).map_or(0, OffsetDateTime::unix_timestamp_nanos);
    i64::try_from(nanos / 1_000_000).unwrap_or_default()
}

/// Whether it asked for a document, by what the browser said to the server, else by what the writer says, else by what
/// came back.
fn destination(entry: &Entry<'_>) -> Option<Destination> {
    if let Some(word) = request_field(entry, "sec-fetch-dest") {
        return match word {
            "document" => Some(Destination::Page),
            "iframe" | "frame" | "embed" | "object" => Some(Destination::Frame),
            _ => None,
        };
    }
    if let Some(kind) = &entry.resource_type {
        return (kind == "document").then_some(Destination::Either);
    }
    let asked = request_field(entry, "upgrade-insecure-requests") == Some("1")
        || request_field(entry, "accept").is_some_and(|accept| accept.starts_with("text/html"));
    let html = entry.response.content.as_ref().and_then(|content| content.mime_type.as_deref());
    let html =
        html.is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/xhtml"));
    let script = request_field(entry, "x-requested-with").is_some();
    (!script && (asked || html)).then_some(Destination::Either)
}

/// What a request that asked for no document was for.
fn kind(entry: &Entry<'_>, scheme: &str) -> ResourceKind {
    if matches!(scheme, "ws" | "wss") {
        return ResourceKind::WebSocket;
    }
    let mime_type = entry.response.content.as_ref().and_then(|content| content.mime_type.as_deref());
    let word = request_field(entry, "sec-fetch-dest").filter(|word| *word != "empty");
    match word.or(entry.resource_type.as_deref()) {
        Some("script" | "worker" | "sharedworker" | "serviceworker") => ResourceKind::Script,
        Some("style" | "stylesheet" | "xslt") => ResourceKind::Stylesheet,
        Some("image") => ResourceKind::Image,
        Some("font") => ResourceKind::Font,
        Some("audio" | "video" | "track" | "media" | "texttrack") => ResourceKind::Media,
        Some("xhr" | "fetch" | "eventsource") => ResourceKind::Fetch,
        Some("ping" | "beacon" | "report" | "cspviolationreport") => ResourceKind::Ping,
        Some("websocket") => ResourceKind::WebSocket,
        Some(_) => ResourceKind::Other,
        None => of_mime_type(mime_type.unwrap_or_default()),
    }
}

fn of_mime_type(mime_type: &str) -> ResourceKind {
    match mime_type.split_once('/') {
        Some(("image", _)) => ResourceKind::Image,
        Some(("font", _)) => ResourceKind::Font,
        Some(("audio" | "video", _)) => ResourceKind::Media,
        Some((_, rest)) if rest.contains("javascript") || rest.contains("ecmascript") => ResourceKind::Script,
        Some(("text", rest)) if rest.starts_with("css") => ResourceKind::Stylesheet,
        Some((_, rest)) if rest.contains("json") || rest.contains("xml") => ResourceKind::Fetch,
        _ => ResourceKind::Other,
    }
}
