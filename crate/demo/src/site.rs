//! What the demo hosts answer.

use std::fmt::Write as _;

use crate::hosts::{ASSETS, CHAIN_END, CHAIN_START, Host, OverHttp, find};
use crate::wire::{Request, Response, Scheme};

/// A transparent GIF of one pixel.
const PIXEL: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
/// The host whose pages' own answers alone are to be seen: no request for an icon tells of it besides.
const QUIRKS: &str = "quirks-demo.org";
const NO_ICON: &str = "<link rel=\"icon\" href=\"data:,\">";
const HTML: &str = "Content-Type: text/html; charset=utf-8";

/// The answer of the demo host that the request names.
pub fn answer(request: &Request) -> Response {
    let Some(host) = find(&request.host) else {
        return Response::new(404, &["Content-Type: text/plain; charset=utf-8"], "No such demo host.\n");
    };
    if request.scheme == Scheme::Http && host.over_http == OverHttp::RedirectsToHttps {
        return redirect(301, &format!("https://{}{}", host.name, target(request)));
    }
    let mut response = content(host, request);
    if request.scheme == Scheme::Https {
        let hsts = hsts_of(host, &request.path);
        response.lines.extend(hsts.iter().map(|line| line.as_bytes().to_vec()));
    }
    // A path that speaks of caching has said it already; everything else is fetched anew each time.
    let caches = response.lines.iter().any(|line| line.starts_with(b"Cache-Control"));
    let headers = host.headers.iter().filter(|line| !(caches && line.starts_with("Cache-Control")));
    response.lines.extend(headers.map(|line| line.as_bytes().to_vec()));
    response
}

/// The HSTS lines of a path: only the host of void fields has different ones.
fn hsts_of(host: &Host, path: &str) -> &'static [&'static str] {
    match (host.name, path) {
        ("void-hsts-demo.org", "/duplicate") => {
            &["Strict-Transport-Security: max-age=31536000; max-age=31536000; includeSubDomains; preload"]
        }
        ("void-hsts-demo.org", "/nomaxage") => &["Strict-Transport-Security: includeSubDomains; preload"],
        ("void-hsts-demo.org", "/junk") => {
            &["Strict-Transport-Security: max-age=31536000; includeSubDomains; preload\""]
        }
        ("void-hsts-demo.org", "/comma") => {
            &["Strict-Transport-Security: max-age=31536000, includeSubDomains"]
        }
        _ => host.hsts,
    }
}

/// The response without the host's own header lines.
fn content(host: &Host, request: &Request) -> Response {
    match (host.name, request.path.as_str()) {
        (_, "/favicon.ico") => Response::new(204, &[], ""),
        (CHAIN_START, "/") => redirect(302, &format!("http://{CHAIN_END}/")),
        ("mixed-demo.org", path @ ("/" | "/passive" | "/redirected")) => page(host, &mixed(path)),
        ("mixed-demo.org", "/app.js") => redirect(302, &format!("http://{ASSETS}/app.js")),
        (ASSETS, "/app.js") => {
            Response::new(200, &["Content-Type: text/javascript"], "document.title += '!';\n")
        }
        (ASSETS, "/pixel.gif") => pixel(),
        (QUIRKS, path) => quirk(host, request, path),
        ("heavy-demo.org", path) => heavy(host, request, path),
        (_, "/" | "/duplicate" | "/nomaxage" | "/junk" | "/comma" | "/frame" | "/hold") => page(host, ""),
        _ => Response::new(404, &["Content-Type: text/plain; charset=utf-8"], "Not here.\n"),
    }
}

/// `/` asks for a script, a frame and an image over http, `/passive` for the image only, and `/redirected` for a
/// script over https that the server then sends to http.
fn mixed(path: &str) -> String {
    let image = format!("<p><img src=\"http://{ASSETS}/pixel.gif\" alt=\"\" width=\"1\" height=\"1\"></p>\n");
    match path {
        "/passive" => image,
        "/redirected" => "<script src=\"/app.js\"></script>\n".to_owned(),
        _ => format!(
            "{image}<script src=\"http://{ASSETS}/app.js\"></script>\n\
             <iframe src=\"http://{ASSETS}/frame\" title=\"http frame\"></iframe>\n"
        ),
    }
}

