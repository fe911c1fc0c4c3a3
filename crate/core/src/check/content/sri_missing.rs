//! `content.sri.missing`

use crate::check::prelude::*;
use crate::evidence::{Part, ResourceKind};

declare! {
    /// # What is wrong
    ///
    /// The page takes a script or a style sheet from another site, by an element without `integrity`.
    ///
    /// # Why it matters
    ///
    /// Whoever can change the file there, the other site's operator or somebody who broke in, runs code in
    /// every page that names it, with the person's session.
    ///
    /// # Example
    ///
    /// ```html
    /// <script src="https://cdn.example/lib.js"></script>
    /// ```
    ///
    /// # How to fix
    ///
    /// Take a fixed version, and write its hash: `integrity="sha384-…" crossorigin="anonymous"` (`openssl
    /// dgst -sha384 -binary lib.js | openssl base64 -A`). What changes without notice can not have one:
    /// serve a copy of your own.
    ///
    /// # When it does not apply
    ///
    /// Scripts of the site's own hosts. Style sheets alone are a note: they run no code. Scripts that other
    /// scripts add later count as soon as they stand in the page. Unknown as long as nobody read the page;
    /// the extension does when its popup is opened.
    id: "content.sri.missing",
    severity: Warning,
    title: "Scripts of another site run without a check of what they are",
    references: [Cwe(345), Asvs("V3.6.1"), Zap("90003"), Zap("10017"), Observatory("sri-not-implemented-but-external-scripts-loaded-securely"), Guideline("Subresource Integrity §3.5")],
    fix: Remedy {
        summary: "Add `integrity` and `crossorigin=\"anonymous\"` to the element, or serve the file from the site itself.",
        lines: &[
            (Software::Django, "<script src=\"https://cdn.example/lib.js\" integrity=\"sha384-…\" crossorigin=\"anonymous\"></script>"),
            (Software::Express, "<script src=\"https://cdn.example/lib.js\" integrity=\"sha384-…\" crossorigin=\"anonymous\"></script>"),
            (Software::Rails, "<%= javascript_include_tag \"https://cdn.example/lib.js\", integrity: \"sha384-…\", crossorigin: \"anonymous\" %>"),
            (Software::AspNet, "<script src=\"https://cdn.example/lib.js\" integrity=\"sha384-…\" crossorigin=\"anonymous\" asp-fallback-src=\"~/lib/lib.js\" asp-fallback-test=\"window.lib\"></script>"),
            (Software::Php, "<script src=\"https://cdn.example/lib.js\" integrity=\"sha384-…\" crossorigin=\"anonymous\"></script>"),
            (Software::Header, "Integrity-Policy: blocked-destinations=(script)"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let document = match facts.document() {
        Observed::Seen(document) => document,
        Observed::Unseen(reason) => return Outcome::Unknown(Gap::new(What::Document, reason)),
    };
    // The first one of each host; a script rather than a style sheet.
    let mut hosts: Vec<(&Part, usize)> = Vec::new();
    for part in document.parts.iter().filter(|part| !part.integrity && !facts.site.holds(part.url.host())) {
        match hosts.iter_mut().find(|(known, _)| known.url.host() == part.url.host()) {
            None => hosts.push((part, 1)),
            Some((known, times)) => {
                *times += 1;
                if part.kind == ResourceKind::Script && known.kind != ResourceKind::Script {
                    *known = part;
                }
            }
        }
    }
    let findings: Vec<Finding> = hosts.into_iter().map(|(part, times)| finding(part, times)).collect();
    if findings.is_empty() && document.beyond.parts > 0 {
        return Outcome::Unknown(Gap::new(What::Document, Reason::OverLimit));
    }
    Outcome::from_findings(findings)
}

fn finding(part: &Part, times: usize) -> Finding {
    let script = part.kind == ResourceKind::Script;
    let (severity, message) = if script {
        (CHECK.severity, "Whoever changes the file there runs code in this page, with the person's session.")
    } else {
        (
            Severity::Note,
            "Whoever changes the file there decides what the page looks like, and may read what is in it.",
        )
    };
    let mut finding = Finding::new(message).severity(severity).at(Location::url(&part.url));
    if !script {
        finding.title =
            Some("Style sheets of another site are taken without a check of what they are".to_owned());
    }
    finding.times = (times > 1).then_some(times);
    finding
}
