//! The recording that storage holds, put together as evidence.

use https_audit_core::capture::{RECORDING_KEY, Session, Stage};
use https_audit_core::view::Recording;
use js_sys::{Array, JSON, Reflect};
use serde::Deserialize;
use wasm_bindgen::JsValue;

use crate::browser::{Refusal, session};

/// The recording, if there is one.
pub async fn session() -> Result<Option<Session>, Refusal> {
    let found = session::get(&[RECORDING_KEY]).await?.into_iter().flatten().next();
    Ok(found.and_then(|head| Session::deserialize(head).ok()))
}

/// The audit page of the tab that it is of, which may be gone by now.
pub async fn page() -> Result<String, Refusal> {
    Ok(session().await?.map_or_else(String::new, |session| format!("audit.html?tab={}", session.tab)))
}

/// Whether it is shown in a tab: it has ended there, with something to show.
pub fn is_shown(session: &Session, tab: i64) -> bool {
    session.tab == tab && session.stage == Stage::Ended && session.pages > 0
}

/// What is said of it in a tab.
pub fn state(session: Option<&Session>, tab: i64, offered: bool) -> Recording {
    match session {
        None if offered => Recording::Off,
        None => Recording::NotOffered,
        Some(session) if session.tab != tab => Recording::Elsewhere,
        Some(Session { stage: Stage::Ended, pages, requests, .. }) => {
            Recording::Ended { pages: *pages, requests: *requests }
        }
        Some(Session { stage: Stage::Ending, .. }) => Recording::Ending,
        Some(Session { pages, requests, .. }) => Recording::On { pages: *pages, requests: *requests },
    }
}

/// Its evidence: the pages in order, and what came in when it ended.
pub async fn evidence(session: &Session) -> Result<JsValue, Refusal> {
    let keys = session.keys();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let mut found = session::values(&keys).await?;
    let evidence =
        found.pop().flatten().ok_or_else(|| JsValue::from_str("the recording is not there any more"))?;
    let visits: Array = found.into_iter().flatten().collect();
    let told = https_audit_core::json::compact(&session.told(visits.length() as usize));
    let told = JSON::parse(&told.unwrap_or_default())?;
    Reflect::set(&evidence, &"recording".into(), &told)?;
    Reflect::set(&evidence, &"visits".into(), &visits)?;
    Ok(evidence)
}
