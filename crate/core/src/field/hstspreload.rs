//! Strict-Transport-Security as hstspreload.org reads it, which is not as browsers read it.
//!
//! The scanner behind hstspreload.org (github.com/chromium/hstspreload, `header.go` and `response.go`)
//! works on a Go string: it splits at every `;`, also inside quotes; knows no quoted values and no
//! space around `=`; takes the first of repeated directives and only warns; trims and compares letters
//! by Unicode. Its dotted codes are its public contract and are given here unchanged, in its order.
//!
//! The octets of the field are read as that program does: as UTF-8, where an octet that is no UTF-8
//! counts as a character that matches nothing.

/// What the field says to hstspreload.org.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Seconds; `None` when absent or not readable, which is not the same as 0.
    pub max_age: Option<u64>,
    /// `includeSubDomains` without anything attached.
    pub include_subdomains: bool,
    /// `preload` without anything attached.
    pub preload: bool,
}

/// Dotted codes of hstspreload.org, in its order; a code may appear more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// They block.
    pub errors: Vec<&'static str>,
    /// They do not.
    pub warnings: Vec<&'static str>,
}

/// A parsed field: what it says, and what was wrong with how it says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What it says.
    pub policy: Policy,
    /// Syntax errors, in order.
    pub errors: Vec<&'static str>,
    /// Syntax warnings, in order.
    pub warnings: Vec<&'static str>,
}

/// The least max-age for the preload list: one year, in seconds.
pub const PRELOAD_MIN_MAX_AGE: u64 = 31_536_000;
/// Above this max-age (ten years, in seconds) hstspreload.org warns.
pub const UNUSUAL_MAX_AGE: u64 = 315_360_000;

/// Reads one field value. Syntax only: whether it can be preloaded is [`preloadable`].
pub fn parse(field: &[u8]) -> Parsed {
    let mut parsed = Parsed::default();
    let text = String::from_utf8_lossy(field);
    let directives: Vec<&str> = text.split(';').map(str::trim).collect();
    if let [only] = directives.as_slice()
        && only.is_empty()
    {
        parsed.warnings.push("header.parse.empty");
        return parsed;
    }
    for directive in directives {
        parsed.directive(directive);
    }
    parsed
}

/// What stands between this field and the preload list: the errors and warnings of [`parse`], then the
/// requirements in the order sub-domains, preload, max-age.
pub fn preloadable(parsed: &Parsed) -> Codes {
    let mut codes = Codes { errors: parsed.errors.clone(), warnings: parsed.warnings.clone() };
    if !parsed.policy.include_subdomains {
        codes.errors.push("header.preloadable.include_sub_domains.missing");
    }
    if !parsed.policy.preload {
        codes.errors.push("header.preloadable.preload.missing");
    }
    match parsed.policy.max_age {
        None => codes.errors.push("header.preloadable.max_age.missing"),
        Some(0) => codes.errors.push("header.preloadable.max_age.zero"),
        Some(1..PRELOAD_MIN_MAX_AGE) => codes.errors.push("header.preloadable.max_age.below_1_year"),
        Some(PRELOAD_MIN_MAX_AGE..=UNUSUAL_MAX_AGE) => {}
        Some(_) => codes.warnings.push("header.preloadable.max_age.over_10_years"),
    }
    codes
}

/// What stands between this field and removal from the preload list. Syntax warnings do not count
/// there and are left out.
pub fn removable(parsed: &Parsed) -> Codes {
    let mut codes = Codes { errors: parsed.errors.clone(), warnings: Vec::new() };
    if parsed.policy.preload {
        codes.errors.push("header.removable.contains.preload");
    }
    if parsed.policy.max_age.is_none() {
        codes.errors.push("header.removable.missing.max_age");
    }
    codes
}

