//! `xtask docs`: the pages of the checks, from their declarations: `docs/checks/`, and one page for the extension.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use https_audit_core::check::{page, registry};
use pulldown_cmark::{Event, Options, Parser, Tag, html};

/// Where the pages lie.
const FOLDER: &str = "docs/checks";

/// Arguments of `xtask docs`.
#[derive(clap::Args)]
pub struct Args {
    /// Writes nothing; fails when a page is not what the declarations say, is missing or is too many.
    #[arg(long)]
    check: bool,
}

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<()> {
    let pages = pages();
    let stale = differing(Path::new(FOLDER), &pages)?;
    if args.check {
        if !stale.is_empty() {
            bail!("stale: {}; `cargo run -p xtask -- docs` writes them anew", stale.join(", "));
        }
        println!("{FOLDER}: {} pages, as the checks are declared", pages.len());
        return Ok(());
    }
    fs::create_dir_all(FOLDER).context(FOLDER)?;
    for name in stale {
        let path = Path::new(FOLDER).join(&name);
        match pages.get(&name) {
            Some(text) => fs::write(&path, text),
            None => fs::remove_file(&path),
        }
        .with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Every page by its file's name.
fn pages() -> BTreeMap<String, String> {
    let mut pages: BTreeMap<String, String> =
        registry::ALL.iter().map(|check| (format!("{}.md", check.id), page::page(check))).collect();
    pages.insert("README.md".to_owned(), page::index());
    pages.insert("by-tool.md".to_owned(), page::by_tool());
    pages
}

/// Names of files that are not there, are other than they should be, or should not be there.
fn differing(folder: &Path, pages: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let mut names: Vec<String> = pages
        .iter()
        .filter(|(name, text)| fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| name.clone())
        .collect();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(names) };
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !pages.contains_key(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// All pages as one page of the extension, each in a section with the check's id: `checks.html#ID`. It needs no script.
pub fn extension_page() -> String {
    let mut body = String::from("<header><h1>Checks of HTTPS Audit</h1>\n<nav aria-label=\"Checks\"><ul>\n");
    for check in registry::ALL {
        body.extend(["<li><a href=\"#", check.id, "\">", check.id, "</a></li>\n"]);
    }
    body += "</ul></nav></header>\n<main>\n";
    for check in registry::ALL {
        let text = page::page(check);
        // Its headings stand one level below the page's own.
        let events = Parser::new_ext(&text, Options::empty()).map(|event| match event {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                Event::Start(Tag::Heading { level: lower(level), id, classes, attrs })
            }
            Event::End(pulldown_cmark::TagEnd::Heading(level)) => {
                Event::End(pulldown_cmark::TagEnd::Heading(lower(level)))
            }
            other => other,
        });
        body.extend(["<section id=\"", check.id, "\">\n"]);
        html::push_html(&mut body, events);
        body += "</section>\n";
    }
    format!(
        "<!doctype html>\n<html lang=\"en\" data-page=\"checks\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Checks of HTTPS Audit</title>\n\
         <link rel=\"stylesheet\" href=\"style.css\">\n<link rel=\"stylesheet\" href=\"checks.css\">\n</head>\n\
         <body>\n{body}</main>\n</body>\n</html>\n"
    )
}

const fn lower(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H2, H3, H4, H5, H6};
    match level {
        pulldown_cmark::HeadingLevel::H1 => H2,
        H2 => H3,
        H3 => H4,
        H4 => H5,
        H5 | H6 => H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_a_missing_and_a_left_over_page_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let pages: BTreeMap<String, String> =
            ["a.md", "b.md", "c.md"].map(|name| (name.to_owned(), "text".to_owned())).into();
        fs::write(folder.path().join("a.md"), "text").unwrap();
        fs::write(folder.path().join("b.md"), "old text").unwrap();
        fs::write(folder.path().join("d.md"), "text").unwrap();
        assert_eq!(differing(folder.path(), &pages).unwrap(), ["b.md", "c.md", "d.md"]);
    }

    #[test]
    fn the_extension_has_every_check_and_no_script() {
        let page = extension_page();
        for check in registry::ALL {
            assert!(page.contains(&format!("<section id=\"{}\">", check.id)), "{}", check.id);
        }
        assert!(!page.contains("<script") && !page.contains("style="));
    }
}
