//! Session ids in addresses.

use crate::url::Url;

/// Names of parameters that carry a session id, in lower case.
const NAMES: [&str; 11] = [
    "asp.net_sessionid",
    "cftoken",
    "jsessionid",
    "oscsid",
    "phpsessid",
    "session_id",
    "sessionid",
    "sessid",
    "sessiontoken",
    "sid",
    "zenid",
];
/// Octets that such an id has at least: `sid=3` is a number of something else.
const SHORTEST: usize = 8;

/// The address without what a session id may be part of, where it carries one: in a parameter of the path
/// (`/cart;jsessionid=…`), in the query, or in the way of ASP.NET (`/(S(…))/`).
pub fn without_id(url: &Url) -> Option<String> {
    let path = url.path();
    let mut parts = path.split(';').skip(1).flat_map(|part| part.split('/').take(1));
    let asp_net = path.split('/').any(|part| part.starts_with("(S(") && part.len() > SHORTEST);
    let found =
        asp_net || parts.any(carries) || url.query().is_some_and(|query| query.split('&').any(carries));
    let bare = if asp_net { "/" } else { path.split(';').next().unwrap_or_default() };
    found.then(|| url.origin() + bare)
}

fn carries(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or_default();
    let name = name.to_ascii_lowercase();
    value.len() >= SHORTEST && (NAMES.contains(&name.as_str()) || name.starts_with("aspsessionid"))
}

#[cfg(test)]
mod tests {
    use super::{Url, without_id};

    #[test]
    fn ids_are_known_by_their_names() {
        for (url, expected) in [
            ("https://a.test/cart;jsessionid=0123456789ABCDEF?x=1", Some("https://a.test/cart")),
            ("https://a.test/cart;v=1;JSESSIONID=0123456789ABCDEF/b", Some("https://a.test/cart")),
            ("https://a.test/p?x=1&PHPSESSID=0123456789abcdef", Some("https://a.test/p")),
            ("https://a.test/p?ASPSESSIONIDABCD=0123456789abcdef", Some("https://a.test/p")),
            ("https://a.test/(S(lit3py55t21z5v55vlm25s55))/orders", Some("https://a.test/")),
            ("https://a.test/p?sid=3", None),
            ("https://a.test/p?side=0123456789abcdef", None),
            ("https://a.test/p?sid", None),
            ("https://a.test/(S)/p", None),
            ("https://a.test/p?q=jsessionid", None),
        ] {
            let url = Url::parse(url).expect("a URL");
            assert_eq!(without_id(&url).as_deref(), expected, "{url}");
        }
    }
}
