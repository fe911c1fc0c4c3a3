//! Who may put the page into a frame.

use crate::evidence::Response;
use crate::field::csp::{Source, classify, policies};
use crate::field::policy::{FrameOptions, frame_options};

/// What a response says of frames around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Framing {
    /// X-Frame-Options as browsers read it.
    pub options: FrameOptions,
    /// A policy in force names `frame-ancestors`: whether it keeps any site out. Then browsers do not read
    /// X-Frame-Options (CSP §6.4.2.2).
    pub ancestors: Option<bool>,
}

impl Framing {
    /// Of a response; a policy in a `meta` element or in a report-only field says nothing of frames.
    pub fn of(response: &Response) -> Self {
        let lines: Vec<&[u8]> = response.values("x-frame-options").collect();
        let mut ancestors = None;
        for field in response.values("content-security-policy") {
            for policy in policies(field) {
                let Some(directive) = policy.find(field, b"frame-ancestors") else { continue };
                let sources = directive.values(field);
                let open = sources.iter().any(|source| is_everybody(&classify(source.of(field))));
                // Of several policies each must allow the frame.
                ancestors = Some(!open || ancestors == Some(true));
            }
        }
        Self { options: frame_options(&lines), ancestors }
    }

    /// Whether every site may put the page into a frame.
    pub const fn is_free(self) -> bool {
        match self.ancestors {
            Some(restricts) => !restricts,
            None => matches!(self.options, FrameOptions::Absent | FrameOptions::Ignored),
        }
    }
}

/// Whether a source names every site on the web.
fn is_everybody(source: &Source<'_>) -> bool {
    let web = |scheme: &[u8]| scheme.eq_ignore_ascii_case(b"http") || scheme.eq_ignore_ascii_case(b"https");
    match source {
        Source::Scheme(scheme) => web(scheme),
        Source::Host(at) => {
            at.host == b"*" && matches!(at.port, b"" | b"*") && (at.scheme.is_empty() || web(at.scheme))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Framing;
    use crate::evidence::{Field, Response};

    #[test]
    fn frame_ancestors_stand_above_x_frame_options() {
        let csp = "Content-Security-Policy";
        let rows: [(&[(&str, &str)], bool); 9] = [
            (&[], true),
            (&[("X-Frame-Options", "DENY")], false),
            (&[(csp, "default-src 'self'")], true),
            (&[(csp, "default-src 'self';  Frame-Ancestors 'none'")], false),
            (&[(csp, "frame-ancestors")], false),
            (&[(csp, "frame-ancestors *"), ("X-Frame-Options", "DENY")], true),
            (&[(csp, "frame-ancestors 'self' https:")], true),
            (&[(csp, "frame-ancestors *, frame-ancestors 'self'")], false),
            (&[("Content-Security-Policy-Report-Only", "frame-ancestors 'none'")], true),
        ];
        for (fields, free) in rows {
            let received = |&(name, value): &(&str, &str)| Field::received(name, value.as_bytes());
            let fields_sent = fields.iter().map(received).collect();
            let response = Response { status: 200, fields: fields_sent, dropped: 0 };
            assert_eq!(Framing::of(&response).is_free(), free, "{fields:?}");
        }
    }
}
