//! What people see: HTML as a pure function of a report.
//!
//! All text of a site is data: it goes through the template's escaping, stands in an
//! element of its own with its direction isolated, and is cut to a readable length.

mod about;
mod audit;
mod baseline;
mod beyond;
mod checklist;
mod compare;
mod cookie;
mod dialog;
mod document;
mod finding;
mod icon;
mod known;
mod language;
mod lens;
mod overview;
mod page;
mod popup;
mod probe;
mod reference;
mod request;
mod routes;
mod text;
mod tls;
mod topbar;
mod words;

pub use audit::{AuditState, Recording, audit};
pub use compare::{compared, comparison};
pub use dialog::{Preview, accept, preview};
pub use document::{SHEET, document, document_with};
pub use language::Language;
pub use popup::{PopupState, popup};
pub use words::statuses;
