//! Maps in JSON, for `#[serde(with = "map")]`.
//!
//! Maps here are sorted lists ([`LiteMap`]): an ordered tree is 5 KB of the wasm module for each type of entry.
//! The library's own reader and writer are not used: they take lists for maps too, and write an empty map as one.

use std::fmt;
use std::marker::PhantomData;

use litemap::LiteMap;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Writes a map in the order of its keys.
pub fn serialize<S, K, V>(map: &LiteMap<K, V>, serializer: S) -> Result<S::Ok, S::Error>
where
    S: Serializer,
    K: Serialize,
    V: Serialize,
{
    serializer.collect_map(map.iter())
}

/// Reads a map.
pub fn deserialize<'de, D, V>(deserializer: D) -> Result<LiteMap<String, V>, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
{
    deserializer.deserialize_map(Reader(PhantomData))
}

struct Reader<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Reader<V> {
    type Value = LiteMap<String, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = LiteMap::new();
        while let Some((key, value)) = entries.next_entry()? {
            map.insert(key, value);
        }
        Ok(map)
    }
}
