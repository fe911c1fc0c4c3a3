//! HTTPS Audit, live: asks a site's http and https servers itself and hands what they said to the core as evidence.
//!
//! ```text
//! address ─▶ plan of requests ─▶ connection (TCP, TLS) ─▶ Exchange ─▶ Evidence
//! ```
