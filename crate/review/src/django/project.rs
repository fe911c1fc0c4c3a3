//! The given files as a project: which module imports which, and which of them are settings that something runs with.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ModModule, Stmt};

use super::secret::Secrets;
use super::{hints, markers};
use crate::Source;
use crate::python::Tree;

/// The given files.
pub struct Project {
    files: Vec<File>,
    secrets: Secrets,
}

/// One of them.
pub struct File {
    /// Its path, as it was given.
    pub path: String,
    /// Its path without `.` and with `/`, for comparing.
    parts: Vec<String>,
    /// Its syntax.
    pub tree: Tree,
}

/// Names that say that a module serves people who write the code.
const DEVELOPMENT: &[&str] = &[
    "dev",
    "devel",
    "develop",
    "development",
    "local",
    "test",
    "tests",
    "testing",
    "ci",
    "debug",
    "docker_dev",
];

impl Project {
    /// Reads the syntax of files.
    pub fn new(sources: &[Source]) -> Self {
        let read = |source: &Source| File {
            path: source.path.clone(),
            parts: parts(&source.path),
            tree: Tree::read(&source.path, &source.text),
        };
        let files: Vec<File> = sources.iter().map(read).collect();
        let code = files.iter().filter_map(|file| file.tree.module());
        let secrets = Secrets::written(code.map(|module| module.body.as_slice()));
        Self { files, secrets }
    }

    /// Secrets that are written in the files, also in those that no settings module takes in.
    pub const fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// All of them, in their order.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The syntax of a file.
    pub fn module(&self, file: usize) -> Option<&ModModule> {
        self.files.get(file)?.tree.module()
    }

    /// The file that an import names; `level` is the number of leading dots.
    pub fn resolve(&self, from: usize, level: u32, name: &str) -> Option<usize> {
        let importer = &self.files.get(from)?.parts;
        let (package, _) = importer.split_at(importer.len().saturating_sub(1));
        let wanted: Vec<&str> = name.split('.').filter(|part| !part.is_empty()).collect();
        if level > 0 {
            let up = usize::try_from(level).ok()?.checked_sub(1)?;
            let base = package.get(..package.len().checked_sub(up)?)?;
            let base: Vec<&str> = base.iter().map(String::as_str).collect();
            let whole = [&base[..], &wanted[..]].concat();
            return self.files.iter().position(|file| file.is_module(&whole));
        }
        if wanted.is_empty() {
            return None;
        }
        // The root of the imports is not known: the nearest file whose path ends in the name is taken.
        let shared = |file: &File| file.parts.iter().zip(importer).take_while(|(a, b)| a == b).count();
        let found = self.files.iter().enumerate().filter(|(n, file)| *n != from && file.ends_in(&wanted));
        found.max_by_key(|(n, file)| (shared(file), usize::MAX - n)).map(|(n, _)| n)
    }

    /// Files that a pattern relative to a file names: `base.py`, `components/*.py`; in the order of their paths.
    pub fn beside(&self, from: usize, pattern: &str) -> Vec<usize> {
        let Some(importer) = self.files.get(from) else { return Vec::new() };
        let base = importer.parts.get(..importer.parts.len().saturating_sub(1)).unwrap_or_default();
        let wanted: Vec<String> = base.iter().cloned().chain(parts(pattern)).collect();
        let fits = |file: &File| {
            file.parts.len() == wanted.len()
                && file.parts.iter().zip(&wanted).all(|(part, wanted)| like(part, wanted))
        };
        let mut found: Vec<usize> =
            (0..self.files.len()).filter(|n| self.files.get(*n).is_some_and(fits)).collect();
        found.sort_by(|a, b| self.path(*a).cmp(self.path(*b)));
        found
    }

