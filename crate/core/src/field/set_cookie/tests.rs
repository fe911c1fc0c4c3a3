//! Set-Cookie fields and what each browser does with them, as seen in real browsers.

use proptest::prelude::*;

use super::*;
use crate::field::octets::isomorphic_decode;

const NOW: i64 = 1_795_000_000;

/// With the exception rule `!city.kawasaki.jp` and the rule `*.kawasaki.jp`.
fn registrable(name: &str) -> Option<&str> {
    let is_suffix = |name: &str| {
        !name.contains('.')
            || matches!(name, "co.uk" | "github.io")
            || (name != "city.kawasaki.jp"
                && name.split_once('.').is_some_and(|(_, parent)| parent == "kawasaki.jp"))
    };
    if is_suffix(name) {
        return None;
    }
    let (_, parent) = name.split_once('.')?;
    if name == "city.kawasaki.jp" || is_suffix(parent) { Some(name) } else { registrable(parent) }
}

fn read_from(engine: Engine, url: &str, set_cookie: &[u8]) -> Verdict {
    let url = Url::parse(url).unwrap();
    let cx = SetContext { url: &url, now: NOW, response_date: None, registrable_domain: &registrable };
    read(engine, set_cookie, &cx)
}

/// The cookie in one line, or the code of the refusal.
fn line(engine: Engine, url: &str, set_cookie: &[u8]) -> String {
    match read_from(engine, url, set_cookie) {
        Verdict::Rejected(rejection) => rejection.code().to_owned(),
        Verdict::Accepted(cookie) => {
            let dot = if cookie.host_only { "" } else { "." };
            let mut line =
                format!("{}+{} {dot}{}{}", cookie.name, cookie.value_length, cookie.domain, cookie.path);
            for (flag, on) in [(" S", cookie.secure), (" H", cookie.http_only), (" P", cookie.partitioned)] {
                line.push_str(if on { flag } else { "" });
            }
            match cookie.same_site {
                SameSite::Unspecified => {}
                other => line.extend([" ".to_owned(), format!("{other:?}")]),
            }
            if let Some(at) = cookie.expires_at {
                line.extend([" ".to_owned(), (at - NOW).to_string()]);
            }
            line
        }
    }
}

const HOME: &str = "https://www.example.com/";

