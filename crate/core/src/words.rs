//! Enumerations that are words in JSON.
//!
//! What serde would derive for them is 1.5 KB each in the wasm module; here reading and writing is compiled
//! once, and a variant's word stands next to it.

use std::fmt;

use serde::de::{self, Deserializer, Visitor};

/// Declares an enumeration whose variants are words in JSON: `Variant = "word"`.
macro_rules! words {
    ($(#[$of_enum:meta])* $visibility:vis enum $name:ident { $($(#[$of_variant:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$of_enum])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $name {
            $($(#[$of_variant])* $variant,)+
        }

        impl $name {
            const EVERY: &'static [Self] = &[$(Self::$variant),+];
            const WORDS: &'static [&'static str] = &[$($word),+];

            /// Its word in JSON. Both lists are made of the same variants in the same order, so that a variant's
            /// number is a place in either.
            pub const fn word(self) -> &'static str {
                Self::WORDS[self as usize]
            }

            /// The variant of a word.
            #[allow(dead_code, reason = "not every one is read as a bare word")]
            pub(crate) fn of(word: &str) -> Option<Self> {
                Self::WORDS.iter().position(|known| *known == word).and_then(|place| Self::EVERY.get(place).copied())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "enum": Self::WORDS})
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // A place among the words, which are as many as the variants.
                let place = $crate::words::place(deserializer, Self::WORDS)?;
                Ok(Self::EVERY[place])
            }
        }
    };
}
pub(crate) use words;

/// The place of the word that is read among `words`.
pub fn place<'de, D: Deserializer<'de>>(
    deserializer: D,
    words: &'static [&'static str],
) -> Result<usize, D::Error> {
    deserializer.deserialize_str(Words(words))
}

struct Words(&'static [&'static str]);

impl Visitor<'_> for Words {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<usize, E> {
        let place = self.0.iter().position(|known| *known == word);
        place.ok_or_else(|| E::unknown_variant(word, self.0))
    }
}
