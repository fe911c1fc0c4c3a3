//! Lines to paste, by what they are to bring about: the same in ten kinds of software.
//!
//! Each of these makes the `lines` of a [`Remedy`](super::Remedy) in a check's declaration.

/// A response header field: what Django's settings say, the field's name and its value.
macro_rules! sends {
    ($(django: $django:expr,)? $(rails: $rails:expr,)? $(aspnet: $aspnet:expr,)? $(express: $express:expr,)? $(php: $php:expr,)? $(header: $header:expr,)? $name:literal, $value:expr) => {
        &[
            $((Software::Django, $django),)?
            (
                Software::Nginx,
                concat!(
                    "proxy_hide_header ", $name, ";\n",
                    "# again in every location that has an add_header of its own: it inherits none\n",
                    "add_header ", $name, " \"", $value, "\" always;"
                ),
            ),
            (
                Software::Apache,
                concat!("# always: on redirects and errors too\nHeader always set ", $name, " \"", $value, "\""),
            ),
            (Software::Caddy, concat!("header ", $name, " \"", $value, "\"")),
            (
                Software::Express,
                one!($($express)?, concat!("app.use((req, res, next) => { res.set(\"", $name, "\", \"", $value, "\"); next(); });")),
            ),
            (
                Software::Rails,
                one!($($rails)?, concat!("config.action_dispatch.default_headers[\"", $name, "\"] = \"", $value, "\"")),
            ),
            (
                Software::AspNet,
                one!($($aspnet)?, concat!("app.Use((context, next) => { context.Response.Headers[\"", $name, "\"] = \"", $value, "\"; return next(context); });")),
            ),
            (Software::Php, one!($($php)?, concat!("header(\"", $name, ": ", $value, "\");"))),
            (
                Software::Iis,
                concat!(
                    "<httpProtocol>\n  <customHeaders>\n    <add name=\"", $name, "\" value=\"", $value,
                    "\" />\n  </customHeaders>\n</httpProtocol>"
                ),
            ),
            (Software::Header, one!($($header)?, concat!($name, ": ", $value))),
        ]
    };
}

/// The first of two, where there is one.
macro_rules! one {
    (, $second:expr) => {
        $second
    };
    ($first:expr, $second:expr) => {
        $first
    };
}

/// The Strict-Transport-Security field of so many seconds: what Django, helmet, Rails and ASP.NET Core have settings
/// for.
macro_rules! sends_hsts {
    ($seconds:literal) => {
        sends!(
            django: concat!("SECURE_HSTS_SECONDS = ", $seconds),
            rails: concat!("config.force_ssl = true\nconfig.ssl_options = { hsts: { expires: ", $seconds, ", subdomains: false } }"),
            aspnet: concat!("builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromSeconds(", $seconds, "));\napp.UseHsts();"),
            express: concat!("app.use(helmet({ strictTransportSecurity: { maxAge: ", $seconds, ", includeSubDomains: false } }));"),
            "Strict-Transport-Security", concat!("max-age=", $seconds)
        )
    };
}

/// http is sent on to https, on the same host and for good; with another line for Django where its setting alone is not
/// the answer.
macro_rules! redirects {
    () => {
        redirects!("SECURE_SSL_REDIRECT = True")
    };
    ($django:expr) => {
        &[
            (Software::Django, $django),
            (Software::Nginx, "return 301 https://$host$request_uri;"),
            (Software::Apache, "RewriteEngine On\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]"),
            (Software::Caddy, "redir https://{host}{uri} permanent"),
            (
                Software::Express,
                "app.use((req, res, next) => req.secure ? next() : res.redirect(301, `https://${req.hostname}${req.originalUrl}`));",
            ),
            (Software::Rails, "config.force_ssl = true"),
            (
                Software::AspNet,
                "builder.Services.AddHttpsRedirection(options => options.RedirectStatusCode = 301);\napp.UseHttpsRedirection();",
            ),
            (
                Software::Php,
                "if (empty($_SERVER['HTTPS'])) { header('Location: https://' . $_SERVER['HTTP_HOST'] . $_SERVER['REQUEST_URI'], true, 301); exit; }",
            ),
            (
                Software::Iis,
                "<rule name=\"https\" stopProcessing=\"true\">\n  <match url=\"(.*)\" />\n  <conditions><add input=\"{HTTPS}\" pattern=\"off\" /></conditions>\n  <action type=\"Redirect\" url=\"https://{HTTP_HOST}/{R:1}\" redirectType=\"Permanent\" />\n</rule>",
            ),
        ]
    };
}

/// An attribute of the cookie `{cookie}`: as Django's argument, as nginx's flag, as it stands in the field, as the
/// options of Express, Rails, ASP.NET Core and PHP.
macro_rules! sets_cookie {
    ($django:literal, $nginx:literal, $field:literal, $express:literal, $rails:literal, $aspnet:literal, $php:literal) => {
        &[
            (Software::Django, concat!("response.set_cookie(\"{cookie}\", value, ", $django, ")")),
            (Software::Nginx, concat!("proxy_cookie_flags {cookie} ", $nginx, ";")),
            (Software::Apache, concat!("Header always edit Set-Cookie ^({cookie}=.*)$ \"$1; ", $field, "\"")),
            (Software::Caddy, concat!("header >Set-Cookie ^({cookie}=.*)$ \"$1; ", $field, "\"")),
            (Software::Express, concat!("res.cookie(\"{cookie}\", value, { ", $express, " });")),
            (Software::Rails, concat!("cookies[\"{cookie}\"] = { value: value, ", $rails, " }")),
            (
                Software::AspNet,
                concat!(
                    "context.Response.Cookies.Append(\"{cookie}\", value, new CookieOptions { ",
                    $aspnet,
                    " });"
                ),
            ),
            (Software::Php, concat!("setcookie('{cookie}', $value, [", $php, "]);")),
            (Software::Header, concat!("Set-Cookie: {cookie}=…; ", $field)),
        ]
    };
}

/// The same of a session cookie: Django's setting, and the options of the others' session middleware.
macro_rules! sets_session_cookie {
    ($django:literal, $express:literal, $rails:literal, $aspnet:literal, $php:literal) => {
        &[
            (Software::Django, concat!("SESSION_COOKIE_", $django)),
            (
                Software::Express,
                concat!("app.use(session({ name: \"{cookie}\", cookie: { ", $express, " } }));"),
            ),
            (Software::Rails, concat!("config.session_store :cookie_store, key: \"{cookie}\", ", $rails)),
            (
                Software::AspNet,
                concat!("builder.Services.AddSession(options => options.Cookie.", $aspnet, ");"),
            ),
            (Software::Php, concat!("session.cookie_", $php)),
        ]
    };
}
