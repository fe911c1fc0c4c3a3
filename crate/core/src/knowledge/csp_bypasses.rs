//! Hosts from which an attacker can have a script of theirs run, where a policy lets scripts come from there.
//!
//! UTF-8 text, sorted lines: host and path, a space, and how ([`How`]).

use super::Malformed;

/// The list, on borrowed text.
#[derive(Debug, Clone, Copy)]
pub struct CspBypasses<'a> {
    text: &'a str,
}

/// One address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CspBypass<'a> {
    /// Its host.
    pub host: &'a str,
    /// Its path, with the slash at its start.
    pub path: &'a str,
    /// What it serves.
    pub how: How,
}

/// What an address serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// `angular`: a library that runs what stands in the page's attributes.
    Angular,
    /// `jsonp`: a script that calls whatever function the address names.
    Jsonp,
    /// `jsonp-eval`: the same, where the policy has `'unsafe-eval'` too.
    JsonpEval,
}

impl<'a> CspBypasses<'a> {
    /// Opens the file.
    pub fn new(octets: &'a [u8]) -> Result<Self, Malformed> {
        let text = std::str::from_utf8(octets).map_err(|_| Malformed::CspBypasses)?;
        let list = Self { text };
        // A line that says nothing would make the list shorter without anybody noticing.
        if list.iter().count() != text.lines().count() {
            return Err(Malformed::CspBypasses);
        }
        Ok(list)
    }

    /// All addresses, in order.
    pub fn iter(&self) -> impl Iterator<Item = CspBypass<'a>> + use<'a> {
        self.text.lines().filter_map(|line| {
            let (address, how) = line.split_once(' ')?;
            let (host, path) = address.split_at_checked(address.find('/')?)?;
            let how = match how {
                "angular" => How::Angular,
                "jsonp" => How::Jsonp,
                "jsonp-eval" => How::JsonpEval,
                _ => return None,
            };
            Some(CspBypass { host, path, how })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{CspBypass, CspBypasses, How};
    use crate::knowledge::{Malformed, embedded};

    #[test]
    fn the_list_is_sorted_and_without_doubles() {
        let list = embedded().expect("sound assets").csp_bypasses;
        assert!(list.text.lines().is_sorted_by(|a, b| a < b));
        assert!(list.iter().count() > 150);
        let wanted = CspBypass { host: "www.googletagmanager.com", path: "/gtm/js", how: How::JsonpEval };
        assert!(list.iter().any(|bypass| bypass == wanted));
    }

    #[test]
    fn a_line_that_says_nothing_is_refused() {
        for text in ["a.example/ jsonp\nb.example jsonp\n", "a.example/ other\n", "\u{0}\n"] {
            assert_eq!(CspBypasses::new(text.as_bytes()).err(), Some(Malformed::CspBypasses), "{text}");
        }
        assert_eq!(CspBypasses::new(b"\xff").err(), Some(Malformed::CspBypasses));
    }
}
