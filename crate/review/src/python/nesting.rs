//! How deep a file is nested, found without a tree: a tree that is too deep could not even be dropped.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::Mode;
use ruff_python_parser::lexer::lex;

/// Brackets inside of each other; `CPython`'s tokenizer takes 200 (`MAXLEVEL`).
const BRACKETS: usize = 200;
/// Blocks inside of each other; `CPython` takes 100 levels of indentation (`MAXINDENT`).
const BLOCKS: usize = 100;
/// Operators, calls and the like that may be inside of each other. `CPython`'s compiler gives up at some thousands.
const CHAIN: usize = 1000;

/// The octet of the line where a file is nested deeper than Python takes; none where it is not.
pub fn too_deep(text: &str) -> Option<usize> {
    if !is_too_deep(text) {
        return None;
    }
    // The lexer tells no positions: the first line up to whose end it is too deep.
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let first = ends.partition_point(|&end| !text.get(..end).is_some_and(is_too_deep));
    Some(first.checked_sub(1).and_then(|before| ends.get(before).copied()).unwrap_or_default())
}

fn is_too_deep(text: &str) -> bool {
    let mut lexer = lex(text, Mode::Module);
    let mut blocks = 0_usize;
    // For each open bracket what stands in a row in it; the last is the innermost.
    let mut open: Vec<usize> = vec![0];
    let mut total = 0_usize;
    loop {
        match lexer.next_token() {
            TokenKind::EndOfFile => return false,
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            TokenKind::Comma | TokenKind::Semi => {
                // The next element begins anew.
                total -= open.last_mut().map(std::mem::take).unwrap_or_default();
            }
            TokenKind::Newline => {
                open = vec![0];
                total = 0;
            }
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                count(&mut open, &mut total);
                open.push(0);
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace if open.len() > 1 => {
                total -= open.pop().unwrap_or_default();
            }
            kind if is_flat(kind) => {}
            _ => count(&mut open, &mut total),
        }
        if open.len() > BRACKETS + 1 || blocks > BLOCKS || total > CHAIN {
            return true;
        }
    }
}

fn count(open: &mut [usize], total: &mut usize) {
    if let Some(last) = open.last_mut() {
        *last += 1;
        *total += 1;
    }
}

/// What opens nothing: operands, and what stands between lines.
const fn is_flat(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::FStringMiddle
            | TokenKind::TStringMiddle
            | TokenKind::Comment
            | TokenKind::NonLogicalNewline
    )
}

#[cfg(test)]
mod tests {
    use super::too_deep;

    #[test]
    fn what_python_takes_is_not_too_deep() {
        for text in [
            format!("{}1{}", "(".repeat(200), ")".repeat(200)),
            format!("A = [{}]", "'a.b' + x[0](1),\n".repeat(20_000)),
            "A = 1\n".repeat(20_000),
            format!("A = {}1", "1 + ".repeat(900)),
        ] {
            assert_eq!(too_deep(&text), None);
        }
        for text in [
            format!("A = 1\nB = {}1", "(".repeat(10_000)),
            format!("A = 1\nB = {}1", "- ".repeat(10_000)),
            format!("A = 1\nB = {}1", "1 if 1 else ".repeat(10_000)),
            format!("A = 1\nB = {}1", "lambda: ".repeat(10_000)),
            format!("A = 1\nB = a{}", ".a".repeat(10_000)),
        ] {
            assert_eq!(too_deep(&text), Some(6));
        }
    }
}
