//! What tells a settings module from other code: the names that it assigns.

use ruff_python_ast::{Expr, Stmt};

/// Names that settings of a project assign, and other code hardly ever.
const STRONG: &[&str] =
    &["INSTALLED_APPS", "MIDDLEWARE", "MIDDLEWARE_CLASSES", "ROOT_URLCONF", "WSGI_APPLICATION", "TEMPLATES"];
/// Names that make a file settings where its name says so too.
const WEAK: &[&str] =
    &["ALLOWED_HOSTS", "CACHES", "DATABASES", "DEBUG", "LOGGING", "SECRET_KEY", "STATIC_URL"];
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
            markers.any |= strong
                || WEAK.contains(&name)
                || WEAK_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
        }
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self::name(target, markers)),
        Expr::Subscript(part) => name(&part.value, markers),
        _ => {}
    }
}
