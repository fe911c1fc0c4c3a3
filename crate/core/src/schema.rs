//! JSON schemas (draft 2020-12) of what is written and read, made of the types.
//!
//! That of evidence says what is read: other programs may write some. The others say what is written; a reader of it
//! must pass over members that it does not know.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Value, json};

use crate::compare::{self, Comparison};
use crate::evidence::{self, Evidence};
use crate::report::{self, Report};
#[cfg(feature = "scan")]
use crate::scan;

/// Several reports in one file.
#[derive(Serialize, JsonSchema)]
struct Reports {
    /// The name and version of the format.
    schema: String,
    /// One for each site.
    reports: Vec<Report>,
}

/// The schema of what calls itself by this name when it is written.
pub fn written<T: JsonSchema>(of: &str) -> Value {
    schema::<T>(SchemaSettings::draft2020_12().for_serialize().into_generator(), of)
}

/// Each schema with the name of its file.
pub fn schemas() -> Vec<(&'static str, Value)> {
    let read = || SchemaSettings::draft2020_12().for_deserialize().into_generator();
    vec![
        ("report-1.json", written::<Report>(report::SCHEMA)),
        ("reports-1.json", {
            let mut schema = written::<Reports>(report::MANY_SCHEMA);
            name(&mut schema, "/$defs/Report", report::SCHEMA);
            schema
        }),
        ("evidence-1.json", schema::<Evidence>(read(), evidence::SCHEMA)),
        #[cfg(feature = "scan")]
        ("summary-1.json", written::<scan::Summary<'static>>(scan::SCHEMA)),
        // A line has no name: there are too many.
        #[cfg(feature = "scan")]
        ("scan-line-1.json", written::<scan::Record<'static>>("")),
        ("comparison-1.json", written::<Comparison>(compare::SCHEMA)),
    ]
}

fn schema<T: JsonSchema>(generator: SchemaGenerator, of: &str) -> Value {
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    name(&mut schema, "", of);
    plain(&mut schema);
    schema
}

/// The member `schema` of what stands there has one value.
fn name(schema: &mut Value, at: &str, of: &str) {
    if let Some(member) = schema.pointer_mut(&format!("{at}/properties/schema")) {
        *member = json!({"description": "The name and version of the format.", "const": of});
    }
}

/// Descriptions are written for `rustdoc`: names in them lose the brackets of a link. How large a number of a type can
/// be is no matter of the format.
fn plain(schema: &mut Value) {
    match schema {
        Value::Array(values) => values.iter_mut().for_each(plain),
        Value::Object(members) => {
            if members.get("type").is_some_and(|kind| kind != "string") {
                members.remove("format");
            }
            for (key, value) in members.iter_mut() {
                match value {
                    Value::String(text) if key == "description" => {
                        *text = text.replace("[`", "`").replace("`]", "`").replace('\n', " ");
                    }
                    value => plain(value),
                }
            }
        }
        _ => {}
    }
}
