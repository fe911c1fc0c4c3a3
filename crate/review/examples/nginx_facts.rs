//! Prints what the review takes each server of nginx configuration to do, as JSON, for the test that asks a real nginx:
//! `nginx_facts FILE…`. With `--review` it prints the review instead.

use std::process::ExitCode;

use https_audit_review::{Source, nginx};

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let review = args.first().is_some_and(|first| first == "--review");
    if review {
        args.remove(0);
    }
    let mut sources = Vec::new();
    for path in args {
        match std::fs::read(&path) {
            Ok(octets) => sources.push(Source { path, text: String::from_utf8_lossy(&octets).into_owned() }),
            Err(error) => {
                eprintln!("nginx_facts: {path}: {error}");
                return ExitCode::from(2);
            }
        }
    }
    let json = if review {
        serde_json::to_string_pretty(&nginx::review(&sources))
    } else {
        serde_json::to_string_pretty(&nginx::facts::facts(&sources))
    };
    match json {
        Ok(json) => println!("{json}"),
        Err(error) => {
            eprintln!("nginx_facts: {error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
