//! Sign-in that a server asks the browser for (WWW-Authenticate, RFC 9110 §11.6.1).

use super::Facts;
use crate::evidence::{Exchange, Observed};

/// An answer that makes the browser ask for a password.
#[derive(Debug, Clone, PartialEq)]
pub struct Challenge<'a> {
    /// The answer.
    pub exchange: &'a Exchange,
    /// The schemes it offers, as sent, none twice.
    pub schemes: Vec<String>,
}

impl<'a> Facts<'a> {
    /// Answers of the site over http that ask for a password.
    pub fn challenges_over_http(&self) -> Vec<Challenge<'a>> {
        self.answers_over_http()
            .filter_map(|exchange| {
                let Observed::Seen(response) = &exchange.response else { return None };
                // Only a 401 makes the browser ask (RFC 9110 §15.5.2).
                if response.status != 401 {
                    return None;
                }
                let mut found: Vec<String> = response.values("www-authenticate").flat_map(schemes).collect();
                found.dedup();
                (!found.is_empty()).then_some(Challenge { exchange, schemes: found })
            })
            .collect()
    }

    /// Answers of hosts of the site that travelled over http.
    pub fn answers_over_http(&self) -> impl Iterator<Item = &'a Exchange> {
        self.exchanges().filter(|exchange| {
            exchange.url.is_http()
                && !exchange.url.is_loopback()
                && self.site.holds(exchange.url.host())
                && exchange.response.is_seen()
        })
    }
}

/// The schemes of one field line: a comma separates challenges and also their parameters, so
/// a scheme is a token that no `=` follows.
fn schemes(value: &[u8]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for &octet in value {
        match octet {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => parts.push(String::new()),
            _ if quoted => {}
            _ => {
                if let Some(part) = parts.last_mut() {
                    part.push(char::from(octet));
                }
            }
        }
    }
    parts.iter().filter_map(|part| scheme(part.trim())).collect()
}

fn scheme(part: &str) -> Option<String> {
    let end = part.find(|c: char| !(c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)));
    let (token, rest) = part.split_at(end.unwrap_or(part.len()));
    let is_parameter = rest.trim_start().starts_with('=');
    (!token.is_empty() && !is_parameter).then(|| token.to_owned())
}

#[cfg(test)]
mod tests {
    use super::schemes;

    #[test]
    fn challenges_and_parameters_are_told_apart() {
        for (value, expected) in [
            ("Basic realm=\"shop\"", &["Basic"][..]),
            ("basic", &["basic"]),
            ("Negotiate, Basic realm=\"a, Digest b\", charset=\"UTF-8\"", &["Negotiate", "Basic"]),
            ("Digest realm=\"a\\\"b, Basic \", nonce=x, qop = \"auth\"", &["Digest"]),
            ("Negotiate YII=", &["Negotiate"]),
            ("", &[]),
            (",,=", &[]),
        ] {
            assert_eq!(schemes(value.as_bytes()), expected, "{value}");
        }
    }
}
