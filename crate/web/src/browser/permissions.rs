//! `permissions`: to which addresses the extension has access.

use https_audit_core::fact::Site;
use https_audit_core::url::Url;
use js_sys::{Array, Object};
use wasm_bindgen::JsValue;

use super::{Refusal, done, object, permissions_contains};

/// The match pattern of every site.
pub const EVERYWHERE: &str = "<all_urls>";

/// The match pattern of a page of the web; none for other pages.
pub fn of_page(url: &Url) -> Option<String> {
    (url.is_http() || url.is_https()).then(|| format!("{}://{}/*", url.scheme(), url.host()))
}

/// The match pattern of a whole site, http and https: its cookies may belong to any of its hosts, and a cookie
/// without Secure to its http side.
pub fn of_site(site: &Site) -> String {
    match &site.registrable_domain {
        Some(domain) => format!("*://*.{domain}/*"),
        None => format!("*://{}/*", site.host),
    }
}

fn wanted(pattern: &str) -> Object {
    let origins = Array::of1(&JsValue::from_str(pattern));
    object(&[("origins", origins.into())])
}

/// Whether the extension has access to what a match pattern says.
pub async fn contains(pattern: &str) -> Result<bool, Refusal> {
    Ok(done(permissions_contains(wanted(pattern))).await?.is_truthy())
}
