//! `disclosure.debug-page`

use crate::check::prelude::*;
use crate::fact::SiteKind;

declare! {
    /// # What is wrong
    ///
    /// The page is the error page of a framework in debug mode: Django, Werkzeug (Flask), Rails, Whoops
    /// (Laravel), Symfony or ASP.NET.
    ///
    /// # Why it matters
    ///
    /// It shows code, settings, variables and the environment to whoever makes an error happen; Werkzeug's
    /// lets them run code.
    ///
    /// # Example
    ///
    /// ```html
    /// <p>You're seeing this error because you have <code>DEBUG = True</code> in your Django settings file.</p>
    /// ```
    ///
    /// # How to fix
    ///
    /// Switch debug mode off, and show errors in the log only.
    ///
    /// # When it does not apply
    ///
    /// Nobody read the page; the extension does when its popup is opened. Only the page at hand is looked
    /// at: a site whose pages all work shows none. It is a note on this computer: that is where debug mode
    /// belongs.
    id: "disclosure.debug-page",
    severity: Error,
    title: "The server is in debug mode",
    references: [Cwe(489), Asvs("V13.4.2"), Django("security.W018"), Zap("10023")],
    fix: Remedy {
        summary: "Switch debug mode off.",
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
    let Some(page) = document.debug_pages.first() else { return Outcome::Pass };
    let severity = if facts.site.kind == SiteKind::Local { Severity::Note } else { CHECK.severity };
    Outcome::fail(
        Finding::new("Whoever makes an error happen reads code, settings and variables of the server.")
            .severity(severity)
            .at(Location::url(&facts.site.address).text(page.word())),
    )
}
