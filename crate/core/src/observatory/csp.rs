//! Its reading of Content-Security-Policy.

use super::Seen;
use super::text::{compare, is_space, percent_decoded, trim};
use crate::order::sorted;

/// What came of it.
#[derive(Clone, Copy)]
pub(super) struct Policy {
    /// The result code.
    pub code: &'static str,
    /// A policy that it could read has `frame-ancestors`, a `meta` element's too.
    pub has_frame_ancestors: bool,
}

/// Sources that allow nearly everything.
const BROAD: [&str; 8] =
    ["ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"];
const INLINE: [&str; 2] = ["'unsafe-inline'", "data:"];
const NONCES_HASHES: [&str; 4] = ["'sha256-", "'sha384-", "'sha512-", "'nonce-"];
/// The shortest policy that it takes, in characters.
const SHORTEST: usize = 6;

/// Directives, each once, with their sources, each once.
struct Read {
    directives: Vec<(String, Vec<String>)>,
    /// `report-uri` or `report-to` stands twice in a policy.
    repeated: bool,
}

struct Source {
    text: String,
    policy: usize,
    keep: bool,
}

impl Read {
    fn find(&self, name: &str) -> Option<usize> {
        self.directives.iter().position(|(known, _)| known == name)
    }

    fn find_or_default(&self, name: &str) -> Option<usize> {
        self.find(name).or_else(|| self.find("default-src"))
    }

    fn sources(&self, at: Option<usize>) -> &[String] {
        at.and_then(|at| self.directives.get(at)).map_or(&[], |(_, sources)| sources)
    }

    fn retain(&mut self, at: Option<usize>, keep: impl Fn(&str) -> bool) {
        if let Some((_, sources)) = at.and_then(|at| self.directives.get_mut(at)) {
            sources.retain(|source| keep(source));
        }
    }
}

/// Reads several policies as one; none where it calls them invalid.
fn read(policies: &[String]) -> Option<Read> {
    let clean = policies.iter().map(|policy| {
        let policy: String = policy.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
        trim(&policy).to_owned()
    });
    let clean: Vec<String> = clean.collect();
    if clean.iter().any(|policy| policy.encode_utf16().count() < SHORTEST) {
        return None;
    }
    let mut all: Vec<(String, Vec<Source>)> = Vec::new();
    let mut repeated = false;
    for (number, policy) in clean.iter().enumerate() {
        let mut before: Vec<String> = Vec::new();
        for entry in policy.split(';') {
            let mut words = entry.split(is_space).filter(|word| !word.is_empty());
            let Some(directive) = words.next().map(str::to_lowercase) else { continue };
            if !before.contains(&directive) {
                before.push(directive.clone());
            } else if directive == "report-uri" || directive == "report-to" {
                repeated = true;
            } else {
                return None;
            }
            let source = |text| Source { text, policy: number, keep: number == 0 };
            let mut values: Vec<Source> = words.map(|word| source(word.to_lowercase())).collect();
            if values.is_empty() && directive.ends_with("-src") {
                values.push(source("'none'".to_owned()));
            }
            let place = if let Some(place) = all.iter().position(|(known, _)| *known == directive) {
                place
            } else {
                all.push((directive, Vec::new()));
                all.len() - 1
            };
            let mut combined = std::mem::take(&mut all[place].1);
            if number == 0 {
                combined.clear();
            }
            combined.extend(values);
            let mut combined = sorted(combined, |a: &Source, b: &Source| compare(&a.text, &b.text));
            for at in 1..combined.len() {
                let (before, rest) = combined.split_at_mut(at);
                let (Some(previous), Some(source)) = (before.last(), rest.first_mut()) else { continue };
                if source.policy == previous.policy {
                    if source.text.starts_with(&previous.text) {
                        source.keep = false;
                    }
                } else if matches_part(&previous.text, &source.text)? {
                    source.keep = true;
                }
            }
            combined.retain(|source| source.keep);
            if number == 0 && clean.len() > 1 {
                for source in &mut combined {
                    source.keep = false;
                }
            }
            all[place].1 = combined;
        }
    }
    let directives = all.into_iter().map(|(name, sources)| {
        let mut texts: Vec<String> = Vec::new();
        for source in sources {
            if !texts.contains(&source.text) {
                texts.push(source.text);
            }
        }
        if texts.is_empty() {
            texts.push("'none'".to_owned());
        }
        (name, texts)
    });
    Some(Read { directives: directives.collect(), repeated })
}