#[test]
fn both_browsers_agree() {
    let long = format!("a={}", "x".repeat(4095));
    let longest = format!("a={}", "x".repeat(4096));
    let long_path = format!("a=b; Path=/{}", "p".repeat(1024));
    let rows: &[(&str, &str, &str)] = &[
        (HOME, "a=b", "a+1 www.example.com/"),
        (HOME, " a\t=  b c ; Secure=false;httponly ; SAMESITE = lax", "a+3 www.example.com/ S H Lax"),
        (HOME, "a=\"b;c\"", "a+2 www.example.com/"),
        (HOME, "a=b=c", "a+3 www.example.com/"),
        (HOME, "a=", "a+0 www.example.com/"),
        (HOME, "a=b; SameSite=Lax; SameSite=garbage", "a+1 www.example.com/"),
        (HOME, "a=b; SameSite=Lax; SameSite", "a+1 www.example.com/"),
        (HOME, "a=b; SameSite=None", "same-site-none-not-secure"),
        (HOME, "a=b; SameSite=None; Secure", "a+1 www.example.com/ S None"),
        (HOME, "a=b; Partitioned", "partitioned-not-secure"),
        (HOME, "a=b; Partitioned; Secure", "a+1 www.example.com/ S P"),
        ("http://www.example.com/", "a=b; Secure", "secure-over-http"),
        ("http://localhost:8000/", "a=b; Secure", "a+1 localhost/ S"),
        ("http://127.0.0.2/", "a=b; Secure", "a+1 127.0.0.2/ S"),
        ("http://a.localhost/", "__Secure-a=b; Secure", "__Secure-a+1 a.localhost/ S"),
        // Prefixes.
        (HOME, "__secure-a=b", "prefix-violated"),
        (HOME, "__Host-a=b; Secure; Path=/", "__Host-a+1 www.example.com/ S"),
        (HOME, "__Host-a=b; Secure; Path=/; Domain=", "__Host-a+1 www.example.com/ S"),
        (HOME, "__Host-a=b; Secure; Path=/; Domain=www.example.com", "prefix-violated"),
        (HOME, "__Host-a=b; Secure; Path=/a", "prefix-violated"),
        (HOME, "__Http-a=b; Secure", "prefix-violated"),
        (HOME, "__Http-a=b; Secure; HttpOnly", "__Http-a+1 www.example.com/ S H"),
        (HOME, "__Host-Http-a=b; Secure; Path=/", "prefix-violated"),
        (HOME, "__Host-Http-a=b; Secure; Path=/; HttpOnly", "__Host-Http-a+1 www.example.com/ S H"),
        // Sizes and octets.
        (HOME, &long, "a+4095 www.example.com/"),
        (HOME, &longest, "too-large"),
        (HOME, &long_path, "a+1 www.example.com/"),
        (HOME, "a=b\u{1}", "control-octet"),
        (HOME, "a=b; x=\u{7f}", "control-octet"),
        (HOME, "", "empty"),
        (HOME, "=", "empty"),
        (HOME, "; Secure", "empty"),
        // Domain.
        (HOME, "a=b; Domain=example.com", "a+1 .example.com/"),
        (HOME, "a=b; Domain=.EXAMPLE.com", "a+1 .example.com/"),
        (HOME, "a=b; Domain=example.com; Domain=", "a+1 www.example.com/"),
        (HOME, "a=b; Domain=com", "domain-public-suffix"),
        (HOME, "a=b; Domain=other.com", "domain-mismatch"),
        (HOME, "a=b; Domain=xexample.com", "domain-mismatch"),
        (HOME, "a=b; Domain=a.www.example.com", "domain-mismatch"),
        (HOME, "a=b; Domain=..example.com", "domain-mismatch"),
        (HOME, "a=b; Domain=.", "domain-mismatch"),
        ("https://github.io/", "a=b; Domain=github.io", "a+1 github.io/"),
        ("https://me.github.io/", "a=b; Domain=github.io", "domain-public-suffix"),
        ("https://www.city.kawasaki.jp/", "a=b; Domain=city.kawasaki.jp", "a+1 .city.kawasaki.jp/"),
        ("https://www.city.kawasaki.jp/", "a=b; Domain=kawasaki.jp", "domain-public-suffix"),
        ("https://a.b.c.kawasaki.jp/", "a=b; Domain=c.kawasaki.jp", "domain-public-suffix"),
        ("https://www.example.com./", "a=b; Domain=example.com.", "a+1 .example.com./"),
        ("https://www.example.com./", "a=b; Domain=example.com", "domain-mismatch"),
        ("https://10.0.0.1/", "a=b; Domain=.10.0.0.1", "a+1 10.0.0.1/"),
        ("https://10.0.0.1/", "a=b; Domain=0.0.1", "domain-mismatch"),
        ("https://[::1]/", "a=b; Domain=[::1]", "a+1 [::1]/"),
        ("https://localhost/", "a=b; Domain=localhost", "a+1 localhost/"),
        // Path.
        ("https://www.example.com/a/b/c?q", "a=b", "a+1 www.example.com/a/b"),
        ("https://www.example.com/a/b/c", "a=b; Path=x", "a+1 www.example.com/a/b"),
        ("https://www.example.com/a/b/c", "a=b; Path=/x; Path=", "a+1 www.example.com/a/b"),
        ("https://www.example.com/a/b/c", "a=b; Path=/x", "a+1 www.example.com/x"),
        // Lifetime.
        (HOME, "a=b; Max-Age=100", "a+1 www.example.com/ 100"),
        (HOME, "a=b; Max-Age=100; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a+1 www.example.com/ 100"),
        (HOME, "a=b; Max-Age=x; Expires=Sun, 06 Jun 2027 08:49:37 GMT", "a+1 www.example.com/ 17271777"),
        (HOME, "a=b; Expires=Sun, 06 Jun 2027 08:49:37 GMT; Expires=x", "a+1 www.example.com/"),
        (HOME, "a=b; Max-Age=99999999999999999999", "a+1 www.example.com/ 34560000"),
        (HOME, "a=b; Expires=Sun, 06 Jun 2137 08:49:37 GMT", "a+1 www.example.com/ 34560000"),
        (HOME, "a=b; Max-Age=0", "expired"),
        (HOME, "a=b; Max-Age=-1", "expired"),
        (HOME, "a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "expired"),
    ];
    for engine in Engine::ALL {
        for &(url, set_cookie, expected) in rows {
            assert_eq!(line(engine, url, set_cookie.as_bytes()), expected, "{engine:?}: {set_cookie:?}");
        }
    }
}

#[test]
fn browsers_differ() {
    let long_same_site = format!("a=b; SameSite=Lax; SameSite={}", "x".repeat(1025));
    let long_secure = format!("a=b; Secure={}", "x".repeat(1025));
    let rows: &[(&[u8], &str, &str)] = &[
        (b"v", "+1 www.example.com/", "v+0 www.example.com/"),
        (b"=v", "+1 www.example.com/", "nameless"),
        (b"=v=w", "nameless", "nameless"),
        (b"==", "nameless", "nameless"),
        (b"\xff=b", "\u{ff}+1 www.example.com/", "\u{ff}+1 www.example.com/"),
        (b"__Secure-a; Secure", "prefix-in-value", "__Secure-a+0 www.example.com/ S"),
        (b"__Host-a=b; Secure", "prefix-violated", "__Host-a+1 www.example.com/ S"),
        (b"a=b\tc", "control-octet", "a+3 www.example.com/"),
        (b"a=\xff\xe2\x82", "a+3 www.example.com/", "a+6 www.example.com/"),
        (b"a=b; Max-Age=+1000", "a+1 www.example.com/ 1000", "a+1 www.example.com/"),
        (b"a=b; Max-Age=-", "a+1 www.example.com/", "expired"),
        (b"a=b; Max-Age=--1", "a+1 www.example.com/", "expired"),
        (b"a=b; Max-Age=- 1", "a+1 www.example.com/", "expired"),
        (long_same_site.as_bytes(), "a+1 www.example.com/ Lax", "a+1 www.example.com/"),
        (long_secure.as_bytes(), "a+1 www.example.com/", "a+1 www.example.com/ S"),
    ];
    for &(set_cookie, chromium, firefox) in rows {
        let shown = isomorphic_decode(set_cookie);
        assert_eq!(line(Engine::Chromium, HOME, set_cookie), chromium, "Chromium: {shown:?}");
        assert_eq!(line(Engine::Firefox, HOME, set_cookie), firefox, "Firefox: {shown:?}");
    }
}

#[test]
fn firefox_does_not_use_a_default_path_that_is_too_long() {
    let url = format!("https://www.example.com/{}/x", "p".repeat(1024));
    assert_eq!(line(Engine::Firefox, &url, b"a=b"), "a+1 www.example.com");
    assert_eq!(line(Engine::Firefox, &url, b"a=b; Path=x"), "a+1 www.example.comx");
    assert!(line(Engine::Chromium, &url, b"a=b").ends_with("ppp"));
}

#[test]
fn expires_is_corrected_by_the_servers_clock() {
    let url = Url::parse(HOME).unwrap();
    // The server's clock is an hour behind.
    let cx =
        SetContext { url: &url, now: NOW, response_date: Some(NOW - 3600), registrable_domain: &registrable };
    for engine in Engine::ALL {
        let expires_at =
            |set_cookie| read(engine, set_cookie, &cx).cookie().and_then(|cookie| cookie.expires_at);
        let date = Some(1_812_271_777 + 3600);
        assert_eq!(expires_at(b"a=b; Expires=Sun, 06 Jun 2027 08:49:37 GMT"), date);
        assert_eq!(expires_at(b"a=b; Max-Age=100"), Some(NOW + 100));
    }
}

#[test]
fn masks() {
    for (set_cookie, masked, shown) in [
        (&b"sid=s3cr=t; Path=/; Secure"[..], &b"sid=xxxxxx; Path=/; Secure"[..], "sid=…; Path=/; Secure"),
        (b"sid= a b ;Path=/", b"sid= xxx ;Path=/", "sid= … ;Path=/"),
        (b"sid=", b"sid=", "sid="),
        (b"secret", b"xxxxxx", "…"),
        (b"=secret; Secure", b"=xxxxxx; Secure", "=…; Secure"),
        (b"=__host-secret=s", b"=__host-xxxxxx=x", "=…"),
        (b"a=__Host-secret", b"a=xxxxxxxxxxxxx", "a=…"),
        (b"a=b\tc\x01", b"a=x\tx\x01", "a=…"),
        ("a=é".as_bytes(), b"a=xx", "a=…"),
        (b"a=\xfe\xe1\x81z", b"a=\xff\xe2\x80x", "a=…"),
        // Two cookies in one line.
        (b"a=b; Path=/; sid=s3cr\xe9t;x", b"a=x; Path=/; sid=xxxxxx;x", "a=…; Path=/; sid=s3cr\u{e9}t;x"),
    ] {
        assert_eq!(isomorphic_decode(&mask(set_cookie)), isomorphic_decode(masked));
        assert_eq!(masked_for_display(set_cookie), shown);
    }
}

#[test]
fn parts_keep_what_was_written() {
    let field = b"a=b; Path=/x; PATH; =y;; foo=1; Secure=no";
    let parts = parts(field);
    let written: Vec<_> = parts
        .attributes
        .iter()
        .map(|attribute| {
            let value = attribute.value.map(|value| isomorphic_decode(value.of(field)));
            (attribute.kind, isomorphic_decode(attribute.name.of(field)), value)
        })
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        written,
        [
            (AttributeKind::Path, "Path".to_owned(), some("/x")),
            (AttributeKind::Path, "PATH".to_owned(), None),
            (AttributeKind::Unknown, String::new(), some("y")),
            (AttributeKind::Unknown, "foo".to_owned(), some("1")),
            (AttributeKind::Secure, "Secure".to_owned(), some("no")),
        ]
    );
}

/// Octets, and text that looks like Set-Cookie.
fn field() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..48),
        "(__Host-|__Secure-)?[a=b \t\u{1}é;]{0,9}(; ?(Path|Domain|Max-Age|Expires|Secure|SameSite)=?[a-z0-9/. ]{0,9}){0,4}"
            .prop_map(String::into_bytes),
    ]
}

proptest! {
    #[test]
    fn never_panics(field in field()) {
        for engine in Engine::ALL {
            let _ = read_from(engine, HOME, &field);
        }
        let _ = masked_for_display(&field);
    }

    #[test]
    fn masking_keeps_the_reading(field in field()) {
        let masked = mask(&field);
        prop_assert_eq!(masked.len(), field.len());
        prop_assert_eq!(mask(&masked), masked.clone());
        let chromium = |field: &[u8]| read_from(Engine::Chromium, HOME, field);
        prop_assert_eq!(chromium(&masked), chromium(&field));
        // Without `=`, Firefox takes the secret for the name, which is masked then.
        if parts(&field).name.is_some() {
            let firefox = |field: &[u8]| read_from(Engine::Firefox, HOME, field);
            prop_assert_eq!(firefox(&masked), firefox(&field));
        }
    }
}
