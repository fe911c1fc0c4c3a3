//! The Public Suffix List as publicsuffix.org publishes it.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use https_audit_core::knowledge::rule;

use super::source::{List, Stated, ascii};

/// Reads `public_suffix_list.dat`: one rule a line up to white space, `//` comments, two marked sections.
pub(super) fn parse(text: &str) -> anyhow::Result<List> {
    let (mut entries, mut stated) = (BTreeMap::new(), Stated::default());
    let (mut section, mut sections_ended) = (None, 0);
    for (number, line) in (1..).zip(text.lines()) {
        match line.trim() {
            "// ===BEGIN ICANN DOMAINS===" => section = Some(false),
            "// ===BEGIN PRIVATE DOMAINS===" => section = Some(true),
            "// ===END ICANN DOMAINS===" | "// ===END PRIVATE DOMAINS===" => {
                section = None;
                sections_ended += 1;
            }
            line if line.starts_with("//") => header(line, &mut stated),
            line => {
                if let Some(rule) = line.split_whitespace().next() {
                    let private =
                        section.with_context(|| format!("line {number}: rule outside a section"))?;
                    add(rule, private, &mut entries).with_context(|| format!("line {number}"))?;
                }
            }
        }
    }
    if sections_ended != 2 {
        bail!("not both sections, ICANN and private, are whole");
    }
    Ok(List { entries, stated })
}

/// `// VERSION: 2026-10-22_08-36-41_UTC` holds the date; the commit is the shortest name of the version.
fn header(line: &str, stated: &mut Stated) {
    if let Some(version) = line.strip_prefix("// VERSION: ") {
        stated.date = version.get(..10).map(str::to_owned);
    } else if let Some(commit) = line.strip_prefix("// COMMIT: ") {
        stated.version = commit.get(..12).map(str::to_owned);
    }
}

fn add(line: &str, private: bool, entries: &mut BTreeMap<String, u8>) -> anyhow::Result<()> {
    let (name, flags) = if let Some(name) = line.strip_prefix('!') {
        (name, if private { rule::EXCEPTION | rule::PRIVATE } else { rule::EXCEPTION })
    } else if let Some(name) = line.strip_prefix("*.") {
        (name, if private { rule::CHILDREN | rule::PRIVATE_CHILDREN } else { rule::CHILDREN })
    } else {
        (line, if private { rule::NAME | rule::PRIVATE } else { rule::NAME })
    };
    if name.contains('*') {
        // The list's format allows it, the list has none, and no reader known to us supports it.
        bail!("`{line}` has its wildcard elsewhere than in front");
    }
    *entries.entry(ascii(name)?).or_default() |= flags;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "// VERSION: 2026-10-22_08-36-41_UTC\n// COMMIT: 8437e5262f13305f94087abe\n\n\
        // ===BEGIN ICANN DOMAINS===\n\nck trailing words\n*.ck\n!www.ck\n公司.cn\n// ===END ICANN DOMAINS===\n\
        // ===BEGIN PRIVATE DOMAINS===\ngithub.io\n*.platform.example\n// ===END PRIVATE DOMAINS===\n";

    #[test]
    fn rules_become_flags() {
        let list = parse(LIST).expect("a sound list");
        let expected = [
            ("ck", rule::NAME | rule::CHILDREN),
            ("github.io", rule::NAME | rule::PRIVATE),
            ("platform.example", rule::CHILDREN | rule::PRIVATE_CHILDREN),
            ("www.ck", rule::EXCEPTION),
            ("xn--55qx5d.cn", rule::NAME),
        ];
        let entries: Vec<(&str, u8)> = list.entries.iter().map(|(name, flags)| (&**name, *flags)).collect();
        assert_eq!(entries, expected);
        assert_eq!(list.stated.date.as_deref(), Some("2026-10-22"));
        assert_eq!(list.stated.version.as_deref(), Some("8437e5262f13"));
    }

    #[test]
    fn a_list_cut_off_is_refused() {
        for length in (0..LIST.len() - 1).filter(|length| LIST.is_char_boundary(*length)) {
            assert!(parse(&LIST[..length]).is_err(), "cut at {length}");
        }
    }
}
