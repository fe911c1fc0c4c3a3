//! `header.content-type.charset-missing`

use super::common::{judged, page, sent};
use crate::check::prelude::*;
use crate::field::policy::media_type;

declare! {
    /// # What is wrong
    ///
    /// The page is HTML, and its Content-Type has no `charset`.
    ///
    /// # Why it matters
    ///
    /// Where the page does not say it itself, in a `meta` element among its first 1024 octets, the browser
    /// guesses, and old guesses let text turn into markup. Error pages are the ones that forget it.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Type: text/html
    /// ```
    ///
    /// # How to fix
    ///
    /// Write `Content-Type: text/html; charset=utf-8`.
    ///
    /// # When it does not apply
    ///
    /// The page is no `text/html`. A note: a `meta charset` or a byte order mark does the same, and neither
    /// is looked for.
    id: "header.content-type.charset-missing",
    severity: Note,
    title: "The field does not say which characters the page is written in",
    references: [Zap("10019-1"), Rfc(9110, "§8.3.2"), Guideline("HTML, determining the character encoding")],
    fix: Remedy {
        summary: "Send `Content-Type: text/html; charset=utf-8`.",
        lines: &[
            (Software::Django, "DEFAULT_CHARSET = \"utf-8\"  # the default"),
            (Software::Nginx, "charset utf-8;"),
            (Software::Apache, "AddDefaultCharset utf-8"),
            (Software::Caddy, "header Content-Type \"text/html; charset=utf-8\""),
            (Software::Express, "res.type(\"html\");"),
            (Software::Rails, "config.action_dispatch.default_charset = \"utf-8\""),
            (Software::AspNet, "context.Response.ContentType = \"text/html; charset=utf-8\";"),
            (Software::Php, "default_charset = \"UTF-8\""),
            (Software::Iis, "<system.webServer><staticContent><remove fileExtension=\".html\" /><mimeMap fileExtension=\".html\" mimeType=\"text/html; charset=utf-8\" /></staticContent></system.webServer>"),
            (Software::Header, "Content-Type: text/html; charset=utf-8"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "content-type";
    let (page, lines) = match sent(page(facts), NAME) {
        Ok(sent) => sent,
        Err(outcome) => return outcome,
    };
    match media_type(&lines) {
        Some(media) if media.essence == "text/html" && page.has_content() => {
            let message =
                "Unless the page says it itself, the browser guesses which characters its octets are.";
            judged(page, NAME, (!media.charset).then_some((CHECK.severity, message)))
        }
        _ => Outcome::NotApplicable("the page is no text/html"),
    }
}
