//! The declaration at the top of every check file.

/// Declares the check of a file as `CHECK`. Its doc lines are the check's page; the
/// function `run` of the same file answers.
///
/// `fix` is what the finding says to do about it; `cases` are fixes for cases that a finding names
/// ([`Finding::case`](crate::check::Finding::case)), each with what differs from `fix`. In all of them `{name}`
/// stands for a value that the finding gives.
///
/// Only `id`, `severity` and `run` are compiled into the wasm module; it finds the words in the catalogue's file
/// ([`crate::knowledge::Catalogue`]), which is made from these declarations.
macro_rules! declare {
    (
        $(#[doc = $doc:literal])+
        id: $id:literal,
        severity: $severity:ident,
        title: $title:literal,
        references: [$($reference:expr),* $(,)?],
        fix: $fix:expr,
        $(cases: [$(($case:literal, $of_case:expr $(,)?)),+ $(,)?],)?
        since: $since:literal $(,)?
    ) => {
        $(#[doc = $doc])+
        pub const CHECK: $crate::check::Check = $crate::check::Check {
            id: $id,
            severity: $crate::check::Severity::$severity,
            #[cfg(feature = "docs")]
            title: $title,
            #[cfg(feature = "docs")]
            references: {
                #[allow(unused_imports)]
                use $crate::check::Reference::*;
                &[$($reference),*]
            },
            #[cfg(feature = "docs")]
            fix: $fix,
            #[cfg(feature = "docs")]
            cases: &[$($(($case, $of_case)),+)?],
            #[cfg(feature = "docs")]
            since: $since,
            #[cfg(feature = "docs")]
            doc: &[$($doc),+],
            run,
        };
    };
}
