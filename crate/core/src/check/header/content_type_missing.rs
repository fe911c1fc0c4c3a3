//! `header.content-type.missing`

use super::common::{cut, judged, page};
use crate::check::prelude::*;
use crate::field::policy::media_type;

declare! {
    /// # What is wrong
    ///
    /// The page has no Content-Type field, or one that is no media type.
    ///
    /// # Why it matters
    ///
    /// The browser guesses from the first octets. What begins like a document runs as one, also where a
    /// person uploaded it.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/file/17
    /// HTTP/1.1 200 OK
    /// ```
    ///
    /// # How to fix
    ///
    /// Send the type of every response, and `X-Content-Type-Options: nosniff` with it.
    ///
    /// # When it does not apply
    ///
    /// Responses without content.
    id: "header.content-type.missing",
    severity: Warning,
    title: "The page does not say what it is",
    references: [Cwe(345), Zap("10019-1"), Zap("10019-2"), Rfc(9110, "§8.3")],
    fix: Remedy {
        summary: "Send `Content-Type: text/html; charset=utf-8`, or what it is.",
        lines: &[
            (Software::Django, "return HttpResponse(body, content_type=\"text/html; charset=utf-8\")"),
            (Software::Nginx, "# for files; what an application answers it has to name itself\ndefault_type text/html;\ncharset utf-8;"),
            (Software::Apache, "AddDefaultCharset utf-8\nForceType text/html"),
            (Software::Caddy, "header Content-Type \"text/html; charset=utf-8\""),
            (Software::Express, "res.type(\"html\");"),
            (Software::Rails, "render html: body"),
            (Software::AspNet, "return Results.Content(body, \"text/html; charset=utf-8\");"),
            (Software::Php, "header('Content-Type: text/html; charset=utf-8');"),
            (Software::Iis, "<system.webServer><staticContent><mimeMap fileExtension=\".html\" mimeType=\"text/html; charset=utf-8\" /></staticContent></system.webServer>"),
            (Software::Header, "Content-Type: text/html; charset=utf-8"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "content-type";
    let page = match page(facts) {
        Ok(page) => page,
        Err(outcome) => return outcome,
    };
    if !page.has_content() {
        return Outcome::NotApplicable("the response has no content");
    }
    if media_type(&page.lines(NAME)).is_some() {
        return Outcome::Pass;
    }
    if !page.is_whole() {
        return cut();
    }
    judged(page, NAME, Some((CHECK.severity, "The browser guesses from what the content begins with.")))
}
