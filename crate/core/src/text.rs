//! Text that comes from a site, on its way to people.

/// Whether a character steers a terminal, reorders a line or hides in it: controls, line and
/// paragraph separators, those of the Unicode Bidirectional Algorithm, and what has no width.
///
/// Line feeds count too; who writes lines of their own lets those pass.
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // The soft hyphen, the Arabic letter mark, the Mongolian vowel separator.
            '\u{00AD}' | '\u{061C}' | '\u{180E}'
            // Zero width; left-to-right and right-to-left marks.
            | '\u{200B}'..='\u{200F}'
            // Separators; embeddings and overrides.
            | '\u{2028}'..='\u{202E}'
            // Invisible operators, isolates, deprecated format characters.
            | '\u{2060}'..='\u{206F}'
            // The byte order mark, interlinear annotation, tags.
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// At most `limit` characters, the last one an ellipsis where text was cut.
pub fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some(_) => text.chars().take(limit.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// A number with a comma before each three digits.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A fingerprint of texts in their order: the same in every run and on every machine (FNV-1a of 64 bits, in hexadecimal).
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for octet in part.bytes().chain([0]) {
            hash = (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::steers;

    #[test]
    fn every_character_of_the_set_and_no_other_steers() {
        let set: [(u32, u32); 11] = [
            (0, 0x1F),
            (0x7F, 0x9F),
            (0xAD, 0xAD),
            (0x61C, 0x61C),
            (0x180E, 0x180E),
            (0x200B, 0x200F),
            (0x2028, 0x202E),
            (0x2060, 0x206F),
            (0xFEFF, 0xFEFF),
            (0xFFF9, 0xFFFB),
            (0xE_0000, 0xE_007F),
        ];
        for c in '\0'..=char::MAX {
            let wanted = set.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c)));
            assert_eq!(steers(c), wanted, "U+{:04X}", u32::from(c));
        }
    }
}
