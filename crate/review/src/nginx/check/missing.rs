//! Files that are included and were not given.

use https_audit_core::check::code;

use super::{Out, Site};
use crate::nginx::config::is_harmless;

pub fn check(site: &Site, out: &mut Out<'_>) {
    for scope in &site.tree.scopes {
        for include in scope.own("include").filter(|include| !is_harmless(include)) {
            let why = "no file of this name was given, or it could not be read to its end; what it says is not known here";
            let how = "give the review that file too, or look at what `nginx -T` prints";
            out.unknown(format!("include {}", code(include.arg(0))), why, how, Some(include.at()));
        }
    }
}
