//! Patterns of `include`, as `glob(3)` reads them: `*`, `?` and `[…]`, none of which matches `/`, nor a dot at the
//! beginning of a name.

/// Whether a text is a pattern at all.
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// Whether a path matches a pattern, name by name.
pub fn matches(pattern: &str, path: &str) -> bool {
    let (mut patterns, mut names) = (pattern.split('/'), path.split('/'));
    loop {
        match (patterns.next(), names.next()) {
            (None, None) => return true,
            (Some(pattern), Some(name)) if name_matches(pattern, name) => {}
            _ => return false,
        }
    }
}

/// One name. Goes back to the last `*` only, so that no pattern takes more than pattern × name steps.
fn name_matches(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(&c) = name.get(n) {
        if pattern.get(p) == Some(&'*') {
            star = Some((p + 1, n));
            p += 1;
        } else if let Some(after) = one(&pattern, p, c) {
            (p, n) = (after, n + 1);
        } else if let Some((after, from)) = star {
            star = Some((after, from + 1));
            (p, n) = (after, from + 1);
        } else {
            return false;
        }
    }
    pattern.iter().skip(p).all(|&c| c == '*')
}

/// Where the pattern goes on if what stands at `p` matches this character.
fn one(pattern: &[char], p: usize, c: char) -> Option<usize> {
    match pattern.get(p)? {
        '?' => Some(p + 1),
        '[' => class(pattern, p, c),
        '\\' => (pattern.get(p + 1) == Some(&c)).then_some(p + 2),
        &literal => (literal == c).then_some(p + 1),
    }
}

/// `[abc]`, `[a-z]`, `[!abc]`; a bracket that is never closed is a character.
fn class(pattern: &[char], p: usize, c: char) -> Option<usize> {
    let negated = matches!(pattern.get(p + 1), Some('!' | '^'));
    let first = p + 1 + usize::from(negated);
    let Some(length) = pattern.iter().skip(first + 1).position(|&c| c == ']') else {
        return (c == '[').then_some(p + 1);
    };
    let end = first + 1 + length;
    let inside = pattern.get(first..end)?;
    let mut found = false;
    let mut at = 0;
    while let Some(&low) = inside.get(at) {
        if let (Some('-'), Some(&high)) = (inside.get(at + 1), inside.get(at + 2)) {
            found |= (low..=high).contains(&c);
            at += 3;
        } else {
            found |= low == c;
            at += 1;
        }
    }
    (found != negated).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_as_in_glob() {
        for (pattern, path, expected) in [
            ("conf.d/*.conf", "conf.d/a.conf", true),
            ("conf.d/*.conf", "conf.d/a.conf.bak", false),
            ("conf.d/*.conf", "conf.d/sub/a.conf", false),
            ("sites-enabled/*", "sites-enabled/example.com", true),
            ("sites-enabled/*", "sites-enabled/.swp", false),
            ("a?c", "abc", true),
            ("[a-c]x[!0-9]", "bxy", true),
            ("[a-c]x[!0-9]", "bx1", false),
            ("*a*b", "xxaxxab", true),
            ("[", "[", true),
            (r"\*", "*", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }
}
