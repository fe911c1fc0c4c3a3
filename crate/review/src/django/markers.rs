//! What tells a settings module from other code: the names that it assigns.

use ruff_python_ast::{Expr, Stmt};

use super::defaults;

/// Names that settings of a project assign, and other code hardly ever.
const STRONG: &[&str] =
    &["INSTALLED_APPS", "MIDDLEWARE", "MIDDLEWARE_CLASSES", "ROOT_URLCONF", "WSGI_APPLICATION", "TEMPLATES"];
/// Names that make a file settings where its name says so too.
const WEAK: &[&str] =
    &["ALLOWED_HOSTS", "CACHES", "DATABASES", "DEBUG", "LOGGING", "SECRET_KEY", "STATIC_URL"];
/// Names that make a file settings that is looked at alone, besides those that are reviewed: Django's own, and no other code's.
const KNOWN: &[&str] = &[
    "ADMINS",
    "ASGI_APPLICATION",
    "AUTHENTICATION_BACKENDS",
    "AUTH_PASSWORD_VALIDATORS",
    "AUTH_USER_MODEL",
    "DATABASE_ROUTERS",
    "DEFAULT_AUTO_FIELD",
    "DEFAULT_FROM_EMAIL",
    "INTERNAL_IPS",
    "LANGUAGE_CODE",
    "LOGIN_REDIRECT_URL",
    "LOGIN_URL",
    "MEDIA_ROOT",
    "MEDIA_URL",
    "STATICFILES_DIRS",
    "STATIC_ROOT",
    "STORAGES",
    "TIME_ZONE",
    "USE_I18N",
    "USE_TZ",
];
/// Beginnings of such names.
const WEAK_BEGINNINGS: &[&str] = &[
    "CORS_",
    "CSRF_",
    "EMAIL_",
    "LANGUAGE_COOKIE_",
    "SECURE_",
    "SESSION_COOKIE_",
    "SESSION_ENGINE",
    "X_FRAME_",
];

/// Blocks inside of each other that are looked into.
const DEPTH: usize = 8;

/// What was found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Markers {
    /// A name that only settings of a project have.
    pub strong: bool,
    /// A name that settings have.
    pub any: bool,
    /// A name that Django knows.
    pub known: bool,
}

/// What the statements of a module or a class assign, outside of functions.
pub fn of(body: &[Stmt]) -> Markers {
    let mut markers = Markers::default();
    block(body, &mut markers, 0);
    markers
}

fn block(body: &[Stmt], markers: &mut Markers, depth: usize) {
    if depth > DEPTH {
        return;
    }
    for statement in body {
        match statement {
            Stmt::Assign(assign) => assign.targets.iter().for_each(|target| name(target, markers)),
            Stmt::AugAssign(assign) => name(&assign.target, markers),
            Stmt::AnnAssign(assign) if assign.value.is_some() => name(&assign.target, markers),
            Stmt::If(branch) => {
                block(&branch.body, markers, depth + 1);
                branch.elif_else_clauses.iter().for_each(|clause| block(&clause.body, markers, depth + 1));
            }
            Stmt::Try(attempt) => {
                for body in [&attempt.body, &attempt.orelse, &attempt.finalbody] {
                    block(body, markers, depth + 1);
                }
            }
            Stmt::With(with) => block(&with.body, markers, depth + 1),
            Stmt::ClassDef(class) => block(&class.body, markers, depth + 1),
            _ => {}
        }
    }
}

fn name(target: &Expr, markers: &mut Markers) {
    match target {
        Expr::Name(name) => {
            let name = name.id.as_str();
            let strong = STRONG.contains(&name);
            markers.strong |= strong;
            let any = strong
                || WEAK.contains(&name)
                || WEAK_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
            markers.any |= any;
            markers.known |= any || KNOWN.contains(&name) || defaults::of(name).is_some();
        }
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self::name(target, markers)),
        Expr::Subscript(part) => name(&part.value, markers),
        _ => {}
    }
}
