//! Content-Security-Policy to paste: the policy that the checks lead to, in ten kinds of software.
//!
//! Each of these makes the `lines` of a [`Remedy`](super::Remedy) in a check's declaration. Django has a setting of its
//! own from 6.0 on; the lines are those of the package django-csp, which Django 5.2 LTS and the later ones both take.

/// What django-csp wants in the settings, around the directives.
macro_rules! django_policy {
    ($directives:expr) => {
        concat!(
            "# pip install django-csp; Django 6.0 and later: SECURE_CSP takes the same directives without it\n",
            "MIDDLEWARE += [\"csp.middleware.CSPMiddleware\"]\n",
            "CONTENT_SECURITY_POLICY = {\"DIRECTIVES\": {", $directives, "}}"
        )
    };
}

/// A policy that leaves nothing open, with a directive more where it is given: as in the field, in Django, in helmet,
/// in Rails.
macro_rules! sends_policy {
    () => {
        sends_policy!("", "", "", "")
    };
    ($field:literal, $django:literal, $express:literal, $rails:literal) => {
        sends!(
            django: django_policy!(concat!(
                "\"default-src\": [\"'self'\"], \"object-src\": [\"'none'\"], \"base-uri\": [\"'none'\"], ",
                "\"form-action\": [\"'self'\"], \"frame-ancestors\": [\"'none'\"], \"upgrade-insecure-requests\": True", $django
            )),
            rails: concat!(
                "config.content_security_policy { |policy| policy.default_src :self; policy.object_src :none; policy.base_uri :none; ",
                "policy.form_action :self; policy.frame_ancestors :none; policy.upgrade_insecure_requests true", $rails, " }"
            ),
            express: concat!(
                "app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: { \"default-src\": [\"'self'\"], ",
                "\"object-src\": [\"'none'\"], \"base-uri\": [\"'none'\"], \"form-action\": [\"'self'\"], ",
                "\"frame-ancestors\": [\"'none'\"], \"upgrade-insecure-requests\": []", $express, " } } }));"
            ),
            "Content-Security-Policy",
            concat!(
                "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; ",
                "upgrade-insecure-requests", $field
            )
        )
    };
}

/// The same with a nonce for each answer and `'strict-dynamic'`, where the software can make one; servers that can not
/// send the policy without inline scripts.
macro_rules! sends_nonce_policy {
    () => {
        sends!(
            django: concat!(
                "from csp.constants import NONCE\n",
                django_policy!(concat!(
                    "\"default-src\": [\"'self'\"], \"script-src\": [NONCE, \"'strict-dynamic'\"], \"object-src\": [\"'none'\"], ",
                    "\"base-uri\": [\"'none'\"], \"form-action\": [\"'self'\"], \"frame-ancestors\": [\"'none'\"], ",
                    "\"upgrade-insecure-requests\": True"
                ))
            ),
            rails: concat!(
                "config.content_security_policy { |policy| policy.default_src :self; policy.script_src :strict_dynamic; ",
                "policy.object_src :none; policy.base_uri :none; policy.form_action :self; policy.frame_ancestors :none; ",
                "policy.upgrade_insecure_requests true }\n",
                "config.content_security_policy_nonce_generator = ->(request) { SecureRandom.base64(16) }\n",
                "config.content_security_policy_nonce_directives = %w[script-src]"
            ),
            aspnet: nonce_policy!(
                concat!(
                    "app.Use(async (context, next) => { var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)); ",
                    "context.Items[\"nonce\"] = nonce; context.Response.Headers.ContentSecurityPolicy = $\""
                ),
                "{nonce}",
                "\"; await next(); });"
            ),
            express: concat!(
                "app.use((request, response, next) => { response.locals.nonce = crypto.randomBytes(16).toString(\"base64\"); next(); });\n",
                "app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: { \"default-src\": [\"'self'\"], ",
                "\"script-src\": [(request, response) => `'nonce-${response.locals.nonce}'`, \"'strict-dynamic'\"], ",
                "\"object-src\": [\"'none'\"], \"base-uri\": [\"'none'\"], \"form-action\": [\"'self'\"], ",
                "\"frame-ancestors\": [\"'none'\"], \"upgrade-insecure-requests\": [] } } }));"
            ),
            php: nonce_policy!(
                "$nonce = base64_encode(random_bytes(16));\nheader(\"Content-Security-Policy: ",
                "$nonce",
                "\");"
            ),
            header: nonce_policy!("Content-Security-Policy: ", "RANDOM", ""),
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests"
        )
    };
}

/// The policy with a nonce, between what stands before and after it.
macro_rules! nonce_policy {
    ($before:expr, $nonce:literal, $after:literal) => {
        concat!(
            $before,
            "default-src 'self'; script-src 'nonce-",
            $nonce,
            "' 'strict-dynamic'; object-src 'none'; base-uri 'none'; ",
            "form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests",
            $after
        )
    };
}
