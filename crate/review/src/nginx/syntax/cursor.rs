//! One character after the other, with line and column.

/// Where something stands in a text, both counted from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A text that is being read.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    rest: std::str::Chars<'a>,
    /// Where the next character stands.
    pub spot: Spot,
}

impl<'a> Cursor<'a> {
    /// At the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text.chars(), spot: Spot { line: 1, column: 1 } }
    }

    /// What is left.
    pub fn rest(&self) -> &'a str {
        self.rest.as_str()
    }

    /// The next character, which stays.
    pub fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    /// The next character.
    pub fn bump(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c == '\n' {
            self.spot = Spot { line: self.spot.line + 1, column: 1 };
        } else {
            self.spot.column += 1;
        }
        Some(c)
    }

    /// Passes this text if it comes next.
    pub fn eat(&mut self, text: &str) -> bool {
        let comes = self.rest().starts_with(text);
        if comes {
            self.skip(text.chars().count());
        }
        comes
    }

    /// Passes so many characters.
    pub fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.bump();
        }
    }

    /// Passes everything up to the end of the line.
    pub fn skip_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n') {
            self.bump();
        }
    }
}
