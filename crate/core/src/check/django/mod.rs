//! What belongs to Django alone, and no other check tells.

pub mod proxy_header_not_trusted;
