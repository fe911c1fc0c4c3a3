//! `https-audit-demo DIRECTORY`: starts the demo site, writes the CA's certificate into the directory, prints
//! one line of JSON that says where everything is, and ends when standard input closes.

use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use https_audit_demo::Demo;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(directory), None) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: https-audit-demo DIRECTORY");
        return ExitCode::from(2);
    };
    let demo = match Demo::start(&PathBuf::from(directory)) {
        Ok(demo) => demo,
        Err(error) => {
            eprintln!("https-audit-demo: {error}");
            return ExitCode::from(2);
        }
    };
    let printed = serde_json::to_string(demo.description())
        .map_err(io::Error::from)
        .and_then(|line| writeln!(io::stdout(), "{line}").and_then(|()| io::stdout().flush()));
    if let Err(error) = printed {
        eprintln!("https-audit-demo: {error}");
        return ExitCode::from(2);
    }
    // Whoever started us holds the other end; when they are gone, so are we.
    let _ = io::copy(&mut io::stdin().by_ref(), &mut io::sink());
    ExitCode::SUCCESS
}
