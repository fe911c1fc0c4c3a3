//! What all sources have in common.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use anyhow::Context;

/// A source, read.
pub(super) struct List {
    /// Names in ASCII form, with the flags of the asset they are for.
    pub(super) entries: BTreeMap<String, u8>,
    /// What the file says about itself.
    pub(super) stated: Stated,
}

/// What a file says about itself, as far as it does.
#[derive(Default)]
pub(super) struct Stated {
    pub(super) source: Option<String>,
    pub(super) version: Option<String>,
    pub(super) date: Option<String>,
}

/// The text of a file that may be compressed by gzip, which its first octets tell.
pub(super) fn read(path: &Path) -> anyhow::Result<String> {
    let octets = std::fs::read(path).with_context(|| path.display().to_string())?;
    let mut text = String::new();
    let result = if octets.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(octets.as_slice()).read_to_string(&mut text)
    } else {
        octets.as_slice().read_to_string(&mut text)
    };
    result.with_context(|| path.display().to_string())?;
    Ok(text)
}

/// A name in the form that lists use for look-ups: A-labels, lower case.
pub(super) fn ascii(name: &str) -> anyhow::Result<String> {
    let ascii = idna::domain_to_ascii_cow(name.as_bytes(), idna::AsciiDenyList::URL);
    Ok(ascii.with_context(|| format!("`{name}` is not a domain name"))?.into_owned())
}
