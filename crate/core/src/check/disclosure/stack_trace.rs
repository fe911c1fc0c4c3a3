//! `disclosure.stack-trace`

use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The first 50,000 characters of the page's text hold a stack trace of Python, Java, PHP, .NET,
    /// Node.js or Ruby.
    ///
    /// # Why it matters
    ///
    /// It tells paths, names of functions and libraries, and which input breaks them: where to look for a
    /// hole.
    ///
    /// # Example
    ///
    /// ```text
    /// Traceback (most recent call last):
    ///   File "/srv/shop/views.py", line 31, in cart
    /// ```
    ///
    /// # How to fix
    ///
    /// Show people a page of its own for errors, and write the trace into the log.
    ///
    /// # When it does not apply
    ///
    /// Nobody read the page; the extension does when its popup is opened. It is the page of a debug mode,
    /// which is `disclosure.debug-page`. It is a note where the status is no error: an article about a
    /// stack trace looks the same.
    id: "disclosure.stack-trace",
    severity: Warning,
    title: "The page shows a stack trace",
    references: [Cwe(550), Asvs("V16.5.1"), Asvs("V13.4.2"), Zap("90022")],
    fix: Remedy {
        summary: "Show a page of its own for errors, and write the trace into the log.",
        lines: &[
            (Software::Django, "DEBUG = False"),
            (Software::Nginx, "proxy_intercept_errors on;\nerror_page 500 502 503 504 /50x.html;"),
            (Software::Apache, "ProxyErrorOverride On\nErrorDocument 500 /50x.html"),
            (Software::Caddy, "handle_errors { rewrite * /50x.html\nfile_server }"),
            (Software::Express, "NODE_ENV=production"),
            (Software::Rails, "config.consider_all_requests_local = false"),
            (Software::AspNet, "if (!app.Environment.IsDevelopment()) app.UseExceptionHandler(\"/error\");"),
            (Software::Php, "display_errors = Off\nlog_errors = On"),
            (Software::Iis, "<system.web><customErrors mode=\"On\" /><compilation debug=\"false\" /></system.web>"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let document = match facts.document() {
        Observed::Seen(document) => document,
        Observed::Unseen(reason) => return Outcome::Unknown(Gap::new(What::Document, reason)),
    };
    let Some(trace) = document.traces.first() else { return Outcome::Pass };
    if !document.debug_pages.is_empty() {
        return Outcome::NotApplicable("another check says that the server is in debug mode");
    }
    let status = facts.page().and_then(|page| page.response.as_ref()).map(|response| response.status);
    let (severity, message) = match status {
        Observed::Seen(400..) => {
            (CHECK.severity, "It tells paths and names of the server's code, and which input breaks it.")
        }
        _ => (
            Severity::Note,
            "If it is the server's own, it tells paths and names of its code; an article looks the same.",
        ),
    };
    let place = Location::url(&facts.site.address).text(trace.word());
    Outcome::fail(Finding::new(message).severity(severity).at(place))
}
