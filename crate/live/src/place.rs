//! Where a host is: `--resolve` and `--connect-to`, with curl's meaning.

use std::net::IpAddr;
use std::str::FromStr;

/// The text is no such option.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPlace {
    /// Of `--resolve`.
    #[error("not HOST:PORT:ADDRESS[,ADDRESS…], an IPv6 address in brackets")]
    Resolve,
    /// Of `--connect-to`.
    #[error("not HOST1:PORT1:HOST2:PORT2, an IPv6 address in brackets")]
    ConnectTo,
}

/// `HOST:PORT:ADDRESS[,ADDRESS…]`: these are the addresses of the host for this port; `*` is every host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolve {
    host: String,
    port: u16,
    addresses: Vec<IpAddr>,
}

/// `HOST1:PORT1:HOST2:PORT2`: who asks for the first is connected to the second. An empty HOST1 or PORT1 is any, an empty
/// HOST2 or PORT2 is the same as was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectTo {
    from: (String, Option<u16>),
    to: (String, Option<u16>),
}

impl FromStr for Resolve {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let read = || {
            let (host, rest) = host(text)?;
            let (port, addresses) = rest.split_once(':')?;
            let addresses = addresses.split(',').map(|one| bare(one).parse().ok());
            let addresses = addresses.collect::<Option<Vec<IpAddr>>>()?;
            let host = Some(host).filter(|host| !host.is_empty())?.to_ascii_lowercase();
            Some(Self { host, port: port.parse().ok()?, addresses })
        };
        read().ok_or(NoPlace::Resolve)
    }
}

impl FromStr for ConnectTo {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let read = || {
            let (from, rest) = host(text)?;
            let (from_port, rest) = rest.split_once(':')?;
            let (to, to_port) = host(rest)?;
            let port = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
            let from = (from.to_ascii_lowercase(), port(from_port)?);
            Some(Self { from, to: (to.to_ascii_lowercase(), port(to_port)?) })
        };
        read().ok_or(NoPlace::ConnectTo)
    }
}

/// The host at the beginning, and what stands behind its colon.
fn host(text: &str) -> Option<(&str, &str)> {
    if text.starts_with('[') {
        let end = text.find(']')?;
        let (host, rest) = text.split_at_checked(end + 1)?;
        return Some((host, rest.strip_prefix(':')?));
    }
    text.split_once(':')
}

/// An IPv6 address without its brackets.
pub fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

/// Host and port that a connection really goes to. The first that fits counts, as in curl.
pub fn connect_to(rules: &[ConnectTo], host: &str, port: u16) -> (String, u16) {
    let fits = |rule: &&ConnectTo| {
        let (from, from_port) = &rule.from;
        (from.is_empty() || from == host) && from_port.is_none_or(|from| from == port)
    };
    let Some(ConnectTo { to: (to, to_port), .. }) = rules.iter().find(fits) else {
        return (host.to_owned(), port);
    };
    (if to.is_empty() { host.to_owned() } else { to.clone() }, to_port.unwrap_or(port))
}

/// The addresses of a host that are given; of one that is named itself before those of every host. Of several the
/// last counts, as in curl.
pub fn resolve<'r>(rules: &'r [Resolve], host: &str, port: u16) -> Option<&'r [IpAddr]> {
    let of = |name: &str| rules.iter().rev().find(|rule| rule.host == name && rule.port == port);
    of(host).or_else(|| of("*")).map(|rule| rule.addresses.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(rules: &[&str], host: &str, port: u16) -> Vec<String> {
        let rules: Vec<Resolve> = rules.iter().map(|rule| rule.parse().expect("a rule")).collect();
        resolve(&rules, host, port).unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn addresses_are_given() {
        let rules = ["shop.test:443:192.0.2.1,[2001:db8::1]", "*:443:192.0.2.9", "*:80:192.0.2.7"];
        assert_eq!(addresses(&rules, "shop.test", 443), ["192.0.2.1", "2001:db8::1"]);
        assert_eq!(addresses(&rules, "other.test", 443), ["192.0.2.9"]);
        assert_eq!(addresses(&rules, "shop.test", 80), ["192.0.2.7"]);
        assert!(addresses(&rules, "shop.test", 8443).is_empty());
        assert_eq!(addresses(&["a.test:1:192.0.2.1", "A.test:1:192.0.2.2"], "a.test", 1), ["192.0.2.2"]);
        for wrong in [
            "",
            "shop.test",
            "shop.test:443",
            "shop.test:443:",
            "shop.test:x:192.0.2.1",
            ":443:192.0.2.1",
            "[::1:1:192.0.2.1",
        ] {
            assert_eq!(wrong.parse::<Resolve>(), Err(NoPlace::Resolve), "{wrong}");
        }
    }

    #[test]
    fn connections_are_led_elsewhere() {
        let to = |rules: &[&str], host, port| {
            let rules: Vec<ConnectTo> = rules.iter().map(|rule| rule.parse().expect("a rule")).collect();
            connect_to(&rules, host, port)
        };
        let rules = ["a.test:443:127.0.0.1:8443", ":80::8080", ":443:[::1]:"];
        assert_eq!(to(&rules, "a.test", 443), ("127.0.0.1".to_owned(), 8443));
        assert_eq!(to(&rules, "b.test", 80), ("b.test".to_owned(), 8080));
        assert_eq!(to(&rules, "b.test", 443), ("[::1]".to_owned(), 443));
        assert_eq!(to(&rules, "b.test", 81), ("b.test".to_owned(), 81));
        for wrong in ["", "a", "a:1", "a:1:b", "a:x:b:1", "a:1:b:99999"] {
            assert_eq!(wrong.parse::<ConnectTo>(), Err(NoPlace::ConnectTo), "{wrong}");
        }
    }
}
