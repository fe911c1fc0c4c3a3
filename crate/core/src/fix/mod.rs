//! What to do about a finding: one sentence, and lines that can be pasted.

#[cfg(feature = "docs")]
#[macro_use]
mod lines;
#[cfg(feature = "docs")]
#[macro_use]
mod policy;

use std::fmt;

use litemap::LiteMap;
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::words::words;

words! {
    /// Software a fix is written for. The order is the order in which fixes are shown.
    pub enum Software {
        /// Django settings or code.
        Django = "django",
        /// nginx configuration.
        Nginx = "nginx",
        /// Apache HTTP Server configuration.
        Apache = "apache",
        /// A Caddyfile.
        Caddy = "caddy",
        /// Express with helmet.
        Express = "express",
        /// Rails configuration or code.
        Rails = "rails",
        /// ASP.NET Core, in Program.cs.
        AspNet = "aspnet",
        /// php.ini or PHP code.
        Php = "php",
        /// web.config of IIS.
        Iis = "iis",
        /// The response header line itself, for everything else.
        Header = "header",
    }
}

impl Software {
    /// All of them, in their order.
    pub const ALL: &[Self] = Self::EVERY;

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Django => "Django",
            Self::Nginx => "nginx",
            Self::Apache => "Apache",
            Self::Caddy => "Caddy",
            Self::Express => "Express",
            Self::Rails => "Rails",
            Self::AspNet => "ASP.NET Core",
            Self::Php => "PHP",
            Self::Iis => "IIS",
            Self::Header => "Header field",
        }
    }
}

/// The fix in a check's declaration.
#[cfg(feature = "docs")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remedy {
    /// One sentence. Of a case it is empty where the check's own fits.
    pub summary: &'static str,
    /// Lines by software, none twice.
    pub lines: &'static [(Software, &'static str)],
}

#[cfg(feature = "docs")]
impl Remedy {
    /// A fix that is not a line of configuration.
    pub const fn words(summary: &'static str) -> Self {
        Self { summary, lines: &[] }
    }

    /// Lines of a case, below the check's own sentence.
    pub const fn lines(lines: &'static [(Software, &'static str)]) -> Self {
        Self { summary: "", lines }
    }
}

/// The fix of a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fix {
    /// One sentence.
    pub summary: String,
    /// Lines to paste, by software.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, String>"))]
    #[serde(flatten, with = "crate::map")]
    pub lines: LiteMap<Software, String>,
}

/// Lines for software that is not known here are left out: a later version may know more.
impl<'de> Deserialize<'de> for Fix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Fix;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fix")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Fix, A::Error> {
        let mut fix = Fix::default();
        while let Some(key) = entries.next_key::<String>()? {
            if let Some(software) = Software::of(&key) {
                fix.lines.insert(software, entries.next_value()?);
            } else if key == "summary" {
                fix.summary = entries.next_value()?;
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(fix)
    }
}
