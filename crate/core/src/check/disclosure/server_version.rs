//! `disclosure.server.version`

use crate::check::header::common::{Bad, each_host};
use crate::check::prelude::*;
use crate::field::policy::names_version;

declare! {
    /// # What is wrong
    ///
    /// The Server field names a version, not only a product.
    ///
    /// # Why it matters
    ///
    /// Whoever looks for sites with a known hole finds this one by a search. It hides nothing from somebody
    /// who tries the hole itself, so it is a note: updating counts more than hiding.
    ///
    /// # Example
    ///
    /// ```http
    /// Server: Apache/2.4.41 (Ubuntu) OpenSSL/1.1.1f
    /// ```
    ///
    /// # How to fix
    ///
    /// Tell the server to name itself without a version.
    ///
    /// # When it does not apply
    ///
    /// There is no such field, or it names no version. Responses of other sites.
    id: "disclosure.server.version",
    severity: Note,
    title: "The server tells its version",
    references: [Cwe(497), Asvs("V13.4.6"), Zap("10036-2"), Rfc(9110, "§10.2.4")],
    fix: Remedy {
        summary: "Tell the server to name itself without a version.",
        lines: &[
            (Software::Django, "# gunicorn, uwsgi or the proxy before Django sends it: gunicorn names no version since 20.1, uvicorn is told --no-server-header"),
            (Software::Nginx, "server_tokens off;"),
            (Software::Apache, "ServerTokens Prod\nServerSignature Off"),
            (Software::Caddy, "header -Server"),
            (Software::Express, "app.use((req, res, next) => { res.removeHeader(\"Server\"); next(); });"),
            (Software::Rails, "# puma sends none: the proxy before it does"),
            (Software::AspNet, "builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);"),
            (Software::Php, "expose_php = Off"),
            (Software::Iis, "<system.webServer><security><requestFiltering removeServerHeader=\"true\" /></security></system.webServer>"),
            (Software::Header, "Server: shop"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    each_host(facts, &|answer| {
        names_version(answer.line("server")?).then_some(Bad {
            field: "server",
            severity: CHECK.severity,
            message: "Whoever looks for servers with a known hole finds this one by a search.",
        })
    })
}
