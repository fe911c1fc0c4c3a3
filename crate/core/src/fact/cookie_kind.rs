//! What a cookie is for, by its name: the only thing an outside view has.

use crate::words::words;

words! {
    /// Kinds of cookie that are judged differently.
    pub enum CookieKind {
        /// It identifies a session: whoever reads it can use the session.
        Session = "session",
        /// It signs in, or remembers a sign-in.
        SignIn = "sign-in",
        /// It guards against cross-site request forgery.
        Csrf = "csrf",
        /// Anything else.
        Other = "other",
    }
}

/// Names that frameworks give their session cookie, in lower case, without a prefix, where they
/// hold no word of [`SESSION_PARTS`].
const SESSION: &[&str] = &[
    "connect.sid",  // Express
    "sid",          // many
    "sess",         // many
    "koa.sess",     // Koa
    "cfid",         // ColdFusion
    "cftoken",      // ColdFusion
    "symfony",      // Symfony 1
    "fe_typo_user", // TYPO3
    "be_typo_user", // TYPO3
    "frontend",     // Magento 1
];

/// Parts of names that stand for a session: `sessionid` (Django), `session` (Flask), `PHPSESSID`,
/// `JSESSIONID`, `ASP.NET_SessionId`, `laravel_session`, `PLAY_SESSION`, `next-auth.session-token`.
const SESSION_PARTS: &[&str] = &["session", "sessid", "sesstoken"];

/// Beginnings of names that analytics scripts give to visits, which they call sessions too.
const ANALYTICS: &[&str] =
    &["_hj", "ai_", "_ga", "_pk_", "_sp_", "_uet", "ajs_", "mp_", "amp_", "_clck", "_clsk", "_dd_"];

/// Parts of names that stand for a sign-in.
const SIGN_IN_PARTS: &[&str] = &[
    "logged_in",
    "logged-in",
    "loggedin",
    "sign_in",
    "remember_token",
    "remember_me",
    "rememberme",
    "remember_web",
    "remember_user",
    "auth_token",
    "authtoken",
    "auth-token",
    "access_token",
    "accesstoken",
    "refresh_token",
    "refreshtoken",
    "id_token",
    "idtoken",
    ".aspxauth",
    ".aspnetcore.cookies",
    ".aspnetcore.identity",
];

/// Whole words of names that stand for a sign-in: as parts they would stand in `lesson` too.
const SIGN_IN_WORDS: &[&str] = &["auth", "jwt", "login", "signin", "sso", "saml", "token"];

/// Parts of names that stand for an anti-CSRF token, as MDN HTTP Observatory counts
/// them and as frameworks name them.
const CSRF_PARTS: &[&str] = &["csrf", "xsrf", "requestverificationtoken", "antiforgery"];

impl CookieKind {
    /// The kind that a name stands for. Name prefixes (`__Host-` and the like) say
    /// nothing about it.
    pub fn of_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let bare = ["__host-http-", "__host-", "__secure-", "__http-"]
            .iter()
            .find_map(|prefix| name.strip_prefix(prefix))
            .unwrap_or(&name);
        let has = |parts: &[&str]| parts.iter().any(|part| bare.contains(part));
        let mut words = bare.split(|c: char| !c.is_ascii_alphanumeric());
        if has(CSRF_PARTS) {
            Self::Csrf
        } else if ANALYTICS.iter().any(|start| bare.starts_with(start)) {
            Self::Other
        } else if SESSION.contains(&bare) || has(SESSION_PARTS) {
            Self::Session
        } else if has(SIGN_IN_PARTS) || words.any(|word| SIGN_IN_WORDS.contains(&word)) {
            Self::SignIn
        } else {
            Self::Other
        }
    }

    /// Whether reading it on the way means taking over something.
    pub const fn is_sensitive(self) -> bool {
        !matches!(self, Self::Other)
    }

    /// Whether frameworks have settings for it: a session, an anti-CSRF token.
    pub const fn is_framework(self) -> bool {
        matches!(self, Self::Session | Self::Csrf)
    }

    /// Its name in a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Session => "session cookie",
            Self::SignIn => "sign-in cookie",
            Self::Csrf => "anti-CSRF cookie",
            Self::Other => "cookie",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CookieKind;

    #[test]
    fn names_tell_kinds() {
        for (name, kind) in [
            ("sessionid", CookieKind::Session),
            ("__Host-sessionid", CookieKind::Session),
            ("my_session", CookieKind::Session),
            ("ASPSESSIONIDABC", CookieKind::Session),
            ("csrftoken", CookieKind::Csrf),
            ("XSRF-TOKEN", CookieKind::Csrf),
            ("wordpress_logged_in_x", CookieKind::SignIn),
            ("next-auth.session-token", CookieKind::Session),
            ("__Secure-authjs.session-token", CookieKind::Session),
            ("connect.sid", CookieKind::Session),
            ("remember_token", CookieKind::SignIn),
            ("auth.token", CookieKind::SignIn),
            ("__Http-jwt", CookieKind::SignIn),
            ("_hjSessionUser_12", CookieKind::Other),
            ("ai_session", CookieKind::Other),
            ("lesson", CookieKind::Other),
            ("designing", CookieKind::Other),
            ("cart_id", CookieKind::Other),
            ("_ga", CookieKind::Other),
        ] {
            assert_eq!(CookieKind::of_name(name), kind, "{name}");
        }
    }
}