/// Whether a source of one policy allows what one of another does, as if both were paths; none where it throws.
fn matches_part(a: &str, b: &str) -> Option<bool> {
    if a.is_empty() || (a == "/" && b.is_empty()) {
        return Some(true);
    }
    let exact = !a.ends_with('/');
    let mut pieces_a: Vec<&str> = a.split('/').collect();
    let pieces_b: Vec<&str> = b.split('/').collect();
    if pieces_a.len() > pieces_b.len() || (exact && pieces_a.len() != pieces_b.len()) {
        return Some(false);
    }
    if !exact {
        pieces_a.pop();
    }
    for (piece_a, piece_b) in pieces_a.iter().zip(&pieces_b) {
        if percent_decoded(piece_a)? != percent_decoded(piece_b)? {
            return Some(false);
        }
    }
    Some(true)
}

/// Directives that count in no `meta` element.
const NOT_IN_META: [&str; 3] = ["frame-ancestors", "report-uri", "sandbox"];

pub(super) fn test(seen: &Seen<'_, '_>) -> Option<Policy> {
    let header: Vec<String> = seen.field("content-security-policy").seen()?.into_iter().collect();
    let metas = seen.metas("content-security-policy")?;
    let both: Vec<String> = header.iter().chain(&metas).cloned().collect();
    let nothing = |code| Policy { code, has_frame_ancestors: false };
    let Some(policy) = read(&both) else { return Some(nothing("csp-header-invalid")) };
    let of_header = read(&header).map_or(0, |read| read.directives.len());
    let of_meta = read(&metas).map_or(0, |read| {
        let counts = |(name, _): &&(String, _)| !NOT_IN_META.contains(&name.as_str());
        // What it notes on repetitions is an entry of the same map.
        read.directives.iter().filter(counts).count() + usize::from(read.repeated)
    });
    if of_header + of_meta == 0 {
        let reports = seen.field("content-security-policy-report-only").seen()?;
        return Some(nothing(match reports {
            Some(value) if !value.is_empty() => "csp-not-implemented-but-reporting-enabled",
            _ => "csp-not-implemented",
        }));
    }
    let has_frame_ancestors = policy.find("frame-ancestors").is_some();
    Some(Policy { code: judge(policy, seen.https), has_frame_ancestors })
}

/// The first that is true of the policy.
fn judge(mut policy: Read, https: bool) -> &'static str {
    let [object, script, style] =
        ["object-src", "script-src", "style-src"].map(|name| policy.find_or_default(name));
    let starts = |source: &str, with: &[&str]| with.iter().any(|start| source.starts_with(start));
    let has = |policy: &Read, at, source: &str| policy.sources(at).iter().any(|known| known == source);
    let trusts = |policy: &Read, at| policy.sources(at).iter().any(|source| starts(source, &NONCES_HASHES));
    for at in [script, style] {
        if trusts(&policy, at) {
            policy.retain(at, |source| source != INLINE[0]);
        }
    }
    let dynamic = has(&policy, script, "'strict-dynamic'");
    if dynamic && trusts(&policy, script) {
        policy.retain(script, |source| !starts(source, &BROAD) && source != "'self'" && source != INLINE[0]);
    } else if dynamic {
        return "csp-header-invalid";
    }
    let insecure = |source: &String| starts(source, &["http:", "ftp:"]);
    let mut active = policy.directives.iter().enumerate().filter(|(at, (name, _))| {
        Some(*at) == script || !matches!(name.as_str(), "img-src" | "media-src" | "script-src")
    });
    let passive = ["img-src", "media-src"].map(|name| policy.sources(policy.find_or_default(name)));
    let is_broad = |source: &String| BROAD.contains(&source.as_str());
    let is_inline = |source: &String| is_broad(source) || INLINE.contains(&source.as_str());
    // Where nothing is said, everything is allowed.
    let any =
        |at: Option<usize>, is: &dyn Fn(&String) -> bool| at.is_none() || policy.sources(at).iter().any(is);
    let code = if any(script, &is_inline) || any(object, &is_broad) {
        "csp-implemented-with-unsafe-inline"
    } else if https && active.any(|(_, (_, sources))| sources.iter().any(insecure)) {
        "csp-implemented-with-insecure-scheme"
    } else if has(&policy, script, "'unsafe-eval'") || has(&policy, style, "'unsafe-eval'") {
        return "csp-implemented-with-unsafe-eval";
    } else if https && passive.iter().any(|sources| sources.iter().any(insecure)) {
        "csp-implemented-with-insecure-scheme-in-passive-content-only"
    } else if any(style, &is_inline) {
        "csp-implemented-with-unsafe-inline-in-style-src-only"
    } else {
        match policy.sources(policy.find("default-src")) {
            [only] if only == "'none'" => "csp-implemented-with-no-unsafe-default-src-none",
            _ => "csp-implemented-with-no-unsafe",
        }
    };
    let passes =
        !matches!(code, "csp-implemented-with-unsafe-inline" | "csp-implemented-with-insecure-scheme");
    if policy.repeated && passes { "csp-implemented-but-duplicate-directives" } else { code }
}
