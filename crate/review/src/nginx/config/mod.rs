//! What a configuration says: files put together, contexts, inheritance, servers.
//!
//! ```text
//! sources ─▶ include (roots) ─▶ scope (contexts) ─▶ inherit, value (what holds there) ─▶ site (servers), answer (what they do)
//! ```

mod answer;
mod glob;
mod include;
mod inherit;
mod listen;
mod map;
mod scope;
mod site;
mod value;

pub use answer::{Action, Condition, Redirect, Rewriting, is_served, rewriting};
pub use include::{Files, Root};
pub use inherit::{Header, answers};
pub use scope::{At, Kind, Scope, Tree, is_harmless};
pub use site::{Server, Site, Transport};
pub use value::mentions;
