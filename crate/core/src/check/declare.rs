//! The declaration at the top of every check file.

/// Declares the check of a file as `CHECK`. Its doc lines are the check's page; the
/// function `run` of the same file answers.
macro_rules! declare {
    (
        $(#[doc = $doc:literal])+
        id: $id:literal,
        severity: $severity:ident,
        title: $title:literal,
        references: [$($reference:expr),* $(,)?],
        fix: $fix:expr,
        since: $since:literal $(,)?
    ) => {
        $(#[doc = $doc])+
        pub const CHECK: $crate::check::Check = $crate::check::Check {
            id: $id,
            severity: $crate::check::Severity::$severity,
            title: $title,
            references: {
                #[allow(unused_imports)]
                use $crate::check::Reference::*;
                &[$($reference),*]
            },
            fix: $fix,
            since: $since,
            #[cfg(feature = "docs")]
            doc: &[$($doc),+],
            run,
        };
    };
}
