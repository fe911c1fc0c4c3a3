//! The recording that storage holds, for who audits it.

use https_audit_core::capture::{RECORDING_KEY, Session};
use https_audit_core::evidence::{Evidence, Visit};
use https_audit_core::fact::Site;
use https_audit_core::import::evidence_from;
use serde::Deserialize;
use wasm_bindgen::JsValue;

use crate::browser::{Refusal, now, session};
use crate::gather::Gathered;
use crate::lists;
use crate::tab::Audited;

/// The recording, if there is one.
pub async fn session() -> Result<Option<Session>, Refusal> {
    let found = session::get(&[RECORDING_KEY]).await?;
    Ok(found.into_iter().flatten().next().and_then(|head| Option::deserialize(head).ok().flatten()))
}

/// The audit of a recording that has ended.
pub async fn audit(session: &Session) -> Result<Audited, Refusal> {
    let (evidence, lists) = (evidence(session).await?, lists::knowledge().await?);
    let now = now() / 1000;
    let report = https_audit_core::audit_site(&evidence, lists, now);
    let site = Site::new(&session.told.url, lists);
    Ok(Audited { seen: Gathered { evidence, lists, now, site, access: true, whole: true }, report })
}

async fn evidence(session: &Session) -> Result<Evidence, Refusal> {
    let keys = session.keys();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let mut found = session::get(&keys).await?;
    let rest = found.pop().flatten().ok_or_else(|| JsValue::from_str("the recording is gone"))?;
    let rest = evidence_from(rest).map_err(|error| JsValue::from_str(&error))?;
    let visits = found.into_iter().flatten().filter_map(|visit| Visit::deserialize(visit).ok());
    Ok(session.evidence(visits.collect(), rest))
}
