//! OpenSSL's cipher strings (`ssl_ciphers`), expanded to the suites that they choose.
//!
//! Follows `ciphers(1)` of OpenSSL 3: a word adds suites, `-` takes them away until a later word adds them again, `!` for
//! good, `+` only moves them, `A+B` is what has both, and a word that is unknown is skipped. The order of the suites is not
//! kept, since it does not change what can be agreed on.
//!
//! # Not supported
//!
//! `SUITEB128` and its like, `FIPS`, and the lists of a distribution (`PROFILE=SYSTEM`): what they stand for is not in the
//! string. They come back as unknown words.

mod alias;
mod suite;
mod table;

pub use suite::{Suite, Weakness};
pub use table::SUITES;

/// What nginx uses where nothing is said (`ngx_http_ssl_module`).
pub const DEFAULT: &str = "HIGH:!aNULL:!MD5";

/// What a cipher string chooses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expanded {
    /// Suites, in the order of the table.
    pub suites: Vec<&'static Suite>,
    /// The level of `@SECLEVEL`, where it stands.
    pub level: Option<u32>,
    /// Words that are not known here, in the order in which they stand.
    pub unknown: Vec<String>,
}

/// What the string did to one suite so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Out,
    In,
    /// Taken out by `!`: nothing brings it back.
    Gone,
}

/// What a word does to the suites that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Add,
    Remove,
    Kill,
    Move,
}

/// Expands a cipher string.
pub fn expand(string: &str) -> Expanded {
    let mut states = vec![State::Out; SUITES.len()];
    let mut out = Expanded::default();
    for (index, word) in string.split([':', ' ', ',', ';']).filter(|word| !word.is_empty()).enumerate() {
        if let Some(command) = word.strip_prefix('@') {
            match command.strip_prefix("SECLEVEL=").map(str::parse) {
                Some(Ok(level)) => out.level = Some(level),
                // The order only.
                _ if command == "STRENGTH" => {}
                _ => out.unknown.push(word.to_owned()),
            }
            continue;
        }
        let (operation, selector) = operation(word);
        let names_one = SUITES.iter().any(|suite| is_name(selector, suite));
        for (state, suite) in states.iter_mut().zip(SUITES) {
            let chosen =
                if names_one { Some(is_name(selector, suite)) } else { chosen(selector, suite, index == 0) };
            match chosen {
                Some(true) => *state = apply(operation, *state),
                Some(false) => {}
                None => {
                    out.unknown.push(word.to_owned());
                    break;
                }
            }
        }
    }
    out.suites =
        states.iter().zip(SUITES).filter(|(state, _)| **state == State::In).map(|(_, suite)| suite).collect();
    out
}

fn operation(word: &str) -> (Operation, &str) {
    let signs = [('!', Operation::Kill), ('-', Operation::Remove), ('+', Operation::Move)];
    let signed = signs.iter().find_map(|&(sign, operation)| Some((operation, word.strip_prefix(sign)?)));
    signed.unwrap_or((Operation::Add, word))
}

const fn apply(operation: Operation, state: State) -> State {
    match (operation, state) {
        (_, State::Gone) | (Operation::Kill, _) => State::Gone,
        (Operation::Add, _) => State::In,
        (Operation::Remove, _) => State::Out,
        (Operation::Move, state) => state,
    }
}

fn is_name(selector: &str, suite: &Suite) -> bool {
    selector == suite.openssl || selector == suite.iana
}

/// Whether a word that names no suite, which may be several joined by `+`, stands for one; none where it is unknown.
fn chosen(selector: &str, suite: &Suite, first: bool) -> Option<bool> {
    // OpenSSL 1.1.0 renamed two suites and still takes their old names.
    if let Some(rest) = selector.strip_prefix("EDH-").filter(|rest| rest.ends_with("-DES-CBC3-SHA")) {
        return Some(suite.openssl.strip_prefix("DHE-") == Some(rest));
    }
    // It counts as the first word only.
    if selector == "DEFAULT" {
        return first.then(|| alias::is_default(suite));
    }
    selector.split('+').try_fold(true, |all, word| {
        let matches = if alias::has_no_effect(word) { Some(false) } else { alias::matches(word, suite) };
        matches.map(|matches| all && matches)
    })
}

#[cfg(test)]
mod tests {
    use super::expand;

    fn names(string: &str) -> Vec<&'static str> {
        expand(string).suites.iter().map(|suite| suite.openssl).collect()
    }

    #[test]
    fn operations_follow_openssl() {
        for (string, expected) in [
            ("AES128-SHA:AES256-SHA:-AES128-SHA", vec!["AES256-SHA"]),
            ("AES128-SHA:-AES128:AES128-SHA", vec!["AES128-SHA"]),
            ("AES128-SHA:!AES128:AES128-SHA", vec![]),
            ("AES128-SHA AES256-SHA,+AES128", vec!["AES256-SHA", "AES128-SHA"]),
            ("EECDH+CHACHA20", vec!["ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"]),
            ("TLS_RSA_WITH_AES_128_CBC_SHA", vec!["AES128-SHA"]),
            ("EDH-RSA-DES-CBC3-SHA", vec!["DHE-RSA-DES-CBC3-SHA"]),
            ("ECDH-RSA-AES128-SHA:TLS_AES_128_GCM_SHA256", vec![]),
        ] {
            assert_eq!(names(string), expected, "{string}");
        }
        let expanded = expand("AES128-SHA:FOO:aes:@SECLEVEL=0:@STRENGTH:@X:PROFILE=SYSTEM:DEFAULT");
        assert_eq!(expanded.unknown, ["FOO", "aes", "@X", "PROFILE=SYSTEM", "DEFAULT"]);
        assert_eq!(expanded.level, Some(0));
    }
}
