//! What people see: HTML as a pure function of a report.
//!
//! All text of a site is data: it goes through the template's escaping, stands in an
//! element of its own with its direction isolated, and is cut to a readable length.

mod beyond;
mod compare;
mod icon;
mod known;
mod language;
mod popup;
mod probe;
mod text;

pub use compare::comparison;
pub use language::Language;
pub use popup::{PopupState, popup};
