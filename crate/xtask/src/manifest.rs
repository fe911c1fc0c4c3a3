//! The manifest of one browser: the base with the browser's overlay laid over it.

use anyhow::{Context, Result};
use serde_json::Value;

/// Lays `overlay` over `base` and sets the version.
///
/// Objects are merged key by key, arrays are appended to the base's, anything else replaces it.
pub fn merge(base: &str, overlay: &str, version: &str) -> Result<String> {
    let mut manifest = Value::Object(serde_json::from_str(base).context("manifest.json")?);
    lay_over(&mut manifest, Value::Object(serde_json::from_str(overlay).context("overlay of the manifest")?));
    lay_over(&mut manifest, serde_json::json!({ "version": version }));
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

fn lay_over(base: &mut Value, overlay: Value) {
    match (base, overlay) {
        (Value::Object(base), Value::Object(overlay)) => {
            for (key, value) in overlay {
                lay_over(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(base), Value::Array(overlay)) => base.extend(overlay),
        (base, overlay) => *base = overlay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlay_adds_to_objects_and_arrays_and_replaces_the_rest() {
        let base = r#"{"a": {"b": 1, "c": 2}, "list": ["x"], "version": "0"}"#;
        let overlay = r#"{"a": {"c": 3, "d": 4}, "list": ["y"]}"#;
        let merged: Value = serde_json::from_str(&merge(base, overlay, "1.2.3").unwrap()).unwrap();
        let expected =
            serde_json::json!({"a": {"b": 1, "c": 3, "d": 4}, "list": ["x", "y"], "version": "1.2.3"});
        assert_eq!(merged, expected);
    }

    #[test]
    fn what_is_not_an_object_is_refused() {
        assert!(merge("[]", "{}", "1").is_err());
        assert!(merge("{}", "[]", "1").is_err());
        assert!(merge("{", "{}", "1").is_err());
    }
}