    /// The path of a file.
    pub fn path(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |file| &file.path)
    }

    /// The settings modules: what no other file imports everything of, in the order of the files.
    pub fn leaves(&self) -> Vec<usize> {
        let imported: Vec<usize> = (0..self.files.len()).flat_map(|file| self.imports_all(file)).collect();
        let deployed = self.deployed();
        // Of a file without others less is asked: it was most likely named for being settings.
        let alone = self.files.len() == 1;
        let is_leaf = |n: &usize| {
            let file = self.files.get(*n);
            let is_free = !imported.contains(n) && file.is_some_and(|file| !file.is_entry());
            is_free && (self.is_settings(*n, 0) || alone && self.may_be_settings(*n)) || deployed == Some(*n)
        };
        (0..self.files.len()).filter(is_leaf).collect()
    }

    /// The settings that `wsgi.py` or `asgi.py` takes where the environment says nothing; else those of `manage.py`, unless
    /// they are for development.
    pub fn deployed(&self) -> Option<usize> {
        let named = |wanted: &[&str]| {
            let entries = self.files.iter().enumerate();
            let mut entries =
                entries.filter(|(_, file)| file.name().is_some_and(|name| wanted.contains(&name)));
            entries.find_map(|(n, file)| self.resolve(n, 0, &file.settings_module()?))
        };
        named(&["wsgi.py", "asgi.py"])
            .or_else(|| named(&["manage.py"]).filter(|file| !self.is_development(*file)))
    }

    /// Whether a module's name says that it is for those who write the code.
    pub fn is_development(&self, file: usize) -> bool {
        let Some(file) = self.files.get(file) else { return false };
        Self::is_development_name(file.name().unwrap_or_default().trim_end_matches(".py"))
    }

    /// Whether a name says that.
    pub fn is_development_name(name: &str) -> bool {
        name.to_lowercase().split(['_', '-', '.']).any(|word| DEVELOPMENT.contains(&word))
    }

    /// Whether a file assigns what only settings of a project do, or takes it from one that does. One whose name says that
    /// it is settings need not assign as much: an override may be one line.
    fn is_settings(&self, file: usize, depth: usize) -> bool {
        let Some(module) = self.module(file) else {
            return self.files.get(file).is_some_and(File::is_named_settings);
        };
        let assigned = markers::of(&module.body);
        let named = self.files.get(file).is_some_and(File::is_named_settings);
        assigned.strong || named && assigned.any || {
            let mut imported = self.imports_all(file).into_iter();
            depth < 8 && imported.any(|from| self.is_settings(from, depth + 1))
        }
    }

    /// Whether a file without others is settings: its name says so, it assigns any setting, calls `settings.configure`, or
    /// takes over all names of what is called settings.
    fn may_be_settings(&self, file: usize) -> bool {
        let Some(file) = self.files.get(file) else { return false };
        let of_module = |module: &ModModule| markers::of(&module.body).known || hints::of(&module.body);
        file.is_named_settings() || file.tree.module().is_some_and(of_module)
    }

    fn imports_all(&self, file: usize) -> Vec<usize> {
        let mut found = Stars { modules: Vec::new(), patterns: Vec::new() };
        for statement in self.module(file).map(|module| &module.body[..]).unwrap_or_default() {
            found.visit_stmt(statement);
        }
        let modules = found.modules.iter().filter_map(|(level, name)| self.resolve(file, *level, name));
        let included = found.patterns.iter().flat_map(|pattern| self.beside(file, pattern));
        modules.chain(included).filter(|found| *found != file).collect()
    }
}

impl File {
    fn name(&self) -> Option<&str> {
        self.parts.last().map(String::as_str)
    }

    /// `manage.py` and the like, and tests: they have no settings of their own.
    pub fn is_entry(&self) -> bool {
        matches!(self.name(), Some("manage.py" | "wsgi.py" | "asgi.py"))
            || self.name() == Some("__init__.py")
                && self.tree.module().is_some_and(|module| module.body.is_empty())
    }

    /// `settings.py`, `local_settings.py`, `settings/production.py`.
    fn is_named_settings(&self) -> bool {
        self.parts.iter().rev().take(2).any(|part| part.contains("settings"))
    }

    fn is_module(&self, wanted: &[&str]) -> bool {
        let Some((last, before)) = self.parts.split_last() else { return false };
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        match wanted.split_last() {
            Some((name, package)) if last.strip_suffix(".py") == Some(name) => before == package,
            _ => last == "__init__.py" && before == wanted,
        }
    }

    fn ends_in(&self, wanted: &[&str]) -> bool {
        let plain: Vec<&str> = self.parts.iter().map(String::as_str).collect();
        let Some((last, before)) = plain.split_last() else { return false };
        match last.strip_suffix(".py") {
            Some("__init__") => before.ends_with(wanted),
            Some(stem) => [before, &[stem][..]].concat().ends_with(wanted),
            None => false,
        }
    }

    /// The default of `DJANGO_SETTINGS_MODULE` in it.
    fn settings_module(&self) -> Option<String> {
        let mut found = Chosen(None);
        for statement in &self.tree.module()?.body {
            found.visit_stmt(statement);
        }
        found.0
    }
}

/// Star imports and included files.
struct Stars {
    modules: Vec<(u32, String)>,
    patterns: Vec<String>,
}

impl<'a> Visitor<'a> for Stars {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::ImportFrom(import) = statement
            && import.names.iter().any(|alias| alias.name.as_str() == "*")
        {
            let name = import.module.as_ref().map(ToString::to_string).unwrap_or_default();
            self.modules.push((import.level, name));
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && matches!(&*call.func, Expr::Name(name) if matches!(name.id.as_str(), "include" | "optional"))
        {
            let texts = call.arguments.args.iter().filter_map(|argument| match argument {
                Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
                _ => None,
            });
            self.patterns.extend(texts);
        }
        walk_expr(self, expression);
    }
}

/// `os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')`, and assigned.
struct Chosen(Option<String>);

impl<'a> Visitor<'a> for Chosen {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::Assign(assign) = statement
            && let [Expr::Subscript(part)] = assign.targets.as_slice()
        {
            self.pair(&part.slice, &assign.value);
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && let [name, value] = &*call.arguments.args
        {
            self.pair(name, value);
        }
        walk_expr(self, expression);
    }
}

impl Chosen {
    fn pair(&mut self, name: &Expr, value: &Expr) {
        if let (Expr::StringLiteral(name), Expr::StringLiteral(value)) = (name, value)
            && name.value.to_str() == "DJANGO_SETTINGS_MODULE"
        {
            self.0 = Some(value.value.to_str().to_owned());
        }
    }
}

fn parts(path: &str) -> Vec<String> {
    let parts = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".");
    parts.map(str::to_owned).collect()
}

/// Whether a name fits a pattern with `*`.
fn like(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        Some((start, end)) => {
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
    }
}
