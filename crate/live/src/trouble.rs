//! What goes wrong on the way to an answer, in words that the core's facts know (`fact/failure.rs`).
//!
//! A word is `live:KIND: sentence`; the sentence names host and port.

use std::io;

use https_audit_core::evidence::Reason;

/// Begins every word.
const MARK: &str = "live:";

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name has no address.
    UnknownHost,
    /// The port refused the connection.
    ConnectionRefused,
    /// No way to the address.
    Unreachable,
    /// Not in time.
    TimedOut,
    /// Closed in the middle.
    Dropped,
    /// TLS could not be agreed on.
    TlsFailed,
    /// The answer is no http.
    NotHttp,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::UnknownHost => "unknown-host",
            Self::ConnectionRefused => "connection-refused",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed-out",
            Self::Dropped => "dropped",
            Self::TlsFailed => "tls-failed",
            Self::NotHttp => "not-http",
        }
    }

    /// Nobody answered at all.
    const NO_SERVER: [Self; 4] =
        [Self::UnknownHost, Self::ConnectionRefused, Self::Unreachable, Self::TimedOut];
}

/// What went wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub kind: Kind,
    sentence: String,
}

impl Trouble {
    /// With a sentence that names the host and port.
    pub fn new(kind: Kind, sentence: impl Into<String>) -> Self {
        Self { kind, sentence: sentence.into() }
    }

    /// What an error of the socket means while something was done at a place.
    pub fn of_io(error: &io::Error, place: &str, doing: &str) -> Self {
        match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => {
                Self::new(Kind::TimedOut, format!("{place} did not answer in time ({doing})"))
            }
            io::ErrorKind::ConnectionRefused => {
                Self::new(Kind::ConnectionRefused, format!("{place} refused the connection"))
            }
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof => {
                Self::new(Kind::Dropped, format!("{place} closed the connection ({doing})"))
            }
            _ => Self::new(Kind::Unreachable, format!("{place} can not be reached: {error}")),
        }
    }

    /// The same where TLS was agreed on before: that much works.
    pub fn after_tls(self) -> Self {
        Self { sentence: format!("TLS was agreed on, and then {}", self.sentence), ..self }
    }

    /// As evidence holds it.
    pub fn word(&self) -> String {
        word(self.kind.word(), &self.sentence)
    }

    /// Why there is no response.
    pub const fn reason(&self) -> Reason {
        match self.kind {
            Kind::TimedOut => Reason::TimedOut,
            Kind::NotHttp => Reason::Unreadable,
            _ => Reason::LoadFailed,
        }
    }
}

/// A word of this kind.
pub fn word(kind: &str, sentence: &str) -> String {
    format!("{MARK}{kind}: {sentence}")
}

/// The sentence of a word.
pub fn sentence(word: &str) -> &str {
    word.split_once(": ").map_or(word, |(_, sentence)| sentence)
}

/// Whether a word tells of somebody at the other end.
pub fn was_reached(word: &str) -> bool {
    let kind = word.strip_prefix(MARK).unwrap_or_default().split(':').next().unwrap_or_default();
    !Kind::NO_SERVER.iter().any(|none| none.word() == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart_again() {
        let refused = Trouble::of_io(&io::ErrorKind::ConnectionRefused.into(), "shop.test:443", "connecting");
        assert_eq!(refused.word(), "live:connection-refused: shop.test:443 refused the connection");
        assert_eq!(sentence(&refused.word()), "shop.test:443 refused the connection");
        assert!(!was_reached(&refused.word()));
        let reset = Trouble::of_io(&io::ErrorKind::ConnectionReset.into(), "shop.test:443", "TLS");
        assert!(was_reached(&reset.word()) && reset.kind == Kind::Dropped);
        let late = Trouble::of_io(&io::ErrorKind::WouldBlock.into(), "shop.test:443", "TLS");
        assert_eq!((late.kind, late.reason()), (Kind::TimedOut, Reason::TimedOut));
    }
}
