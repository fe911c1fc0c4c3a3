//! The pages in HAR files: what is said of a document by its text alone, and what is left unknown.

use https_audit_core::audit;
use https_audit_core::evidence::{Document, Evidence};
use https_audit_core::field::location;
use https_audit_core::import::read_har;
use https_audit_core::knowledge::embedded;
use https_audit_core::report::to_json;
use serde_json::{Value, json};

const PAGE: &str = "https://site.test/shop/";

fn har(url: &str, content: &Value) -> Evidence {
    let har = json!({"log": {
        "version": "1.2", "creator": {"name": "WebInspector", "version": "1"}, "pages": [],
        "entries": [{
            "startedDateTime": "2026-11-30T12:00:00Z", "_resourceType": "document",
            "request": {"method": "GET", "url": url, "headers": []},
            "response": {"status": 200, "headers": [], "content": content},
        }],
    }});
    read_har(har.to_string().as_bytes(), &location::target).expect("a HAR file")
}

fn of_content(content: &Value) -> Option<Document> {
    let evidence = har(PAGE, content);
    let [visit] = evidence.visits.as_slice() else { panic!("one page") };
    visit.document.as_ref().seen().cloned()
}

fn document(text: &str) -> Document {
    let content = json!({"size": text.len(), "mimeType": "text/html; charset=utf-8", "text": text});
    of_content(&content).expect("a document")
}

fn lines(text: &str) -> Vec<String> {
    document(text).into()
}

#[test]
fn elements_are_lines() {
    for (text, expected) in [
        ("<p>x", vec!["passwords 0"]),
        (
            "<form method=POST action=/login?next=%2F><input type=PassWord></form>",
            vec!["form post https://site.test/login password", "passwords 1"],
        ),
        (
            "<form><button formaction='//pay.test/' formmethod=post></button><input type=password></form>",
            vec![
                "form get https://site.test/shop/ password",
                "form post https://pay.test/ password",
                "passwords 1",
            ],
        ),
        (
            "<form action=/a><form action=/b></form><input type=password>",
            vec!["form get https://site.test/a", "passwords 1"],
        ),
        (
            "<img src=http://cdn.test/a.png><IMG SRC=' http://cdn.test/a.png'><img src=//cdn.test/b.png>",
            vec!["insecure image http://cdn.test/a.png", "passwords 0"],
        ),
        (
            "<img src=a.png><base href=http://cdn.test/x/><base href=http://other.test/>",
            vec!["insecure image http://cdn.test/x/a.png", "passwords 0"],
        ),
        (
            "<template><img src=http://cdn.test/a.png></template><noscript><img src=http://cdn.test/b.png></noscript>\
          <textarea><img src=http://cdn.test/c.png></textarea><!-- <img src=http://cdn.test/d.png> -->",
            vec!["passwords 0"],
        ),
        (
            "<link rel='preload STYLEsheet' href=https://cdn.test/a.css?v=1><link rel=stylesheet integrity=sha384-x href=//cdn.test/b.css>\
          <link rel=stylesheet href=/own.css>",
            vec![
                "part stylesheet https://cdn.test/a.css",
                "part stylesheet https://cdn.test/b.css integrity relative-scheme",
                "passwords 0",
            ],
        ),
        (
            "<html><head><title>x</title></head> <meta http-equiv=Content-Security-Policy content=\"default-src\n 'self'\">\
          <body><meta http-equiv=content-security-policy content=x><meta name=Referrer content=origin>",
            vec![
                "meta content-security-policy default-src 'self'",
                "meta referrer-policy origin",
                "passwords 0",
            ],
        ),
        (
            "<input name=csrfmiddlewaretoken value=geheim><pre>Traceback (most recent call last):\n  File \"/a.py\", line 3</pre>",
            vec!["csrf csrfmiddlewaretoken", "trace python", "passwords 0"],
        ),
        (
            "<div id=explanation><p>You're seeing this error because you have <code>DEBUG = True</code> in",
            vec!["debug django-404", "passwords 0"],
        ),
        (
            "<body bgcolor=white><span><h1>Server Error in '/' Application.<hr></h1>",
            vec!["debug asp-net", "passwords 0"],
        ),
    ] {
        assert_eq!(lines(text), expected, "{text}");
        assert!(document(text).is_whole(), "{text}");
    }
}

#[test]
fn what_scripts_may_change_is_unknown() {
    for text in [
        "<script>1</script>",
        "<body onload=f()>",
        "<a href=' Java\nScript:f()'>x</a>",
        "<iframe src=/a></iframe>",
        "<svg></svg>",
        "<input form=other type=password>",
    ] {
        assert!(!document(&format!("<p>{text}")).is_whole(), "{text}");
    }
    let text = "<script src=/app.js></script><img src=http://cdn.test/a.png>";
    let content = json!({"size": text.len(), "mimeType": "text/html", "text": text});
    let evidence = har(PAGE, &content);
    let report = audit(&evidence, &embedded().expect("assets"), 0);
    let ids: Vec<String> =
        report.iter().flat_map(|report| &report.findings).map(|finding| finding.check.to_string()).collect();
    assert!(ids.iter().any(|id| id == "https.mixed.passive"), "{ids:?}");
    let unknown = serde_json::to_value(&evidence).expect("JSON");
    assert_eq!(unknown["visits"][0]["document"], json!({"unseen": "not-in-input"}));
    let json = to_json(&report).expect("JSON");
    assert!(!json.contains("\"passwordFields\""), "{json}");
}

#[test]
fn a_text_that_is_not_all_of_the_body_is_not_whole() {
    let text = "<p>a</p>";
    let of = |more: Value| {
        let mut content = json!({"size": 8, "mimeType": "text/html", "text": text});
        for (name, value) in more.as_object().expect("an object") {
            content[name] = value.clone();
        }
        of_content(&content)
    };
    assert!(of(json!({})).expect("a document").is_whole());
    assert!(of(json!({"size": -1})).expect("a document").is_whole());
    assert!(!of(json!({"size": 9})).expect("a document").is_whole());
    assert!(of(json!({"text": "PHA+YTwvcD4=", "encoding": "base64"})).expect("a document").is_whole());
    for more in [
        json!({"text": "PHA+YTwvcD4", "encoding": "base64"}),
        json!({"text": "/w==", "encoding": "base64"}),
        json!({"encoding": "rot13"}),
        json!({"text": ""}),
        json!({"text": null}),
        json!({"mimeType": "application/xhtml+xml"}),
    ] {
        assert_eq!(of(more.clone()), None, "{more}");
    }
    let long = format!("<p>{}", "\"".repeat(2 << 20));
    assert!(!document(&long).is_whole());
    let unsized_one = json!({"mimeType": "text/html", "text": long});
    assert!(!of_content(&unsized_one).expect("a document").is_whole());
}

#[test]
fn many_elements_are_bounded_and_counted() {
    let text = "<img src=http://cdn.test/>".repeat(6_000) + &"<form action=/a>x</form>".repeat(3);
    let document = document(&text);
    assert_eq!(document.insecure_references.len(), 1);
    assert_eq!(document.beyond.references, 1_000);
    assert_eq!(document.forms.len(), 1);
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_it(text in "(<(/?(form|input|title|code|template|base|meta|img|body|svg)|!--)[ a-z=\"'/:>]{0,12}|.){0,40}") {
        let _ = lines(&format!("<p>{text}"));
    }
}
