//! What an exported file is called.

use super::Format;
use crate::report::Report;

/// Characters of the host in a name: with the rest it stays below what any file system takes (255 octets).
const HOST: usize = 100;

/// `https-audit-HOST-DATE.EXTENSION`, which every file system takes as it is: ASCII letters, digits, `-`, `_` and dots,
/// none of them leading or doubled. By its beginning it is no name that Windows reserves.
pub fn file_name(report: &Report, format: Format) -> String {
    let host = part(&report.site.host, HOST);
    let host = if host.is_empty() { "page" } else { &host };
    // The date alone; of a time beyond the year 9999 its seconds.
    let time = report.generated_at.split('T').next().unwrap_or_default();
    format!("https-audit-{host}-{}.{}", part(time, 20), format.extension())
}

fn part(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for c in text.chars().take(limit) {
        let c = if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '_' };
        if c != '.' || !(out.is_empty() || out.ends_with('.')) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end_matches('.').len());
    out
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_host_is_harmless_in_a_name() {
        for (host, name) in [
            ("shop-demo.com", "shop-demo.com"),
            ("[2001:db8::1]", "_2001_db8__1_"),
            ("../../etc/passwd", "_._etc_passwd"),
            ("..\\..", "_"),
            ("a\u{202E}\0b", "a__b"),
            ("..", ""),
        ] {
            assert_eq!(part(host, 100), name, "{host:?}");
        }
        assert_eq!(part(&"a".repeat(300), 100).len(), 100);
    }
}
