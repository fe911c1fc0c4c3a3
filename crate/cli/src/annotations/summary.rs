//! The summary of a step in GitHub Actions: Markdown at the end of the file that `$GITHUB_STEP_SUMMARY` names.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use crate::output::Failure;

/// The environment's name of the file.
const VARIABLE: &str = "GITHUB_STEP_SUMMARY";
/// Octets that GitHub takes of a step; of more it shows nothing. What is written before and behind has its room.
const LIMIT: u64 = 1_000_000;

/// Appends the parts, as many whole ones as GitHub takes, where the variable is set.
pub fn append(parts: &[String]) -> Result<(), Failure> {
    match std::env::var_os(VARIABLE) {
        Some(file) if !file.is_empty() => append_to(Path::new(&file), parts)
            .map_err(|error| Failure::of(&format!("${VARIABLE}, {}", file.display()), error)),
        _ => Ok(()),
    }
}

fn append_to(file: &Path, parts: &[String]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(file)?;
    let room = LIMIT.saturating_sub(file.metadata()?.len());
    file.write_all(fitting(parts, usize::try_from(room).unwrap_or(usize::MAX)).as_bytes())
}

/// The first parts that have room, and how many are left out.
fn fitting(parts: &[String], room: usize) -> String {
    let mut out = String::new();
    for (n, part) in parts.iter().enumerate() {
        if out.len() + part.len() > room {
            // Writing to a string cannot fail.
            let _ = write!(
                out,
                "\nLeft out, since GitHub takes no more: {} of {}.\n",
                parts.len() - n,
                parts.len()
            );
            break;
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{append_to, fitting};

    #[test]
    fn a_part_is_whole_or_counted() {
        let parts = ["abc\n".to_owned(), "def\n".to_owned(), "g\n".to_owned()];
        assert_eq!(fitting(&parts, 10), "abc\ndef\ng\n");
        assert_eq!(fitting(&parts, 9), "abc\ndef\n\nLeft out, since GitHub takes no more: 1 of 3.\n");
        assert_eq!(fitting(&parts, 3), "\nLeft out, since GitHub takes no more: 3 of 3.\n");
    }

    #[test]
    fn what_the_file_holds_stays() {
        let file = std::env::temp_dir().join(format!("https-audit-summary-{}.md", std::process::id()));
        std::fs::write(&file, "before\n").expect("written");
        append_to(&file, &["after\n".to_owned()]).expect("appended");
        let text = std::fs::read_to_string(&file).expect("readable");
        std::fs::remove_file(&file).expect("removed");
        assert_eq!(text, "before\nafter\n");
    }
}
