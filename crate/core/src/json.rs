//! JSON for people.

use serde::Serialize;

/// A value as JSON, a line for each part, indented by two spaces.
///
/// Written compactly and indented afterwards: with the library's own indenting writer beside its
/// compact one every type would be in the wasm module twice.
pub fn to_string(value: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(value).map(|compact| indented(&compact))
}

fn indented(compact: &str) -> String {
    let mut out = String::with_capacity(compact.len() * 3 / 2);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let mut before = ' ';
    for c in compact.chars() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            out.push(c);
            before = c;
            continue;
        }
        match c {
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if !matches!(before, '{' | '[') {
                    line(&mut out, depth);
                }
            }
            _ if matches!(before, '{' | '[' | ',') => line(&mut out, depth),
            _ => {}
        }
        out.push(c);
        match c {
            '{' | '[' => depth += 1,
            ':' => out.push(' '),
            '"' => in_string = true,
            _ => {}
        }
        // What ends a string is no bracket of the document.
        before = c;
    }
    out
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::to_string;

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
            r#"[{}\[\]",:\\ ]*"#.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map(".*", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_writes_what_the_library_writes(value in value()) {
            prop_assert_eq!(to_string(&value).unwrap(), serde_json::to_string_pretty(&value).unwrap());
        }
    }
}
