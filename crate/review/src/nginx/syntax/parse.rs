//! Tokens to a tree of directives, without recursion.

use super::cursor::{Cursor, Spot};
use super::token::{self, Fault, Token};
use super::{Block, Directive, Parsed, lua};

/// How deep blocks may be nested. nginx has no bound of its own, and its contexts allow no more than a dozen that mean
/// something.
pub const MAX_DEPTH: usize = 64;

/// Reads a text.
pub fn parse(text: &str, file: usize) -> Parsed {
    let mut cursor = Cursor::new(text);
    let mut faults = Vec::new();
    if cursor.peek() == Some('\u{FEFF}') {
        let message = "the file begins with a byte order mark, which nginx takes for a part of the first word; save it without"
            .to_owned();
        faults.push(Fault { spot: cursor.spot, message });
        cursor.bump();
    }
    let mut tree = Tree { file, open: Vec::new(), current: Vec::new() };
    let fault = loop {
        match step(&mut cursor, &mut tree) {
            Ok(true) => {}
            Ok(false) => break None,
            Err(fault) => break Some(fault),
        }
    };
    let cut = fault.is_some();
    faults.extend(fault);
    while tree.close(true) {}
    Parsed { directives: tree.current, faults, cut }
}

/// The blocks that are open, and what the innermost one holds so far.
struct Tree {
    file: usize,
    /// The head of each open block, with what stood before it.
    open: Vec<(Directive, Vec<Directive>)>,
    current: Vec<Directive>,
}

impl Tree {
    fn head(&self, name: String, args: Vec<String>, spot: Spot) -> Directive {
        Directive { name, args, block: None, file: self.file, spot }
    }

    fn open(&mut self, head: Directive) {
        self.open.push((head, std::mem::take(&mut self.current)));
    }

    /// Closes the innermost block; false where none is open.
    fn close(&mut self, cut: bool) -> bool {
        let Some((mut head, before)) = self.open.pop() else { return false };
        let inside = std::mem::replace(&mut self.current, before);
        head.block = Some(Block::Directives { inside, cut });
        self.current.push(head);
        true
    }
}

/// Reads one directive, the head of a block, or the end of one; false at the end of the text.
fn step(cursor: &mut Cursor<'_>, tree: &mut Tree) -> Result<bool, Fault> {
    let (token, spot) = token::next(cursor)?;
    match token {
        Token::Word(name) => directive(cursor, tree, name, spot).map(|()| true),
        Token::Close if tree.close(false) => Ok(true),
        Token::Close => fault(spot, "`}` closes nothing here"),
        Token::Semicolon => fault(spot, "expected a directive before `;`"),
        Token::Open => fault(spot, "expected a directive before `{`"),
        Token::End => match tree.open.last() {
            None => Ok(false),
            Some((head, _)) => fault(
                spot,
                &format!("the file ends, expected `}}` for the block that line {} opens", head.spot.line),
            ),
        },
    }
}

/// The rest of a directive.
fn directive(cursor: &mut Cursor<'_>, tree: &mut Tree, name: String, spot: Spot) -> Result<(), Fault> {
    let mut args = Vec::new();
    loop {
        let (token, at) = token::next(cursor)?;
        match token {
            Token::Word(word) => args.push(word),
            Token::Semicolon => {
                let head = tree.head(name, args, spot);
                tree.current.push(head);
                return Ok(());
            }
            Token::Open if name.ends_with("_by_lua_block") => {
                let mut head = tree.head(name, args, spot);
                let Some(code) = lua::block(cursor) else {
                    return fault(at, "expected `}`: this block of Lua is never closed");
                };
                head.block = Some(Block::Lua(code.to_owned()));
                tree.current.push(head);
                return Ok(());
            }
            Token::Open if tree.open.len() >= MAX_DEPTH => {
                return fault(at, &format!("blocks are nested deeper than {MAX_DEPTH}, expected `;`"));
            }
            Token::Open => {
                let head = tree.head(name, args, spot);
                tree.open(head);
                return Ok(());
            }
            Token::Close => return fault(at, "expected `;` before `}`"),
            Token::End => return fault(at, "the file ends, expected `;` or `{`"),
        }
    }
}

fn fault<T>(spot: Spot, message: &str) -> Result<T, Fault> {
    Err(Fault { spot, message: message.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::{Block, Directive};
    use super::parse;

    /// The tree in one line: `a b { c; }`, with `…` where a block was cut off.
    fn shown(directives: &[Directive]) -> String {
        let one = |directive: &Directive| {
            let head = std::iter::once(&directive.name).chain(&directive.args);
            let head = head.map(String::as_str).collect::<Vec<_>>().join(" ");
            match &directive.block {
                None => format!("{head};"),
                Some(Block::Lua(code)) => format!("{head} <{}>", code.trim()),
                Some(Block::Directives { inside, cut }) => {
                    format!("{head} {{ {}{} }}", shown(inside), if *cut { "…" } else { "" })
                }
            }
        };
        directives.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_can_be_read_is_read() {
        for (text, tree, faults) in [
            ("", "", vec![]),
            ("\u{FEFF}a;", "a;", vec!["1:1 the file begins with a byte order mark"]),
            ("http { server { listen 80; } }", "http { server { listen 80; } }", vec![]),
            ("a b\r\n;\r\nc { }", "a b; c {  }", vec![]),
            ("content_by_lua_block { f('}') }\nx;", "content_by_lua_block <f('}')> x;", vec![]),
            ("a;\nserver { b;\n c", "a; server { b;… }", vec!["3:3 the file ends, expected `;` or `{`"]),
            (
                "server {\n a;",
                "server { a;… }",
                vec!["2:4 the file ends, expected `}` for the block that line 1"],
            ),
            ("a; } b;", "a;", vec!["1:4 `}` closes nothing here"]),
            ("s { a b }", "s { … }", vec!["1:9 expected `;` before `}`"]),
            ("{% if %}", "", vec!["1:1 expected a directive before `{`"]),
            ("a;;", "a;", vec!["1:3 expected a directive before `;`"]),
        ] {
            let parsed = parse(text, 0);
            assert_eq!(shown(&parsed.directives), tree, "{text}");
            let said =
                parsed.faults.iter().map(|f| format!("{}:{} {}", f.spot.line, f.spot.column, f.message));
            let said: Vec<String> = said.collect();
            assert_eq!(said.len(), faults.len(), "{text}: {said:?}");
            for (said, expected) in said.iter().zip(&faults) {
                assert!(said.starts_with(expected), "{text}: {said}");
            }
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let parsed = parse(&"a{".repeat(10_000), 0);
        assert!(parsed.cut && parsed.faults.iter().any(|f| f.message.contains("nested deeper")));
    }
}
