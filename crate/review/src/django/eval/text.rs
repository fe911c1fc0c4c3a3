//! Methods of texts, as Python has them.

use super::operator::shown;
use super::value::MOST;
use super::{Datum, Kind, Loc, Value};

/// Parts that a text is divided into.
const PARTS: usize = 1000;

/// `text % argument`, for the forms `%s` and `%d` and known arguments.
pub(super) fn percent(text: &str, argument: &Datum) -> Option<String> {
    let arguments: Vec<String> = match argument {
        Datum::List(list) if list.kind == Kind::Tuple && list.open.is_none() => {
            list.items.iter().map(|item| item.single().and_then(shown)).collect::<Option<_>>()?
        }
        other => vec![shown(other)?],
    };
    let mut arguments = arguments.into_iter();
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '%' => match rest.next()? {
                '%' => out.push('%'),
                's' | 'd' => out.push_str(&arguments.next()?),
                _ => return None,
            },
            c => out.push(c),
        }
    }
    arguments.next().is_none().then_some(out)
}

/// A method of a text with these arguments; none where it is not known.
pub(super) fn method(text: &str, name: &str, arguments: &[Value], at: Loc) -> Option<Datum> {
    let given = |n: usize| arguments.get(n).map(Value::text);
    // An argument that is there has to be known.
    if arguments.iter().any(|argument| argument.single().is_none() || argument.options.len() > MOST) {
        return None;
    }
    let first = given(0);
    let pieces = |parts: Vec<&str>| {
        let items = parts.into_iter().map(|part| Value::of(Datum::text(part), at)).collect();
        Datum::list(Kind::List, items)
    };
    Some(match (name, first) {
        ("lower" | "casefold", None) => Datum::text(&text.to_lowercase()),
        ("upper", None) => Datum::text(&text.to_uppercase()),
        ("title" | "capitalize", None) => Datum::text(&capitalized(text)),
        ("strip", None) => Datum::text(text.trim()),
        ("lstrip", None) => Datum::text(text.trim_start()),
        ("rstrip", None) => Datum::text(text.trim_end()),
        ("strip", Some(Some(set))) => Datum::text(text.trim_matches(|c| set.contains(c))),
        ("lstrip", Some(Some(set))) => Datum::text(text.trim_start_matches(|c| set.contains(c))),
        ("rstrip", Some(Some(set))) => Datum::text(text.trim_end_matches(|c| set.contains(c))),
        ("split", None) => pieces(text.split_whitespace().take(PARTS).collect()),
        ("split", Some(Some(mark))) if !mark.is_empty() && arguments.len() == 1 => {
            pieces(text.split(mark).take(PARTS).collect())
        }
        ("splitlines", None) => pieces(text.lines().take(PARTS).collect()),
        ("startswith", Some(Some(part))) => Datum::Bool(text.starts_with(part)),
        ("endswith", Some(Some(part))) => Datum::Bool(text.ends_with(part)),
        ("replace", Some(Some(from))) if !from.is_empty() => {
            let to = given(1)??;
            // What grows is bounded by the longest text that operators make.
            if text.len().saturating_mul(to.len().max(1)) > 1_000_000 {
                return None;
            }
            Datum::text(&text.replace(from, to))
        }
        ("isdigit", None) => Datum::Bool(!text.is_empty() && text.chars().all(|c| c.is_ascii_digit())),
        ("encode", _) => Datum::Bytes(text.as_bytes().into()),
        ("join", _) => {
            let [Value { options, .. }] = arguments else { return None };
            let [super::Possible { datum: Datum::List(list), .. }] = options.as_slice() else { return None };
            if list.open.is_some() {
                return None;
            }
            let parts: Vec<&str> = list.items.iter().map(Value::text).collect::<Option<_>>()?;
            Datum::text(&parts.join(text))
        }
        _ => return None,
    })
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}
