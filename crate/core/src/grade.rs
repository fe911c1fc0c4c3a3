//! MDN HTTP Observatory's score and letter, from its result codes.
//!
//! The score begins at 100. What the codes take from it is added up first; what they add to it counts only from 90 on.
//! It has no upper end; the letter is looked up at a multiple of five.

use serde::{Deserialize, Serialize};

use crate::observatory::{Algorithm, Outcome, Test, extremes, modifier};
use crate::report::Word;

/// A score from which on good codes count.
const BONUS_FROM: i16 = 90;

/// A grade as the Observatory gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Grade {
    /// The letter for what was seen. What was not seen neither adds nor takes.
    pub letter: Word,
    /// The score for what was seen.
    pub score: i16,
    /// The algorithm and its version.
    pub algorithm: Word,
    /// The worst that it can be; absent where everything was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Mark>,
    /// The best that it can be; likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Mark>,
}

/// A letter with its score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mark {
    /// From `A+` to `F`.
    pub letter: Word,
    /// 0 and more.
    pub score: i16,
}

impl Grade {
    /// By the codes of its tests, in their order.
    pub fn new(outcomes: &[Outcome], algorithm: Algorithm) -> Self {
        let mark = |unseen: fn((i16, i16)) -> i16| {
            let tests = Test::ALL.iter().zip(outcomes).filter(|(test, _)| test.is_in(algorithm));
            let (mut score, mut bonus) = (100, 0);
            for (test, outcome) in tests {
                let worth = match outcome {
                    Some(code) => modifier(code, algorithm),
                    None => unseen(extremes(*test, algorithm)),
                };
                if worth < 0 {
                    score += worth;
                } else {
                    bonus += worth;
                }
            }
            Mark::new(if score >= BONUS_FROM { score + bonus } else { score })
        };
        let tests = Test::ALL.iter().zip(outcomes).filter(|(test, _)| test.is_in(algorithm));
        let all_seen = tests.into_iter().all(|(_, outcome)| outcome.is_some());
        let end = |mark| (!all_seen).then_some(mark);
        let Mark { letter, score } = mark(|_| 0);
        Self {
            letter,
            score,
            algorithm: Word::from(match algorithm {
                Algorithm::Six => "MDN HTTP Observatory, algorithm 6",
                Algorithm::Four => "MDN HTTP Observatory, algorithm 4",
            }),
            low: end(mark(|(least, _)| least)),
            high: end(mark(|(_, most)| most)),
        }
    }
}

impl Grade {
    /// In words: one letter, or the range that is possible.
    pub fn words(&self) -> String {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low.letter == high.letter => {
                format!("{} ({} to {} of 100, {})", low.letter, low.score, high.score, self.algorithm)
            }
            (Some(low), Some(high)) => format!(
                "{} to {} ({} to {} of 100, {}); {} for what was seen",
                low.letter, high.letter, low.score, high.score, self.algorithm, self.letter
            ),
            _ => format!("{} ({} of 100, {})", self.letter, self.score, self.algorithm),
        }
    }
}

impl Mark {
    fn new(score: i16) -> Self {
        let score = score.max(0);
        let letter = match score {
            100.. => "A+",
            90.. => "A",
            85.. => "A-",
            80.. => "B+",
            70.. => "B",
            65.. => "B-",
            60.. => "C+",
            50.. => "C",
            45.. => "C-",
            40.. => "D+",
            30.. => "D",
            25.. => "D-",
            _ => "F",
        };
        Self { letter: letter.into(), score }
    }
}