fn quirk(host: &Host, request: &Request, path: &str) -> Response {
    match path {
        "/" | "/hold" => page(host, "<p><a href=\"/second\">second page</a></p>"),
        "/second" | "/scope/" => page(host, ""),
        "/204" => Response::new(204, &[], ""),
        "/download" => Response::new(
            200,
            &[
                "Content-Type: application/octet-stream",
                "Content-Disposition: attachment; filename=\"demo.bin\"",
            ],
            "demo\n",
        ),
        "/redirect-loop" => redirect(302, "/redirect-loop"),
        // Stored, and asked about each time: a 304 that carries the field and a cookie again.
        "/revalidated" => {
            let same = request.field("if-none-match") == Some("\"demo\"");
            let mut response = page(host, "");
            if same {
                response.status = 304;
            }
            response
                .with("ETag: \"demo\"")
                .with("Cache-Control: no-cache")
                .with("Set-Cookie: __Host-seen=1; Path=/; Secure; HttpOnly; SameSite=Lax")
        }
        // Stored for an hour and not asked about: the second load needs no network.
        "/fresh" => page(host, "").with("Cache-Control: max-age=3600"),
        "/worker" => page(host, "<script src=\"/register.js\"></script>"),
        "/register.js" => script(
            "navigator.serviceWorker.register('/sw.js', {scope: '/scope/'}).then(r => {\n\
             const w = r.active || r.waiting || r.installing;\n\
             const done = () => { if (w.state === 'activated') document.documentElement.dataset.worker = 'active'; };\n\
             w.addEventListener('statechange', done); done();\n});\n",
        ),
        "/sw.js" => script(
            "self.addEventListener('install', () => self.skipWaiting());\n\
             self.addEventListener('fetch', e => e.respondWith(new Response(\
             '<!doctype html><title>from the service worker</title><link rel=icon href=data:,><p>from the service worker</p>', \
             {headers: {'Content-Type': 'text/html; charset=utf-8'}})));\n",
        ),
        _ => Response::new(404, &["Content-Type: text/plain; charset=utf-8"], "Not here.\n"),
    }
}

fn heavy(host: &Host, request: &Request, path: &str) -> Response {
    match path {
        "/" => page(host, ""),
        "/heavy" => {
            let mut images = String::new();
            for index in 0..request.number("n", 20_000) {
                let _ = write!(images, "<img src=\"/pixel.gif?{index}\" alt=\"\">");
            }
            page(host, &images)
        }
        "/pixel.gif" => pixel(),
        "/bigheader" => {
            let bytes = request.number("bytes", 1_000_000).min(64 << 20);
            page(host, "").with([b"X-Big: ".to_vec(), vec![b'x'; bytes]].concat())
        }
        "/cookies" => {
            let mut response = page(host, "");
            for index in 0..request.number("n", 5000) {
                response = response.with(format!("Set-Cookie: c{index}=v; Path=/; Secure"));
            }
            response
        }
        _ => Response::new(404, &["Content-Type: text/plain; charset=utf-8"], "Not here.\n"),
    }
}

fn page(host: &Host, extra: &str) -> Response {
    let (name, about) = (host.name, host.about);
    let icon = if name == QUIRKS { NO_ICON } else { "" };
    let body = format!(
        "<!doctype html>\n<html lang=\"en\">\n<title>{name}</title>{icon}\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <h1>{name}</h1>\n<p>{about}</p>\n{extra}</html>\n"
    );
    Response::new(200, &[HTML], body).with_all(host.cookies)
}

fn script(body: &str) -> Response {
    Response::new(200, &["Content-Type: text/javascript; charset=utf-8"], body)
}

fn pixel() -> Response {
    Response::new(200, &["Content-Type: image/gif"], PIXEL)
}

fn redirect(status: u16, to: &str) -> Response {
    Response::new(status, &[&format!("Location: {to}")], "")
}

fn target(request: &Request) -> String {
    if request.query.is_empty() {
        request.path.clone()
    } else {
        format!("{}?{}", request.path, request.query)
    }
}
