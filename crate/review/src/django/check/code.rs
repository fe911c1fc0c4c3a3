//! What the code itself shows, whatever it comes to: secrets in texts, and texts of the environment taken for flags.

use https_audit_core::check::Severity;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextSize};

use super::Rule;
use crate::Finding;
use crate::django::defaults;
use crate::django::eval::Datum;
use crate::django::project::File;
use crate::django::secret::BEGINNINGS;

const IN_ADDRESS: Rule = Rule {
    check: "settings.secret.in-url",
    severity: Severity::Warning,
    title: "An address in the code holds a password",
    why: "Whoever reads the code, or an old version of it, has it.",
    references: &["CWE-798", "V13.3.1"],
    fix: "# read the whole address from the environment, without a default",
};
const PRIVATE_KEY: Rule = Rule {
    check: "settings.secret.private-key",
    severity: Severity::Error,
    title: "A private key stands in the code",
    why: "Whoever reads the code, or an old version of it, is whom the key proves.",
    references: &["CWE-321", "CWE-798", "V13.3.1"],
    fix: "# read it from a file that is not in the repository, and make a new one",
};
const KNOWN: Rule = Rule {
    check: "settings.secret.known-form",
    severity: Severity::Error,
    title: "A key of a service stands in the code",
    why: "Its beginning says which service it opens.",
    references: &["CWE-798", "V13.3.1"],
    fix: "# read it from the environment, and have the service make a new one",
};
const DEBUG_TEXT: Rule = Rule {
    check: "settings.debug.any-text-is-on",
    severity: Severity::Error,
    title: "`DEBUG` is on whatever the environment says",
    why: "The environment holds texts, and every text but the empty one is true: `DEBUG=False` and `DEBUG=0` switch it on.",
    references: &["CWE-489", "CWE-704", "V13.4.2"],
    fix: "DEBUG = os.environ.get(\"DEBUG\", \"\") == \"1\"",
};
const FLAG_TEXT: Rule = Rule {
    check: "settings.flag.text-of-environment",
    severity: Severity::Warning,
    title: "A flag is a text of the environment",
    why: "Every text but the empty one is true, also `False`; and where Django asks for `True` itself no text will do.",
    references: &["CWE-704"],
    fix: "NAME = os.environ.get(\"NAME\", \"\") == \"1\"",
};

/// All of them.
pub(super) const RULES: &[&Rule] = &[&IN_ADDRESS, &PRIVATE_KEY, &KNOWN, &DEBUG_TEXT, &FLAG_TEXT];

/// Characters that such a key has at least.
const KEY: usize = 20;

/// What a file's code shows. `development`: its name says that it is for those who write it.
pub fn review(file: &File, development: bool) -> Vec<Finding> {
    let mut seen = Seen { file, development, findings: Vec::new() };
    for statement in file.tree.module().map(|module| &module.body[..]).unwrap_or_default() {
        seen.visit_stmt(statement);
    }
    seen.findings
}

struct Seen<'a> {
    file: &'a File,
    development: bool,
    findings: Vec<Finding>,
}

impl Seen<'_> {
    fn found(&mut self, rule: &Rule, message: String, at: TextSize) {
        let (severity, why) = if self.development {
            (Severity::Note, " A note, since the name of the module says that it is for development.")
        } else {
            (rule.severity, "")
        };
        self.findings.push(Finding {
            check: rule.check,
            severity,
            title: rule.title.to_owned(),
            message: format!("{message}{why}"),
            place: Some(self.file.tree.place(at)),
            references: rule.references.iter().map(|id| (*id).to_owned()).collect(),
            fix: Some(rule.fix.to_owned()),
        });
    }

    fn text(&mut self, text: &str, at: TextSize) {
        let rule = if text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----") {
            &PRIVATE_KEY
        } else if has_password(text) {
            &IN_ADDRESS
        } else if text.len() >= KEY
            && BEGINNINGS.iter().any(|start| text.starts_with(start))
            && !text.contains(' ')
        {
            &KNOWN
        } else {
            return;
        };
        let length = text.chars().count();
        self.found(rule, format!("The text has {length} characters. {}", rule.why), at);
    }

    fn flag(&mut self, target: &Expr, value: &Expr) {
        let Expr::Name(name) = target else { return };
        let name = name.id.as_str();
        if !matches!(defaults::of(name), Some(Datum::Bool(_))) || !is_text_of_environment(value) {
            return;
        }
        let rule = if name == "DEBUG" { &DEBUG_TEXT } else { &FLAG_TEXT };
        self.found(
            rule,
            format!("`{name}` is taken from the environment as it is. {}", rule.why),
            value.start(),
        );
    }
}

impl<'a> Visitor<'a> for Seen<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(assign) => assign.targets.iter().for_each(|target| self.flag(target, &assign.value)),
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.flag(&assign.target, value);
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::StringLiteral(text) = expression {
            self.text(text.value.to_str(), text.start());
        }
        walk_expr(self, expression);
    }
}

/// `os.environ.get("X", …)`, `os.getenv("X")`, `os.environ["X"]`, also in `bool(…)`.
fn is_text_of_environment(value: &Expr) -> bool {
    match value {
        Expr::Call(call) => match (dotted(&call.func).as_str(), &*call.arguments.args) {
            ("bool", [inner]) => is_text_of_environment(inner),
            ("os.environ.get" | "environ.get" | "os.getenv" | "getenv", _) => true,
            _ => false,
        },
        Expr::Subscript(part) => matches!(dotted(&part.value).as_str(), "os.environ" | "environ"),
        _ => false,
    }
}

fn dotted(expression: &Expr) -> String {
    match expression {
        Expr::Name(name) => name.id.to_string(),
        Expr::Attribute(attribute) => match &*attribute.value {
            Expr::Name(name) => format!("{}.{}", name.id, attribute.attr),
            Expr::Attribute(inner) => match &*inner.value {
                Expr::Name(name) => format!("{}.{}.{}", name.id, inner.attr, attribute.attr),
                _ => String::new(),
            },
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// `scheme://user:password@host`, unless the password is a place to fill in.
fn has_password(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let is_scheme =
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    let Some((_, password)) = user.split_once(':') else { return false };
    let is_place = password.contains(['{', '<', '%', '$']) && !password.contains("%4")
        || password.chars().all(|c| c == '*');
    is_scheme && !password.is_empty() && !is_place
}

#[cfg(test)]
mod tests {
    use super::has_password;

    #[test]
    fn only_a_password_is_one() {
        for (text, has) in [
            ("postgres://u:p@db/x", true),
            ("amqp://guest:guest@localhost:5672//", true),
            ("postgres://u@db/x", false),
            ("postgres://u:%s@db/x", false),
            ("postgres://{u}:{p}@db/x", false),
            ("redis://:secret@cache:6379/0", true),
            ("https://a.test/x:y@z", false),
            ("see http://a.test or mail me: a:b@c", false),
            ("redis://:@cache", false),
        ] {
            assert_eq!(has_password(text), has, "{text}");
        }
    }
}
