//! `include`: which of the given files it means, and the tree with them put in place.
//!
//! nginx takes a relative path from the folder of its main file. A repository holds a copy of that folder, so an absolute
//! path below a folder where nginx is usually configured is looked up from there too. A file that no other one includes
//! is a root: a main file, or a piece whose surroundings were not given.

use std::collections::BTreeSet;

use super::glob;
use crate::Source;
use crate::nginx::syntax::{Block, Directive, MAX_DEPTH, Parsed, parse};

/// Folders in which packages of nginx have their main file.
const PREFIXES: &[&str] = &[
    "/etc/nginx/",
    "/usr/local/etc/nginx/",
    "/usr/local/nginx/conf/",
    "/usr/local/openresty/nginx/conf/",
    "/opt/homebrew/etc/nginx/",
    "/opt/nginx/conf/",
];

/// Files may include each other this deep.
const MAX_FILES_DEEP: usize = 16;
/// And all of them, put in place, may hold so many directives.
const MAX_DIRECTIVES: usize = 100_000;

/// Every file, read, and how they include each other.
#[derive(Debug)]
pub struct Files<'a> {
    /// The files as they were given.
    pub sources: &'a [Source],
    /// What each one holds.
    pub parsed: Vec<Parsed>,
    /// Their paths, in one way of writing.
    paths: Vec<String>,
}

/// A tree with its includes put in place; an `include` that is left in it was not given.
#[derive(Debug)]
pub struct Root {
    /// Its directives.
    pub directives: Vec<Directive>,
    /// Reading of it was given up at an error.
    pub cut: bool,
}

impl<'a> Files<'a> {
    /// Reads the files.
    pub fn read(sources: &'a [Source]) -> Self {
        let parsed = sources.iter().enumerate().map(|(file, source)| parse(&source.text, file)).collect();
        Self { sources, parsed, paths: sources.iter().map(|source| plain(&source.path)).collect() }
    }

    /// The roots, in the order in which they were given, and whether they were too large to be read whole.
    pub fn roots(&self) -> (Vec<Root>, bool) {
        let mut included = BTreeSet::new();
        let mains: Vec<usize> = (0..self.sources.len()).filter(|&file| self.is_main(file)).collect();
        for file in 0..self.sources.len() {
            // A piece's own includes are relative to the main file, whichever that is.
            let bases = if self.is_main(file) || mains.is_empty() { vec![file] } else { mains.clone() };
            let Some(parsed) = self.parsed.get(file) else { continue };
            for include in includes(&parsed.directives) {
                included.extend(
                    bases.iter().flat_map(|&base| self.find(include.arg(0), base)).filter(|&f| f != file),
                );
            }
        }
        let mut reached = BTreeSet::new();
        let mut roots = Vec::new();
        let mut budget = MAX_DIRECTIVES;
        // Files that only include each other in a circle have no beginning: the first one is taken.
        for fallback in [false, true] {
            for file in 0..self.sources.len() {
                if reached.contains(&file) || (!fallback && included.contains(&file)) {
                    continue;
                }
                let mut place = Place {
                    files: self,
                    base: file,
                    stack: vec![file],
                    depth: 0,
                    reached: &mut reached,
                    budget: &mut budget,
                };
                let Some(parsed) = self.parsed.get(file) else { continue };
                let directives = place.expand(&parsed.directives);
                reached.insert(file);
                roots.push(Root { directives, cut: parsed.cut });
            }
        }
        (roots, budget == 0)
    }

    /// It says what only a main file can.
    fn is_main(&self, file: usize) -> bool {
        let names = |parsed: &Parsed| {
            parsed.directives.iter().any(|d| matches!(d.name.as_str(), "http" | "events" | "stream" | "mail"))
        };
        self.parsed.get(file).is_some_and(names)
    }

    /// The given files that an include in the tree of `base` means, by path as `glob(3)` sorts them.
    fn find(&self, pattern: &str, base: usize) -> Vec<usize> {
        let folder =
            self.paths.get(base).and_then(|path| path.rsplit_once('/')).map_or("", |(folder, _)| folder);
        let inside = match PREFIXES.iter().find_map(|prefix| pattern.strip_prefix(prefix)) {
            Some(rest) => Some(rest),
            None if pattern.starts_with('/') => None,
            None => Some(pattern),
        };
        let relative = inside
            .map(|rest| if folder.is_empty() { plain(rest) } else { plain(&format!("{folder}/{rest}")) });
        let absolute = pattern.starts_with('/').then(|| plain(pattern));
        let wanted: Vec<String> = absolute.into_iter().chain(relative).collect();
        let means = |wanted: &String, path: &String| {
            path == wanted || (glob::is_pattern(wanted) && glob::matches(wanted, path))
        };
        let paths = self.paths.iter().enumerate();
        let mut found: Vec<(&String, usize)> = paths
            .filter(|(_, path)| wanted.iter().any(|wanted| means(wanted, path)))
            .map(|(file, path)| (path, file))
            .collect();
        found.sort();
        found.into_iter().map(|(_, file)| file).collect()
    }
}

