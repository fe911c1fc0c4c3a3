//! Whether a field is a dictionary of RFC 9651, as Permissions-Policy must be: Chromium drops one that is none as a whole.
//! Firefox reads no such field.
//!
//! Only the form is read, since only the form decides. `sfv`, which reads values too, is 25 KB of the wasm module.

use super::octets::is_tchar;

/// Where the lines, with `, ` between them, stop to be a dictionary; none where they are one.
pub fn fault(lines: &[&[u8]]) -> Option<usize> {
    let joined = lines.join(&b", "[..]);
    let mut cursor = Cursor { text: &joined, at: 0 };
    cursor.dictionary().is_none().then_some(cursor.at)
}

struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip(&mut self, within: fn(u8) -> bool) -> usize {
        let from = self.at;
        while self.peek().is_some_and(within) {
            self.at += 1;
        }
        self.at - from
    }

    fn take(&mut self, octet: u8) -> bool {
        let there = self.peek() == Some(octet);
        self.at += usize::from(there);
        there
    }

    /// Steps over an octet of this sort; none where there is none.
    fn need(&mut self, within: fn(u8) -> bool) -> Option<()> {
        within(self.peek()?).then(|| self.at += 1)
    }

    /// §4.2.2.
    fn dictionary(&mut self) -> Option<()> {
        self.skip(is_space);
        while self.peek().is_some() {
            self.key()?;
            if self.take(b'=') {
                self.member()?;
            }
            self.parameters()?;
            self.skip(is_ows);
            if self.peek().is_none() {
                return Some(());
            }
            self.need(|octet| octet == b',')?;
            self.skip(is_ows);
            // A comma at the end.
            self.peek()?;
        }
        Some(())
    }

    /// An item or an inner list (§4.2.1.1), without the parameters behind it.
    fn member(&mut self) -> Option<()> {
        if !self.take(b'(') {
            return self.bare();
        }
        loop {
            self.skip(is_space);
            if self.take(b')') {
                return Some(());
            }
            self.bare()?;
            self.parameters()?;
            if !matches!(self.peek()?, b' ' | b')') {
                return None;
            }
        }
    }

    /// §4.2.3.2.
    fn parameters(&mut self) -> Option<()> {
        while self.take(b';') {
            self.skip(is_space);
            self.key()?;
            if self.take(b'=') {
                self.bare()?;
            }
        }
        Some(())
    }

    /// §4.2.3.3.
    fn key(&mut self) -> Option<()> {
        self.need(|octet| octet.is_ascii_lowercase() || octet == b'*')?;
        self.skip(|octet| {
            octet.is_ascii_lowercase() || octet.is_ascii_digit() || matches!(octet, b'_' | b'-' | b'.' | b'*')
        });
        Some(())
    }

    /// §4.2.3.1, of the sorts that there were in RFC 8941.
    fn bare(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string(),
            b'?' => {
                self.at += 1;
                self.need(|octet| matches!(octet, b'0' | b'1'))
            }
            b':' => {
                self.at += 1;
                self.skip(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/' | b'='));
                self.need(|octet| octet == b':')
            }
            b'-' | b'0'..=b'9' => {
                self.take(b'-');
                self.need(|octet| octet.is_ascii_digit())?;
                self.skip(|octet| octet.is_ascii_digit());
                if self.take(b'.') {
                    self.need(|octet| octet.is_ascii_digit())?;
                    self.skip(|octet| octet.is_ascii_digit());
                }
                Some(())
            }
            _ => {
                self.need(|octet| octet.is_ascii_alphabetic() || octet == b'*')?;
                self.skip(|octet| is_tchar(octet) || matches!(octet, b':' | b'/'));
                Some(())
            }
        }
    }

    /// §4.2.5.
    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => {
                    self.at += 1;
                    self.need(|octet| matches!(octet, b'"' | b'\\'))?;
                }
                b' '..=b'~' => self.at += 1,
                _ => return None,
            }
        }
    }
}

const fn is_space(octet: u8) -> bool {
    octet == b' '
}

const fn is_ows(octet: u8) -> bool {
    super::octets::is_ows(octet)
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn sound_ones() {
        for line in [
            "",
            "geolocation=()",
            "camera=(), microphone=(self \"https://a.test\"),fullscreen=*",
            "geolocation=(self);report-to=x , usb",
            "a=1, b=-1.5, c=?1, d=:YQ==:, e=\"\\\"\\\\\", *x.y_z-0=token/a:b",
            "camera=( self  )",
        ] {
            assert_eq!(fault(&[line.as_bytes()]), None, "{line}");
        }
        assert_eq!(fault(&[b"camera=()", b"usb=()"]), None);
        assert_eq!(fault(&[]), None);
    }

    #[test]
    fn what_is_none_is_told_where() {
        for (line, at) in [
            ("geolocation 'none'", 12),
            ("geolocation 'none'; camera 'self'", 12),
            ("geolocation=('self')", 13),
            ("geolocation=(),", 15),
            ("Geolocation=()", 0),
            ("geolocation=(", 13),
            ("geolocation=(self", 17),
            ("geolocation=(self\"x\")", 17),
            ("geolocation=", 12),
            ("geolocation=\"x", 14),
            ("geolocation=()camera=()", 14),
            ("a=1.", 4),
            ("a=?2", 3),
            ("a;", 2),
        ] {
            assert_eq!(fault(&[line.as_bytes()]), Some(at), "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_octets_end(line: Vec<u8>) {
            if let Some(at) = fault(&[&line]) {
                proptest::prop_assert!(at <= line.len());
            }
        }
    }
}
