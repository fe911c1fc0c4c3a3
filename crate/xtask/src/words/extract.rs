//! The English words that sources hold.
//!
//! In Rust: string literals in the first argument of `.say(…)`, `.fill(…)` and `.weave(…)`, and of the functions
//! `say(…)` and `failed(…)`; in all but the first one of `.count(…)`. In JavaScript: of `say(…)`, likewise the first argument. In HTML: what an element with
//! `data-say` contains, an element inside it as `{}`; and the attributes that `data-say-NAME` names.

/// Calls and where their words stand.
const CALLS: [(&str, Words); 4] =
    [(".say(", Words::First), (".fill(", Words::First), (".weave(", Words::First), (".count(", Words::Rest)];

#[derive(Clone, Copy, PartialEq)]
enum Words {
    First,
    Rest,
}

/// Of a Rust file, without its tests.
pub fn of_rust(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let methods = CALLS.into_iter().flat_map(|(call, which)| of_calls(source, call, which));
    // In crate/web, what tells a person something takes its words in English.
    let functions = ["say(", "failed("].into_iter().flat_map(|call| of_calls(source, call, Words::First));
    methods.chain(functions).collect()
}

/// Of a script of the extension.
pub fn of_js(source: &str) -> Vec<String> {
    // A word before it makes it another function.
    of_calls(source, "say(", Words::First)
}

fn of_calls(source: &str, call: &str, which: Words) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices(call) {
        let before = source.get(..at).and_then(|text| text.chars().next_back()).unwrap_or(' ');
        if !call.starts_with('.') && (before.is_alphanumeric() || "_.".contains(before)) {
            continue;
        }
        // Where one is declared nothing is said.
        if source.get(..at).is_some_and(|text| text.ends_with("fn ")) {
            continue;
        }
        found.extend(literals(source.get(at + call.len()..).unwrap_or_default(), which));
    }
    found
}

/// String literals up to the bracket that ends the arguments.
fn literals(arguments: &str, which: Words) -> Vec<String> {
    let mut found = Vec::new();
    let (mut depth, mut argument) = (0_i32, 0);
    let mut chars = arguments.chars();
    while let Some(c) = chars.next() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => argument += 1,
            '"' | '\'' => {
                let Some(text) = literal(&mut chars, c) else { break };
                if (argument == 0) == (which == Words::First) && !text.is_empty() {
                    found.push(text);
                }
            }
            _ => {}
        }
    }
    found
}

/// The rest of a literal; none where it does not end.
fn literal(chars: &mut std::str::Chars<'_>, quote: char) -> Option<String> {
    let mut text = String::new();
    loop {
        match chars.next()? {
            c if c == quote => return Some(text),
            '\\' => match chars.next()? {
                'n' => text.push('\n'),
                // The line goes on where the next word begins.
                '\n' => {
                    let rest = chars.as_str().trim_start();
                    *chars = rest.chars();
                }
                c => text.push(c),
            },
            c => text.push(c),
        }
    }
}

/// Of a page of the extension: well-formed as ours are, with every element closed that can be.
pub fn of_html(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices('<') {
        let Some(end) = source.get(at..).and_then(|rest| rest.find('>')).map(|length| at + length) else {
            break;
        };
        let tag = source.get(at + 1..end).unwrap_or_default();
        for (_, rest) in tag.match_indices("data-say-").map(|(at, _)| tag.split_at(at + "data-say-".len())) {
            let attribute: String =
                rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            found.extend(value(tag, &attribute));
        }
        if tag.split_ascii_whitespace().any(|part| part == "data-say") {
            found.push(content(source.get(end + 1..).unwrap_or_default()));
        }
    }
    found
}

fn value(tag: &str, attribute: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {attribute}=\""))?;
    rest.split('"').next().map(unescaped)
}

/// What stands up to the end of the element, each element inside as `{}`.
fn content(mut rest: &str) -> String {
    let mut text = String::new();
    let mut depth = 0_u32;
    while let Some((before, tail)) = rest.split_once('<') {
        if depth == 0 {
            text += before;
        }
        let Some((tag, after)) = tail.split_once('>') else { break };
        if tag.starts_with('/') {
            if depth == 0 {
                break;
            }
            depth -= 1;
        } else {
            if depth == 0 {
                text += "{}";
            }
            depth += 1;
        }
        rest = after;
    }
    unescaped(&text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::{of_html, of_js, of_rust};

    #[test]
    fn words_of_rust() {
        let source = r#"html! { (l.say("Copy \"it\"")) (page.fill(if a { "{} b" } else { "{} c" }, &["no"])) }
            l.count(n, "{} one", "{} many"); l.say(name); l.say("over \
            two lines"); other("no"); #[cfg(test)] l.say("no")"#;
        assert_eq!(of_rust(source), ["Copy \"it\"", "over two lines", "{} b", "{} c", "{} one", "{} many"]);
    }

    #[test]
    fn words_of_scripts() {
        let source = "tell(say('It\\'s {}', count)); essay('no'); api.say('no'); say(ok ? 'Yes' : 'No');";
        assert_eq!(of_js(source), ["It's {}", "Yes", "No"]);
    }

    #[test]
    fn words_of_pages() {
        let source = "<p data-say>One\n  <code>http:</code> two <b data-say>three</b>.</p><p>no</p>\
            <a href=\"x\" title=\"A &amp; b\" data-say-title data-say>Go</a><input aria-label=\"Name\" data-say-aria-label>";
        assert_eq!(of_html(source), ["One {} two {}.", "three", "A & b", "Go", "Name"]);
    }
}
