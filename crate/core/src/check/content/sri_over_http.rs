//! `content.sri.over-http`

use crate::check::prelude::*;
use crate::evidence::Part;

declare! {
    /// # What is wrong
    ///
    /// The page takes a script or a style sheet of another origin over http, with `integrity` or without.
    ///
    /// # Why it matters
    ///
    /// Everybody on the way can put another file in its place and so runs code in the page. Browsers refuse
    /// such a file in an https page, so that there something is broken; in an http page they run it.
    /// `integrity` helps against a changed file, but not against its being watched or refused.
    ///
    /// # Example
    ///
    /// ```html
    /// <script src="http://cdn.example/lib.js"></script>
    /// ```
    ///
    /// # How to fix
    ///
    /// Write `https://`, and add `integrity`.
    ///
    /// # When it does not apply
    ///
    /// The page names none. Hosts of this computer. Unknown as long as nobody read the page; the extension
    /// does when its popup is opened.
    id: "content.sri.over-http",
    severity: Error,
    title: "A script or style sheet is named by an http address",
    references: [Cwe(319), Cwe(345), Asvs("V3.6.1"), Asvs("V12.2.1"), Zap("90003"), Observatory("sri-implemented-but-external-scripts-not-loaded-securely"), Observatory("sri-not-implemented-and-external-scripts-not-loaded-securely")],
    fix: Remedy {
        summary: "Write `https://` in the element, and add `integrity`.",
        lines: &[
            (Software::Django, "<script src=\"https://cdn.example/lib.js\" integrity=\"sha384-…\" crossorigin=\"anonymous\"></script>"),
            (Software::Express, "<script src=\"https://cdn.example/lib.js\" integrity=\"sha384-…\" crossorigin=\"anonymous\"></script>"),
            (Software::Rails, "<%= javascript_include_tag \"https://cdn.example/lib.js\", integrity: \"sha384-…\", crossorigin: \"anonymous\" %>"),
            (Software::AspNet, "<script src=\"https://cdn.example/lib.js\" integrity=\"sha384-…\" crossorigin=\"anonymous\" asp-fallback-src=\"~/lib/lib.js\" asp-fallback-test=\"window.lib\"></script>"),
            (Software::Php, "<script src=\"https://cdn.example/lib.js\" integrity=\"sha384-…\" crossorigin=\"anonymous\"></script>"),
            (Software::Header, "Content-Security-Policy: upgrade-insecure-requests"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let document = match facts.document() {
        Observed::Seen(document) => document,
        Observed::Unseen(reason) => return Outcome::Unknown(Gap::new(What::Document, reason)),
    };
    let insecure = |part: &&Part| part.url.is_http() && !part.url.is_potentially_trustworthy();
    let times = document.parts.iter().filter(insecure).count();
    match document.parts.iter().find(insecure) {
        None if document.beyond.parts > 0 => Outcome::Unknown(Gap::new(What::Document, Reason::OverLimit)),
        None => Outcome::Pass,
        Some(part) => {
            let message = if facts.page_scheme() == Some("https") {
                "Browsers refuse it in an https page; whatever runs it all the same runs what somebody on the way put there."
            } else {
                "Everybody on the way can put another file in its place, and runs code in this page."
            };
            let mut finding = Finding::new(message).at(Location::url(&part.url));
            finding.times = (times > 1).then_some(times);
            Outcome::fail(finding)
        }
    }
}
