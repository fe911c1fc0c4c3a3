//! `disclosure.aspnet-version`

use crate::check::header::common::present;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has an X-AspNet-Version or X-AspNetMvc-Version field.
    ///
    /// # Why it matters
    ///
    /// It names the version exactly, for no use of the browser. Whoever looks for sites with a known hole
    /// finds this one by a search. A note: updating counts more than hiding.
    ///
    /// # Example
    ///
    /// ```http
    /// X-AspNet-Version: 4.0.30319
    /// ```
    ///
    /// # How to fix
    ///
    /// Switch it off: `enableVersionHeader="false"` in web.config, `MvcHandler.DisableMvcResponseHeader =
    /// true;` in Global.asax.
    ///
    /// # When it does not apply
    ///
    /// There is no such field. Responses of other sites.
    id: "disclosure.aspnet-version",
    severity: Note,
    title: "The server tells its version of ASP.NET",
    references: [Cwe(497), Asvs("V13.4.6"), Zap("10061")],
    fix: Remedy {
        summary: "Switch the fields off in web.config and Global.asax.",
        lines: &[
            (Software::Nginx, "proxy_hide_header X-AspNet-Version;\nproxy_hide_header X-AspNetMvc-Version;"),
            (Software::Apache, "Header always unset X-AspNet-Version\nHeader always unset X-AspNetMvc-Version"),
            (Software::Caddy, "header -X-AspNet-Version\nheader -X-AspNetMvc-Version"),
            (Software::AspNet, "MvcHandler.DisableMvcResponseHeader = true;  // Global.asax; ASP.NET Core sends neither"),
            (Software::Iis, "<system.web><httpRuntime enableVersionHeader=\"false\" /></system.web>"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    present(
        facts,
        CHECK.severity,
        &["x-aspnet-version", "x-aspnetmvc-version"],
        "It names the version exactly, for no use of any browser.",
    )
}
