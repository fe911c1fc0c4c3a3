//! What the program knows without looking at a site: which domains browsers have
//! preloaded for HTTPS, where a registrable domain begins, and what there is to say of each check.
//!
//! Knowledge is files, not code. Both browsers' lists are one asset in the format of
//! [`suffix_set`] and the public suffixes another, each list with its own version and date,
//! made by `cargo run -p xtask -- lists` from what the browsers and the Public Suffix List
//! publish. The extension reads the assets from beside the module; native programs can have
//! them compiled in with the feature `embedded-lists`.

mod catalogue;
mod csp_bypasses;
mod preload;
mod public_suffix;
pub mod suffix_set;
#[cfg(test)]
mod tests;
pub mod tls_guideline;

pub use catalogue::{Catalogue, References, Words};
pub use csp_bypasses::{CspBypass, CspBypasses, How};
pub use preload::{INCLUDE_SUBDOMAINS, Listing, Listings, NOT_HSTS, PreloadLists};
pub use public_suffix::{PublicSuffixes, Suffix, is_ip_address, rule};
pub use suffix_set::{Malformed, SuffixSet};

use crate::options::Options;

/// All lists, on borrowed octets.
pub struct Knowledge<'a> {
    /// The HSTS entries compiled into each browser.
    pub preload: PreloadLists<'a>,
    /// The Public Suffix List.
    pub suffixes: PublicSuffixes<'a>,
    /// The words of the checks.
    pub catalogue: Catalogue<'a>,
    /// Hosts that undo a policy.
    pub csp_bypasses: CspBypasses<'a>,
    /// What whoever reads the reports chose.
    pub options: Options,
}

impl<'a> Knowledge<'a> {
    /// Opens the four assets; an error tells what is wrong with the first bad one,
    /// which includes that it is a sound asset of another list.
    pub fn new(
        preload: &'a [u8],
        suffixes: &'a [u8],
        catalogue: &'a [u8],
        csp_bypasses: &'a [u8],
    ) -> Result<Self, Malformed> {
        Ok(Self {
            preload: PreloadLists::new(preload)?,
            suffixes: PublicSuffixes::new(suffixes)?,
            catalogue: Catalogue::new(catalogue)?,
            csp_bypasses: CspBypasses::new(csp_bypasses)?,
            options: Options::NONE,
        })
    }

    /// The same with what was chosen.
    #[must_use]
    pub fn with(mut self, options: Options) -> Self {
        self.options = options;
        self
    }
}

/// The lists that were committed with this version, and the words of the checks as they are declared: what
/// `extension/data/checks.txt` holds, which `./build.sh check` compares.
///
/// The error is that of a damaged build; a test of this crate opens them.
#[cfg(any(feature = "embedded-lists", test))]
pub fn embedded() -> Result<Knowledge<'static>, Malformed> {
    Knowledge::new(
        include_bytes!("../../../../extension/data/preload.bin"),
        include_bytes!("../../../../extension/data/public-suffixes.bin"),
        crate::check::catalogue().as_bytes(),
        include_bytes!("../../../../extension/data/csp-bypasses.txt"),
    )
}
