//! What preloading would break, as far as it was seen.

use litemap::LiteMap;

use crate::fact::{Facts, undotted};
use crate::url::Url;

impl<'a> Facts<'a> {
    /// Sub-domains of the registrable domain that answered over http, did not lead to https, and were not
    /// seen over https, each with the first such address.
    pub fn insecure_subdomains(&self) -> LiteMap<&'a str, &'a Url> {
        let mut over_http: LiteMap<&str, &Url> = LiteMap::new();
        let Some(domain) = self.site.registrable_domain.as_deref() else { return over_http };
        for exchange in self.exchanges() {
            let url = &exchange.url;
            let led_to_https = exchange.redirect.as_ref().is_some_and(|redirect| redirect.to.is_https());
            if url.is_http()
                && undotted(url.host()) != domain
                && self.site.holds(url.host())
                && exchange.response.is_seen()
                && !led_to_https
                && self.hsts.responses(url.host()).is_empty()
            {
                over_http.entry(url.host()).or_insert(url);
            }
        }
        over_http
    }
}
