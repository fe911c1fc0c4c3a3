//! A `map`, looked through once: every server that uses its variable asks it.

use std::collections::{BTreeMap, BTreeSet};

use super::value::variables;
use crate::nginx::syntax::Directive;

/// What a `map` says.
#[derive(Debug)]
pub struct Map {
    /// What is looked up, as written.
    pub source: String,
    /// It goes on in another file.
    pub includes: bool,
    /// No key of it is a pattern.
    pub exact: bool,
    default: String,
    /// By key in lower case; of several the first counts.
    by_key: BTreeMap<String, String>,
    /// Every value, each once, in order.
    pub values: BTreeSet<String>,
    /// The variables in its values.
    pub variables: BTreeSet<String>,
}

impl Map {
    /// What the directive says.
    pub fn new(map: &Directive) -> Self {
        let mut read = Self {
            source: map.arg(0).to_owned(),
            includes: false,
            exact: true,
            default: String::new(),
            by_key: BTreeMap::new(),
            values: BTreeSet::new(),
            variables: BTreeSet::new(),
        };
        let mut default = None;
        for entry in map.inside() {
            let (key, value) = (entry.name.as_str(), entry.arg(0));
            read.variables.extend(variables(value).map(str::to_owned));
            read.includes |= key == "include";
            if matches!(key, "hostnames" | "volatile") {
                continue;
            }
            if key == "default" {
                default = default.or(Some(value));
            }
            read.exact &= !key.starts_with('~');
            read.by_key.entry(key.to_ascii_lowercase()).or_insert_with(|| value.to_owned());
            read.values.insert(value.to_owned());
        }
        default.unwrap_or_default().clone_into(&mut read.default);
        read.values.insert(read.default.clone());
        read
    }

    /// What it gives for a text.
    pub fn value_of(&self, source: &str) -> &str {
        self.by_key.get(&source.to_ascii_lowercase()).unwrap_or(&self.default)
    }
}
