//! What the command's scan of many inputs writes: a line for each site, and a summary of all.

mod record;
mod summary;

pub use record::{Found, Judged, Mark, OfGrade, Record, Verdicts};
pub use summary::{ByStatus, ByVerdict, OfCheck, SCHEMA, Summary};