/// A path without `.` and, where it can be told, without `..`.
fn plain(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "." => {}
            "" if !names.is_empty() || !path.starts_with('/') => {}
            ".." if names.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

/// Every `include` of a tree.
fn includes(directives: &[Directive]) -> Vec<&Directive> {
    let mut left: Vec<&Directive> = directives.iter().collect();
    let mut found = Vec::new();
    while let Some(directive) = left.pop() {
        if directive.name == "include" {
            found.push(directive);
        }
        left.extend(directive.inside());
    }
    found
}

/// Puts included files in place.
struct Place<'a> {
    files: &'a Files<'a>,
    base: usize,
    /// The files that are open, from the root on.
    stack: Vec<usize>,
    /// How many blocks are open around what is being put in place.
    depth: usize,
    reached: &'a mut BTreeSet<usize>,
    budget: &'a mut usize,
}

impl Place<'_> {
    fn expand(&mut self, directives: &[Directive]) -> Vec<Directive> {
        let mut out = Vec::new();
        for directive in directives {
            if *self.budget == 0 {
                break;
            }
            *self.budget -= 1;
            if directive.name != "include" {
                out.push(self.inside(directive));
                continue;
            }
            let found = self.files.find(directive.arg(0), self.base);
            let deep = self.stack.len() >= MAX_FILES_DEEP || self.depth >= MAX_DEPTH;
            if found.is_empty() || deep || found.iter().all(|file| self.stack.contains(file)) {
                out.push(directive.clone());
                continue;
            }
            for file in found {
                let Some(parsed) = self.files.parsed.get(file).filter(|_| !self.stack.contains(&file)) else {
                    continue;
                };
                self.reached.insert(file);
                self.stack.push(file);
                out.extend(self.expand(&parsed.directives));
                if parsed.cut {
                    // What stands behind the error is not known, like a file that was not given.
                    out.push(directive.clone());
                }
                self.stack.pop();
            }
        }
        out
    }

    fn inside(&mut self, directive: &Directive) -> Directive {
        let Some(Block::Directives { inside, cut }) = &directive.block else { return directive.clone() };
        self.depth += 1;
        let inside = self.expand(inside);
        self.depth -= 1;
        Directive {
            name: directive.name.clone(),
            args: directive.args.clone(),
            block: Some(Block::Directives { inside, cut: *cut }),
            file: directive.file,
            spot: directive.spot,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, plain};
    use crate::Source;

    /// The names of the directives of each root.
    fn roots(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let sources: Vec<Source> = files
            .iter()
            .map(|&(path, text)| Source { path: path.to_owned(), text: text.to_owned() })
            .collect();
        let files = Files::read(&sources);
        let names = |root: super::Root| root.directives.into_iter().map(|directive| directive.name).collect();
        files.roots().0.into_iter().map(names).collect()
    }

    #[test]
    fn includes_are_found_as_nginx_finds_them() {
        for (files, all) in [
            (
                vec![
                    ("n/nginx.conf", "include conf.d/*.conf; http {}"),
                    ("n/conf.d/b.conf", "b;"),
                    ("n/conf.d/a.conf", "a;"),
                ],
                vec![vec!["a", "b", "http"]],
            ),
            (
                vec![
                    ("n/nginx.conf", "include /etc/nginx/x; http {}"),
                    ("n/x", "a; include ./y;"),
                    ("n/y", "b;"),
                ],
                vec![vec!["a", "b", "http"]],
            ),
            (vec![("nginx.conf", "include /srv/x.conf;"), ("/srv/x.conf", "a;")], vec![vec!["a"]]),
            (vec![("nginx.conf", "include gone; a;")], vec![vec!["include", "a"]]),
            // In a circle.
            (vec![("a", "include b; x;"), ("b", "include a; y;")], vec![vec!["include", "y", "x"]]),
            (vec![("a", "include a; x;")], vec![vec!["include", "x"]]),
            // A piece that was given without what includes it.
            (vec![("a.conf", "x;"), ("b.conf", "y;")], vec![vec!["x"], vec!["y"]]),
        ] {
            assert_eq!(roots(&files), all, "{files:?}");
        }
    }

    #[test]
    fn files_that_double_each_other_are_bounded() {
        let files: Vec<(String, String)> = (0..40)
            .map(|n| (format!("f{n}"), format!("include f{next}; include f{next}; a;", next = n + 1)))
            .collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let sources: Vec<Source> = files
            .iter()
            .map(|&(path, text)| Source { path: path.to_owned(), text: text.to_owned() })
            .collect();
        let (roots, too_large) = Files::read(&sources).roots();
        assert!(too_large && !roots.is_empty());
    }

    #[test]
    fn paths_are_plain() {
        for (path, expected) in
            [("./a//b/../c", "a/c"), ("/a/./b", "/a/b"), ("../a", "../a"), ("/a", "/a"), ("a/", "a")]
        {
            assert_eq!(plain(path), expected);
        }
    }
}
