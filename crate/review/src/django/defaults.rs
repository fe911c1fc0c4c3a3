//! What Django takes where a setting is not assigned: `django/conf/global_settings.py`.

use super::eval::{Datum, Kind, Loc, Value};

/// The version whose defaults these are. Of the settings here 6.1 has the same ones.
pub const VERSION: &str = "5.2";

/// Nowhere: a default stands in no file that was given.
pub const NOWHERE: Loc = Loc { file: usize::MAX, offset: 0 };

const SETTINGS: &[&str] = &[
    "ALLOWED_HOSTS",
    "CSRF_COOKIE_DOMAIN",
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE",
    "CSRF_TRUSTED_ORIGINS",
    "CSRF_USE_SESSIONS",
    "DATABASES",
    "DEBUG",
    "EMAIL_HOST_PASSWORD",
    "INSTALLED_APPS",
    "LANGUAGE_COOKIE_HTTPONLY",
    "LANGUAGE_COOKIE_SAMESITE",
    "LANGUAGE_COOKIE_SECURE",
    "MIDDLEWARE",
    "PASSWORD_HASHERS",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_REFERRER_POLICY",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_AGE",
    "SESSION_COOKIE_DOMAIN",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_SECURE",
    "SESSION_ENGINE",
    "SESSION_SERIALIZER",
    "SILENCED_SYSTEM_CHECKS",
    "TEMPLATES",
    "USE_X_FORWARDED_HOST",
    "X_FRAME_OPTIONS",
];

/// Every default that is kept.
pub fn all() -> impl Iterator<Item = (&'static str, Datum)> {
    SETTINGS.iter().filter_map(|name| Some((*name, of(name)?)))
}

/// The default of a setting; none where Django has none, as of a package's.
pub fn of(name: &str) -> Option<Datum> {
    let list = || Datum::list(Kind::List, Vec::new());
    Some(match name {
        "ALLOWED_HOSTS"
        | "CSRF_TRUSTED_ORIGINS"
        | "INSTALLED_APPS"
        | "MIDDLEWARE"
        | "SECRET_KEY_FALLBACKS"
        | "SILENCED_SYSTEM_CHECKS"
        | "TEMPLATES" => list(),
        "DEBUG"
        | "CSRF_COOKIE_HTTPONLY"
        | "CSRF_COOKIE_SECURE"
        | "CSRF_USE_SESSIONS"
        | "LANGUAGE_COOKIE_HTTPONLY"
        | "LANGUAGE_COOKIE_SECURE"
        | "SECURE_HSTS_INCLUDE_SUBDOMAINS"
        | "SECURE_HSTS_PRELOAD"
        | "SECURE_SSL_REDIRECT"
        | "SESSION_COOKIE_SECURE"
        | "USE_X_FORWARDED_HOST" => Datum::Bool(false),
        "SECURE_CONTENT_TYPE_NOSNIFF" | "SESSION_COOKIE_HTTPONLY" => Datum::Bool(true),
        "CSRF_COOKIE_DOMAIN"
        | "LANGUAGE_COOKIE_SAMESITE"
        | "SECURE_PROXY_SSL_HEADER"
        | "SESSION_COOKIE_DOMAIN" => Datum::None,
        "CSRF_COOKIE_SAMESITE" | "SESSION_COOKIE_SAMESITE" => Datum::text("Lax"),
        "CSRF_COOKIE_NAME" => Datum::text("csrftoken"),
        "SESSION_COOKIE_NAME" => Datum::text("sessionid"),
        "DATABASES" => Datum::Dict(std::rc::Rc::default()),
        "EMAIL_HOST_PASSWORD" | "SECRET_KEY" => Datum::text(""),
        "PASSWORD_HASHERS" => {
            let hasher = "django.contrib.auth.hashers.PBKDF2PasswordHasher";
            Datum::list(Kind::List, vec![Value::of(Datum::text(hasher), NOWHERE)])
        }
        "SECURE_CROSS_ORIGIN_OPENER_POLICY" | "SECURE_REFERRER_POLICY" => Datum::text("same-origin"),
        "SECURE_HSTS_SECONDS" => Datum::Int(0),
        "SESSION_COOKIE_AGE" => Datum::Int(60 * 60 * 24 * 7 * 2),
        "SESSION_ENGINE" => Datum::text("django.contrib.sessions.backends.db"),
        "SESSION_SERIALIZER" => Datum::text("django.contrib.sessions.serializers.JSONSerializer"),
        "X_FRAME_OPTIONS" => Datum::text("DENY"),
        _ => return None,
    })
}
