//! Stack traces in the text of a page: the patterns of `extension/page.js`.

use std::sync::LazyLock;

use regex_lite::Regex;

/// Lines that are looked at.
const MAX_LINES: usize = 5000;
/// Octets of a line that are looked at.
const MAX_LINE: usize = 500;

/// A line of the first pattern, and it or one after it of the second.
struct Trace {
    language: &'static str,
    first: Regex,
    then: Regex,
}

static TRACES: LazyLock<Vec<Trace>> = LazyLock::new(|| {
    const JAVA: &str =
        r"^at [\w$.<>/]+\((?:[\w$]+\.(?:java|kt|scala|groovy):\d+|Native Method|Unknown Source)\)";
    const PHP: &str = r"^#\d+ \S+\.php\(\d+\): ";
    const DOT_NET: &str = r"^at [^()]+\([^()]*\) in [^()]+\.(?:cs|vb|fs):line \d";
    const NODE: &str = r"^at (?:[^()]+ \()?(?:file://|node:|/|[A-Z]:\\)[^()]*:\d+:\d+\)?$";
    const RUBY: &str = r"^(?:from )?[^\s:]+\.rb:\d+:in ['`]";
    let patterns = [
        ("python", r"^Traceback \(most recent call last\)", r#"^File "[^"]+", line \d+"#),
        ("java", JAVA, JAVA),
        ("php", r"^(?:PHP )?(?:Fatal|Parse) error ?: ", r" in \S+(?:\.php:| on line )\d"),
        ("php", PHP, PHP),
        ("dot-net", DOT_NET, DOT_NET),
        ("dot-net", r"^\[?(?:System|Microsoft)\.[\w.]*Exception\b", r"^at [\w.`\[\]<>]+\("),
        ("dot-net", r"^\[\w+Exception\b", r"^[\w.`<>]+\(.*\) (?:\+\d+|in .+\.(?:cs|vb):\d+)$"),
        ("node", NODE, NODE),
        ("ruby", RUBY, RUBY),
    ];
    let trace = |(language, first, then)| {
        Some(Trace { language, first: Regex::new(first).ok()?, then: Regex::new(then).ok()? })
    };
    patterns.into_iter().filter_map(trace).collect()
});

/// The languages whose stack traces the text holds.
pub(super) fn traces(text: &str) -> impl Iterator<Item = &'static str> {
    let lines = text.split(['\r', '\n']).filter(|line| !line.is_empty()).take(MAX_LINES);
    let lines: Vec<&str> = lines.map(|line| super::first(line, MAX_LINE).trim()).collect();
    let is_there = move |trace: &Trace| {
        let at = lines.iter().position(|line| trace.first.is_match(line));
        at.and_then(|at| lines.get(at..))
            .is_some_and(|rest| rest.iter().any(|line| trace.then.is_match(line)))
    };
    let mut found: Vec<&str> =
        TRACES.iter().filter(|trace| is_there(trace)).map(|trace| trace.language).collect();
    found.dedup();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(TRACES.len(), 9);
    }

    #[test]
    fn what_programs_print() {
        for (text, expected) in [
            (
                "Traceback (most recent call last):\n  File \"/app/views.py\", line 3, in index\nValueError: x",
                "python",
            ),
            ("java.lang.IllegalStateException\n\tat org.site.Main.run(Main.java:12)", "java"),
            ("PHP Fatal error:  Uncaught Error in /srv/www/index.php:3", "php"),
            ("#0 /srv/www/lib.php(12): run()", "php"),
            ("   at Shop.Cart.Pay(Int32 id) in C:\\src\\Cart.cs:line 40", "dot-net"),
            (
                "[NullReferenceException: Object reference]\n   Shop.Page_Load(Object o, EventArgs e) +32",
                "dot-net",
            ),
            ("    at /srv/app/index.js:3:7", "node"),
            ("app/models/user.rb:12:in `name'", "ruby"),
        ] {
            assert_eq!(traces(text).collect::<Vec<_>>(), [expected], "{text}");
        }
        for text in [
            "",
            "at home (in the garden)",
            "File \"a\", line 1\nTraceback (most recent call last):",
            "a.rb:1",
        ] {
            assert_eq!(traces(text).count(), 0, "{text}");
        }
    }
}
