//! What the audit page asks of this module: the report on a tab, and the reports on an evidence file.
//!
//! The audit page is a module of its own, which knows nothing of checks and lists: the two together would be larger
//! than either may be. Between them goes JSON, which the browser parses.

use std::cell::RefCell;
use std::rc::Rc;

use https_audit_core::import::evidence_from;
use https_audit_core::json;
use https_audit_core::report::to_json;
use js_sys::Function;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::browser::{now, settings};
use crate::state::TabState;
use crate::tab::{Audited, Watched, asked_tab};
use crate::{lists, options};

/// Audits a tab for a page that shows it.
#[wasm_bindgen]
pub struct Auditor(Rc<Inner>);

struct Inner {
    watched: Watched,
    changed: Function,
    last: RefCell<Option<Audited>>,
}

#[wasm_bindgen]
impl Auditor {
    /// Of the tab that `?tab=ID` names, of `tab`, or else of the one in front. `changed` is called whenever what is
    /// known of it may have changed.
    pub async fn of(tab: Option<f64>, changed: Function) -> Result<Self, JsValue> {
        #[expect(clippy::cast_possible_truncation, reason = "ids of tabs are far below 2^53")]
        let tab = match tab {
            Some(id) => id as i64,
            None => asked_tab().await?,
        };
        let chosen = options::read();
        let told = changed.clone();
        let watched = Watched::new(tab, move || call(&told));
        let inner = Rc::new(Inner { watched, changed, last: RefCell::default() });
        let reading = inner.watched.read(inner.late());
        lists::knowledge().await?;
        lists::choose(chosen.await.options);
        let told = inner.changed.clone();
        settings::on_change(move || {
            let told = told.clone();
            spawn_local(async move {
                lists::choose(options::read().await.options);
                // A page that is gone hears nothing.
                let _ = told.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
            });
        });
        reading.wait().await;
        Ok(Self(inner))
    }

    /// The tab.
    #[wasm_bindgen(getter)]
    #[expect(clippy::cast_precision_loss, reason = "ids of tabs are far below 2^53")]
    pub fn tab(&self) -> f64 {
        self.0.watched.tab as f64
    }

    /// The report on the tab as it is now, and what else a view says of it: `{"state": …, "report": …}`.
    pub async fn audit(&self) -> Result<String, JsValue> {
        let audited = self.0.watched.audit(self.0.late()).await?;
        let state = TabState::new(self.0.watched.tab, &audited);
        let error = |error: serde_json::Error| JsValue::from_str(&error.to_string());
        let state = json::compact(&state).map_err(error)?;
        let report = json::compact(&audited.report).map_err(error)?;
        self.0.last.replace(Some(audited));
        Ok(format!("{{\"state\":{state},\"report\":{report}}}"))
    }

    /// The evidence that the last report stands on, as it is saved.
    pub fn evidence(&self) -> Result<String, JsValue> {
        match &*self.0.last.borrow() {
            Some(audited) => {
                json::to_string(&audited.seen.evidence).map_err(|error| JsValue::from_str(&error.to_string()))
            }
            None => Err(JsValue::from_str("nothing was audited yet")),
        }
    }

    /// The reports on an evidence file, whose JSON was parsed, as the command writes them.
    pub async fn reports(evidence: JsValue) -> Result<String, JsValue> {
        let word = |error: String| JsValue::from_str(&error);
        let evidence = evidence_from(Deserializer::from(evidence)).map_err(word)?;
        let reports = https_audit_core::audit(&evidence, lists::knowledge().await?, now() / 1000);
        if reports.is_empty() {
            return Err(JsValue::from_str("it holds no visit of a page"));
        }
        to_json(&reports).map_err(|error| word(error.to_string()))
    }
}

impl Inner {
    fn late(&self) -> impl FnOnce() + 'static {
        let changed = self.changed.clone();
        move || call(&changed)
    }
}

/// A page that is gone hears nothing.
fn call(changed: &Function) {
    let _ = changed.call0(&JsValue::UNDEFINED);
}
