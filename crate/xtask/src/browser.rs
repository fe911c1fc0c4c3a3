//! The browsers that the extension is built for.

use std::fmt;

/// A browser with an overlay in `extension/platform/` and a folder in `dist/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium and its kin: Chrome, Edge.
    Chromium,
    /// Firefox, ESR included.
    Firefox,
}

impl Browser {
    /// Both, in the order in which they are built and listed.
    pub const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];
}

impl fmt::Display for Browser {
    /// The name in paths: `chromium`, `firefox`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        })
    }
}
