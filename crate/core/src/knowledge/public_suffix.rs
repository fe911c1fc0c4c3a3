//! The Public Suffix List: where the part of a name that a person can register begins.
//!
//! Follows the algorithm of publicsuffix.org/list: the longest matching rule
//! decides, an exception rule (`!`) beats all others, and a name that no rule
//! matches is treated as under the rule `*`. That last case is told apart
//! ([`Suffix::known`]), since such a name (`server.internal`) is under no suffix
//! that anyone registers in.
//!
//! Hosts are in ASCII form (A-labels); letter case does not matter and one final
//! dot is left out of the answers.

use super::preload::{names_above, normal};
use super::suffix_set::{Malformed, SuffixSet};

/// Flags of an entry. A name can carry a rule for itself and one for its children.
pub mod rule {
    /// The name itself is a public suffix.
    pub const NAME: u8 = 1;
    /// Every name one label below is a public suffix (`*.name`).
    pub const CHILDREN: u8 = 2;
    /// The name is not a public suffix though `CHILDREN` of its parent says so (`!name`).
    pub const EXCEPTION: u8 = 4;
    /// `NAME` or `EXCEPTION` is from the section of private domains.
    pub const PRIVATE: u8 = 8;
    /// `CHILDREN` is from the section of private domains.
    pub const PRIVATE_CHILDREN: u8 = 16;
}

/// The public suffix of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suffix<'h> {
    /// The suffix, a part of the host as it was given.
    pub name: &'h str,
    /// A rule of the list says so. If not, it is just the last label.
    pub known: bool,
    /// The rule is from the section of private domains (`github.io`), not of a registry's.
    pub private: bool,
}

/// The Public Suffix List on borrowed octets.
pub struct PublicSuffixes<'a> {
    set: SuffixSet<'a>,
}

impl<'a> PublicSuffixes<'a> {
    /// Opens the list.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let set = SuffixSet::new(bytes)?;
        set.list(0, "public-suffix-list").map(|_| Self { set })
    }

    /// The rules as they are kept, see [`rule`].
    pub fn set(&self) -> &SuffixSet<'a> {
        &self.set
    }

    /// The public suffix of the host: the host itself, where it is one.
    ///
    /// `None` for IP addresses and for what is not a domain name (empty labels).
    pub fn public_suffix<'h>(&self, host: &'h str) -> Option<Suffix<'h>> {
        let host = host.strip_suffix('.').unwrap_or(host);
        if host.split('.').any(str::is_empty) || is_ip_address(host) {
            return None;
        }
        let lower = normal(host);
        let last = host.rfind('.').map_or(0, |dot| dot + 1);
        let mut found = Suffix { name: host.get(last..)?, known: false, private: false };
        // Shortest first, so that a longer rule takes the place of a shorter one. One label
        // more than the longest rule name: the child that its wildcard speaks of.
        let mut parent_flags = 0;
        for name in names_above(&lower, self.set.most_labels() + 1).rev() {
            let at = host.get(lower.len() - name.len()..)?;
            let flags = self.set.get(name).unwrap_or(0);
            if flags & rule::EXCEPTION != 0 {
                let (_, parent) = at.split_once('.')?;
                return Some(Suffix { name: parent, known: true, private: flags & rule::PRIVATE != 0 });
            }
            if parent_flags & rule::CHILDREN != 0 {
                found = Suffix { name: at, known: true, private: parent_flags & rule::PRIVATE_CHILDREN != 0 };
            }
            if flags & rule::NAME != 0 {
                found = Suffix { name: at, known: true, private: flags & rule::PRIVATE != 0 };
            }
            parent_flags = flags;
        }
        Some(found)
    }

    /// The registrable domain of the host, also called site or eTLD+1: the public suffix and
    /// one label more.
    ///
    /// `None` for IP addresses, for public suffixes and for what is not a domain name. A name
    /// that no rule matches has one too (the list's rule `*`): ask
    /// [`public_suffix`](Self::public_suffix) whether it is [`known`](Suffix::known).
    pub fn registrable_domain<'h>(&self, host: &'h str) -> Option<&'h str> {
        let suffix = self.public_suffix(host)?;
        let host = host.strip_suffix('.').unwrap_or(host);
        let above = host.strip_suffix(suffix.name)?.strip_suffix('.')?;
        host.get(above.rfind('.').map_or(0, |dot| dot + 1)..)
    }

    /// Whether a rule of the list says that the host is a public suffix.
    pub fn is_public_suffix(&self, host: &str) -> bool {
        let name = host.strip_suffix('.').unwrap_or(host);
        self.public_suffix(host).is_some_and(|suffix| suffix.known && suffix.name == name)
    }
}

/// An IPv4 address, or an IPv6 address with or without its brackets.
pub fn is_ip_address(host: &str) -> bool {
    host.contains(':') || host.parse::<std::net::Ipv4Addr>().is_ok()
}
