//! Lua inside of `…_by_lua_block { … }`: read over, not read.
//!
//! Its end is the brace that balances the first one; braces in strings and comments do not count.

use super::cursor::Cursor;

/// Reads what stands before the closing brace, which is passed too; the opening one is passed already. None where the
/// file ends first.
pub fn block<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let text = cursor.rest();
    let mut open = 0_usize;
    loop {
        let before = cursor.rest().len();
        match cursor.bump()? {
            '{' => open += 1,
            '}' if open == 0 => return text.get(..text.len() - before),
            '}' => open -= 1,
            quote @ ('"' | '\'') => string(cursor, quote),
            '-' if cursor.eat("-") => comment(cursor),
            '[' => {
                long(cursor);
            }
            _ => {}
        }
    }
}

/// The rest of a string; it ends with its line at the latest.
fn string(cursor: &mut Cursor<'_>, quote: char) {
    while let Some(c) = cursor.bump() {
        match c {
            '\\' => cursor.skip(1),
            c if c == quote || c == '\n' => return,
            _ => {}
        }
    }
}

fn comment(cursor: &mut Cursor<'_>) {
    if !(cursor.eat("[") && long(cursor)) {
        cursor.skip_line();
    }
}

/// The rest of `[[ … ]]` or `[==[ … ]==]`, if it is one; its first bracket is passed already.
fn long(cursor: &mut Cursor<'_>) -> bool {
    let level = cursor.rest().bytes().take_while(|&octet| octet == b'=').count();
    if cursor.rest().as_bytes().get(level) != Some(&b'[') {
        return false;
    }
    let end = format!("]{}]", "=".repeat(level));
    cursor.skip(level + 1);
    while !cursor.eat(&end) {
        if cursor.bump().is_none() {
            break;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Cursor, block};

    #[test]
    fn braces_in_strings_and_comments_do_not_count() {
        for (text, inside) in [
            (" a = {1, {2}} } rest", Some(" a = {1, {2}} ")),
            ("a = '}' b = \"\\\"}\" }", Some("a = '}' b = \"\\\"}\" ")),
            ("-- }\n}", Some("-- }\n")),
            ("--[[ } ]] x }", Some("--[[ } ]] x ")),
            ("a = [==[ } ]] ]==] }", Some("a = [==[ } ]] ]==] ")),
            ("t[1] = 2 }", Some("t[1] = 2 ")),
            ("{ }", None),
        ] {
            assert_eq!(block(&mut Cursor::new(text)), inside, "{text}");
        }
    }
}
