//! Lines and columns of offsets.

use crate::Place;

/// The beginnings of the lines of a file, and its text.
pub struct Lines {
    file: String,
    text: String,
    starts: Vec<usize>,
}

impl Lines {
    /// Lines end with LF, CR LF or CR, as Python reads them.
    pub fn new(file: &str, text: &str) -> Self {
        let octets = text.as_bytes();
        let ends = octets.iter().enumerate().filter(|&(at, &octet)| match octet {
            b'\n' => true,
            b'\r' => octets.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = [0].into_iter().chain(ends.map(|(at, _)| at + 1)).collect();
        Self { file: file.to_owned(), text: text.to_owned(), starts }
    }

    /// Where an offset in octets is.
    pub fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.text.get(start..offset).map_or(1, |before| before.chars().count() + 1);
        Place { file: self.file.clone(), line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn columns_are_characters() {
        let lines = Lines::new("a.py", "ä = 1\r\nb = 2\rc\n");
        let at = |offset| {
            let place = lines.place(offset);
            (place.line, place.column)
        };
        assert_eq!([at(0), at(3), at(8), at(14), at(99)], [(1, 1), (1, 3), (2, 1), (3, 1), (4, 1)]);
    }
}