/// The reading of a whole response, which must have exactly one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The field's policy; nothing is set unless there is exactly one field.
    pub policy: Policy,
    /// As [`preloadable`], or `response.no_header`, or `response.multiple_headers`.
    pub preloadable: Codes,
    /// As [`removable`], or one of the same two.
    pub removable: Codes,
}

/// Reads all Strict-Transport-Security fields of one response.
pub fn response(fields: &[&[u8]]) -> Response {
    let refused = |code| {
        let codes = Codes { errors: vec![code], warnings: Vec::new() };
        Response { policy: Policy::default(), preloadable: codes.clone(), removable: codes }
    };
    match fields {
        [] => refused("response.no_header"),
        [field] => {
            let parsed = parse(field);
            Response {
                policy: parsed.policy,
                preloadable: preloadable(&parsed),
                removable: removable(&parsed),
            }
        }
        _ => refused("response.multiple_headers"),
    }
}

impl Parsed {
    fn directive(&mut self, directive: &str) {
        if equal_fold(directive, "preload") {
            if self.policy.preload {
                self.warn_once("header.parse.repeated.preload");
            }
            self.policy.preload = true;
        } else if has_prefix_lower(directive, "preload") {
            self.warn_once("header.parse.invalid.preload");
        } else if equal_fold(directive, "includesubdomains") {
            if self.policy.include_subdomains {
                self.warn_once("header.parse.repeated.include_sub_domains");
            }
            self.policy.include_subdomains = true;
        } else if has_prefix_lower(directive, "includesubdomains") {
            self.warn_once("header.parse.invalid.include_sub_domains");
        } else if let Some((name, value)) = directive.split_at_checked(MAX_AGE.len())
            && name.eq_ignore_ascii_case(MAX_AGE)
        {
            self.max_age(value);
        } else if has_prefix_lower(directive, "max-age") {
            if !self.errors.contains(&"header.parse.invalid.max_age.no_value") {
                self.errors.push("header.parse.invalid.max_age.no_value");
            }
        } else if directive.is_empty() {
            self.warn_once("header.parse.empty_directive");
        } else {
            // The only warning that is repeated: each unknown directive is named there.
            self.warnings.push("header.parse.unknown_directive");
        }
    }

    fn max_age(&mut self, value: &str) {
        if value.len() > 1 && value.starts_with('0') {
            self.warnings.push("header.parse.max_age.leading_zero");
        }
        if !value.bytes().all(|octet| octet.is_ascii_digit()) {
            self.errors.push("header.parse.max_age.non_digit_characters");
            return;
        }
        // Fails when empty, and when it does not fit in 64 bits.
        let Ok(seconds) = value.parse::<u64>() else {
            self.errors.push("header.parse.max_age.parse_int_error");
            return;
        };
        if self.policy.max_age.is_some() {
            self.warn_once("header.parse.repeated.max_age");
        } else {
            self.policy.max_age = Some(seconds);
        }
    }

    fn warn_once(&mut self, code: &'static str) {
        if !self.warnings.contains(&code) {
            self.warnings.push(code);
        }
    }
}

const MAX_AGE: &str = "max-age=";

/// Go's `strings.EqualFold` against a lower-case ASCII word that has no `k`: simple Unicode folding,
/// under which U+017F (long s) is an `s`.
fn equal_fold(text: &str, word: &str) -> bool {
    text.chars()
        .map(|character| if character == '\u{17f}' { 's' } else { character.to_ascii_lowercase() })
        .eq(word.chars())
}

/// Go's `strings.HasPrefix(strings.ToLower(text), word)` for a lower-case ASCII word that has no `k`:
/// there the only letter outside ASCII that becomes an ASCII one is U+0130 (I with dot).
fn has_prefix_lower(text: &str, word: &str) -> bool {
    let mut characters = text.chars().map(|character| match character {
        '\u{130}' => 'i',
        other => other.to_ascii_lowercase(),
    });
    word.chars().all(|expected| characters.next() == Some(expected))
}

#[cfg(test)]
#[path = "hstspreload_tests.rs"]
mod tests;
