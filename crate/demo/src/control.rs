//! What a test tells the running demo, over http at 127.0.0.1:
//!
//! | request | does |
//! | --- | --- |
//! | `PUT /vectors` | adds answers: a JSON array of `{"host", "path", "scheme"?, "status"?, "headers", "body"?, "held"?, "early"?}` |
//! | `DELETE /vectors` | forgets them |
//! | `PUT /certificates` | gives hosts certificates, before anyone connects to them: a JSON object of host and kind, such as `{"www.one-demo.org": "untrusted"}` |
//! | `GET /requests` | every request so far, in order: `[{"scheme", "method", "host", "target", "fields"}]` |
//! | `DELETE /requests` | forgets them |
//! | `POST /release?key=K` | lets the answers go that wait at `/hold?key=K` of any host, and the bodies held under K |
//!
//! In `headers` (whole lines) and `body` a character U+0000 to U+00FF is one octet (isomorphic encoding), so
//! any octets at all can be sent on any host. `"host": "*.oracle-demo.org"` stands for every sub-domain, and
//! `"path": "*"` for every path of which nothing is said. With `"held": "K"` the head goes out at once, with
//! as many octets of the body as `"early"` says (none), and the rest waits for the release of K.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::authority::Certificate;
use crate::hosts::{HOSTS, certificate_of};
use crate::wire::{Request, Response};

/// How long an answer is held at most, so that a forgotten key ends by itself.
const HELD_AT_MOST: Duration = Duration::from_secs(30);
const JSON: &str = "Content-Type: application/json";

/// An answer that a test ordered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    host: String,
    path: String,
    scheme: Option<String>,
    #[serde(default = "ok")]
    status: u16,
    headers: Vec<String>,
    #[serde(default)]
    body: String,
    held: Option<String>,
    #[serde(default)]
    early: usize,
}

fn ok() -> u16 {
    200
}

/// A request as the log tells it.
#[derive(Debug, Serialize)]
struct Logged {
    scheme: &'static str,
    method: String,
    host: String,
    target: String,
    fields: Vec<(String, String)>,
}

#[derive(Debug, Default)]
struct State {
    /// By host, path and scheme; no scheme stands for both.
    vectors: BTreeMap<(String, String, Option<String>), Response>,
    certificates: BTreeMap<String, Certificate>,
    log: Vec<Logged>,
    released: BTreeSet<String>,
}

/// What tests ordered and what was asked.
#[derive(Debug, Default)]
pub struct Control {
    state: Mutex<State>,
    released: Condvar,
}

impl Control {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the request is for the control interface.
    pub fn is_for(request: &Request) -> bool {
        matches!(request.host.as_str(), "127.0.0.1" | "localhost" | "control.localhost")
    }

    /// Notes a request to a demo host.
    pub fn log(&self, request: &Request) {
        let target = if request.query.is_empty() {
            request.path.clone()
        } else {
            format!("{}?{}", request.path, request.query)
        };
        self.state().log.push(Logged {
            scheme: request.scheme.as_str(),
            method: request.method.clone(),
            host: request.host.clone(),
            target,
            fields: request.fields.clone(),
        });
    }

    /// The answer that a test ordered for this request.
    pub fn ordered(&self, request: &Request) -> Option<Response> {
        let any_sub_domain = request.host.split_once('.').map(|(_, parent)| format!("*.{parent}"));
        let state = self.state();
        for host in std::iter::once(&request.host).chain(any_sub_domain.as_ref()) {
            for path in [request.path.as_str(), "*"] {
                for scheme in [Some(request.scheme.as_str().to_owned()), None] {
                    if let Some(response) = state.vectors.get(&(host.clone(), path.to_owned(), scheme)) {
                        return Some(response.clone());
                    }
                }
            }
        }
        None
    }

    /// The certificate that a test ordered for a host, else the table's.
    pub fn certificate(&self, host: &str) -> Certificate {
        self.state().certificates.get(host).copied().unwrap_or_else(|| certificate_of(host))
    }

    /// Waits at `/hold?key=K` until the key is released or half a minute is over.
    pub fn hold(&self, request: &Request) {
        if let ("/hold", Some(key)) = (request.path.as_str(), request.parameter("key")) {
            self.wait(key);
        }
    }

    /// Waits until the key is released or half a minute is over.
    pub fn wait(&self, key: &str) {
        let held = |state: &mut State| !state.released.contains(key);
        let _ = self.released.wait_timeout_while(self.state(), HELD_AT_MOST, held);
    }

    /// Answers on the control interface.
    pub fn answer(&self, request: &Request) -> Response {
        match (request.method.as_str(), request.path.as_str()) {
            ("PUT", "/vectors") => match self.add(&request.body) {
                Ok(added) => Response::new(200, &[JSON], format!("{{\"added\":{added}}}\n")),
                Err(why) => Response::new(400, &["Content-Type: text/plain"], format!("{why}\n")),
            },
            ("DELETE", "/vectors") => {
                self.state().vectors.clear();
                Response::new(204, &[], "")
            }
            ("PUT", "/certificates") => match serde_json::from_slice::<BTreeMap<_, _>>(&request.body) {
                Ok(certificates) => {
                    self.state().certificates.extend(certificates);
                    Response::new(204, &[], "")
                }
                Err(why) => Response::new(400, &["Content-Type: text/plain"], format!("{why}\n")),
            },
            ("GET", "/requests") => match serde_json::to_vec(&self.state().log) {
                Ok(json) => Response::new(200, &[JSON], json),
                Err(why) => Response::new(500, &["Content-Type: text/plain"], format!("{why}\n")),
            },
            ("DELETE", "/requests") => {
                self.state().log.clear();
                Response::new(204, &[], "")
            }
            ("POST", "/release") => {
                let key = request.parameter("key").unwrap_or_default().to_owned();
                self.state().released.insert(key);
                self.released.notify_all();
                Response::new(204, &[], "")
            }
            ("GET", "/") => Response::new(200, &["Content-Type: text/html; charset=utf-8"], index()),
            _ => Response::new(404, &["Content-Type: text/plain"], "No such control.\n"),
        }
    }

    fn add(&self, body: &[u8]) -> Result<usize, String> {
        let vectors: Vec<Vector> = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let mut ordered = Vec::with_capacity(vectors.len());
        for vector in vectors {
            let lines = vector.headers.iter().map(|line| octets(line)).collect::<Result<_, _>>()?;
            let body = octets(&vector.body)?;
            let held = vector.held.map(|key| (key, vector.early.min(body.len())));
            let response = Response { status: vector.status, lines, body, held };
            ordered.push(((vector.host, vector.path, vector.scheme), response));
        }
        let added = ordered.len();
        self.state().vectors.extend(ordered);
        Ok(added)
    }
}

/// The octets of an isomorphic string.
fn octets(text: &str) -> Result<Vec<u8>, String> {
    text.chars()
        .map(|char| u8::try_from(u32::from(char)).map_err(|_| format!("{char:?} is no octet: in {text:?}")))
        .collect()
}

/// A page that links to every demo host.
fn index() -> String {
    let mut rows = String::new();
    for host in HOSTS {
        let _ = writeln!(rows, "<li><a href=\"http://{0}/\">{0}</a>: {1}</li>", host.name, host.about);
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<title>HTTPS Audit demo</title>\n\
         <h1>HTTPS Audit demo</h1>\n<ul>\n{rows}</ul>\n</html>\n"
    )
}
