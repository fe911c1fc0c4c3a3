//! Words and punctuation, as `ngx_conf_read_token` cuts them.
//!
//! What surprises: a quoted word has to be followed by a space, `;`, `{` or `)`; inside of a word `}` is a character like
//! others, and so is `{` right behind `$`; `\"`, `\'` and `\\` lose their backslash, `\t`, `\r` and `\n` become what they
//! name, and every other backslash stays, so that expressions need no doubling.

use super::cursor::{Cursor, Spot};

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word, without its quotes.
    Word(String),
    /// `;`
    Semicolon,
    /// `{`
    Open,
    /// `}`
    Close,
    /// The end of the file.
    End,
}

/// Why a token cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub spot: Spot,
    /// What is wrong and what is expected.
    pub message: String,
}

/// The next token and where it begins.
pub fn next(cursor: &mut Cursor<'_>) -> Result<(Token, Spot), Fault> {
    skip_blanks(cursor);
    let spot = cursor.spot;
    let Some(first) = cursor.peek() else { return Ok((Token::End, spot)) };
    let token = match first {
        ';' => punctuation(cursor, Token::Semicolon),
        '{' => punctuation(cursor, Token::Open),
        '}' => punctuation(cursor, Token::Close),
        '"' | '\'' => Token::Word(quoted(cursor, first)?),
        _ => Token::Word(bare(cursor)),
    };
    Ok((token, spot))
}

fn punctuation(cursor: &mut Cursor<'_>, token: Token) -> Token {
    cursor.bump();
    token
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn skip_blanks(cursor: &mut Cursor<'_>) {
    while let Some(c) = cursor.peek() {
        match c {
            '#' => cursor.skip_line(),
            c if is_blank(c) => {
                cursor.bump();
            }
            _ => break,
        }
    }
}

/// A word without quotes: up to a blank, `;` or `{`.
fn bare(cursor: &mut Cursor<'_>) -> String {
    let mut word = String::new();
    let mut variable = false;
    while let Some(c) = cursor.peek() {
        if c == '{' && variable {
            word.push(c);
            cursor.bump();
            variable = false;
            continue;
        }
        if is_blank(c) || matches!(c, ';' | '{') {
            break;
        }
        cursor.bump();
        variable = c == '$';
        if c == '\\' { escape(cursor, &mut word) } else { word.push(c) }
    }
    word
}

fn quoted(cursor: &mut Cursor<'_>, quote: char) -> Result<String, Fault> {
    let opened = cursor.spot;
    cursor.bump();
    let mut word = String::new();
    loop {
        match cursor.bump() {
            None => {
                let message = format!("the quotation mark {quote} that begins here is never closed");
                return Err(Fault { spot: opened, message });
            }
            Some('\\') => escape(cursor, &mut word),
            Some(c) if c == quote => break,
            Some(c) => word.push(c),
        }
    }
    match cursor.peek() {
        // nginx ends the word at `)` too, and takes what follows as the next one.
        None | Some(' ' | '\t' | '\r' | '\n' | ';' | '{' | ')') => Ok(word),
        Some(_) => Err(Fault {
            spot: cursor.spot,
            message: "expected a space, `;` or `{` after a quoted word".to_owned(),
        }),
    }
}

/// What stands behind a backslash.
fn escape(cursor: &mut Cursor<'_>, word: &mut String) {
    match cursor.bump() {
        Some(c @ ('"' | '\'' | '\\')) => word.push(c),
        Some('t') => word.push('\t'),
        Some('r') => word.push('\r'),
        Some('n') => word.push('\n'),
        Some(c) => word.extend(['\\', c]),
        None => word.push('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Token, next};

    fn words(text: &str) -> Vec<String> {
        let mut cursor = Cursor::new(text);
        let mut out = Vec::new();
        loop {
            match next(&mut cursor) {
                Ok((Token::End, _)) => return out,
                Ok((Token::Word(word), _)) => out.push(word),
                Ok((token, _)) => out.push(format!("{token:?}")),
                Err(fault) => {
                    out.push(format!("{}:{} {}", fault.spot.line, fault.spot.column, fault.message));
                    return out;
                }
            }
        }
    }

    #[test]
    fn words_are_cut_as_nginx_cuts_them() {
        for (text, expected) in [
            ("a  b;# c\n\td", vec!["a", "b", "Semicolon", "d"]),
            (r#""a b; {c}" 'd"e';"#, vec!["a b; {c}", "d\"e", "Semicolon"]),
            ("https://${host}$request_uri;", vec!["https://${host}$request_uri", "Semicolon"]),
            (r"^/\d+\.(css|js)$ {", vec![r"^/\d+\.(css|js)$", "Open"]),
            (r#"a\"b\\c\td"#, vec!["a\"b\\c\td"]),
            ("a}b }", vec!["a}b", "Close"]),
            ("a#b", vec!["a#b"]),
            (r#"("a")"#, vec!["(\"a\")"]),
            (r#""a"b"#, vec!["1:4 expected a space, `;` or `{` after a quoted word"]),
            ("x \"a\nb", vec!["x", "1:3 the quotation mark \" that begins here is never closed"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
