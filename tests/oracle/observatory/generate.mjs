// Sites for the comparison with MDN HTTP Observatory: what their servers answer, from a seed. Good, bad and odd values.

/** The same numbers for the same seed (mulberry32). @param {number} seed */
const numbers = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const CSP = [
  "default-src 'none'", "default-src 'self'", "default-src 'none'; script-src 'self'; style-src 'self'",
  "script-src 'unsafe-inline'", "script-src 'self' 'unsafe-eval'; object-src 'none'", "default-src *", "default-src https:",
  "default-src 'self'; script-src 'nonce-abcdefghijkl' 'unsafe-inline' 'strict-dynamic' https:; object-src 'none'",
  "script-src 'strict-dynamic'; object-src 'none'", "default-src 'self'; img-src http://img.shop-demo.org",
  "default-src 'self'; script-src http://cdn.shop-demo.org", "default-src 'self'; style-src 'unsafe-inline'",
  "default-src 'self'; style-src data:", "default-src 'self'; script-src data:", "frame-ancestors 'none'", "frame-ancestors *; default-src 'self'",
  "upgrade-insecure-requests", "default-src 'self'; default-src 'none'", "default-src 'self'; report-uri /a; report-uri /b",
  "default-src 'self'; report-uri http://log.shop-demo.org/", "x", "", ";;;;;;;", "script-src", "object-src 'none'; script-src 'sha256-abc=' 'unsafe-inline'",
  "DEFAULT-SRC 'SELF'; Script-Src HTTPS://CDN.shop-demo.org", "default-src 'self' https://a.shop-demo.org https://a.shop-demo.org/x; object-src 'none'",
  "default-src 'self', script-src 'unsafe-inline'", "base-uri 'none'; form-action 'self'", "media-src ftp://x.shop-demo.org; default-src 'self'",
  "default-src 'none'; frame-ancestors 'self'; sandbox", "style-src 'unsafe-eval'; script-src 'self'; object-src 'none'", "report-to a; report-to b; default-src 'none'",
  "default-src 'self'; script-src *.shop-demo.org 'nonce-r4nd0m' 'strict-dynamic'", "default-src https://a.shop-demo.org/%zz https://b.shop-demo.org",
];
const HSTS = [
  'max-age=31536000', 'max-age=31536000; includeSubDomains; preload', 'max-age=15552000', 'max-age=15551999', 'max-age=0', 'max-age=abc',
  'includeSubDomains', 'max-age="31536000"', 'max-age=31536000, max-age=1', 'MAX-AGE=63072000;INCLUDESUBDOMAINS', 'max-age= 300', 'max-age=-5', '',
  'max-age=300; max-age=31536000', 'max-age=99999999999999999999999', 'max-age', 'max-age=3e9', ' max-age=31536000 ;',
];
const XFO = ['DENY', 'SAMEORIGIN', 'sameorigin ', 'ALLOW-FROM https://shop-demo.org', 'ALLOWALL', '', 'DENY, SAMEORIGIN', '"DENY"'];
const NOSNIFF = ['nosniff', 'NoSniff', 'nosniff, nosniff', 'sniff', '', 'nosniff;'];
const REFERRER = [
  'no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin', 'origin', 'unsafe-url', 'no-referrer-when-downgrade',
  'origin-when-cross-origin', 'none', '', 'no-referrer, strict-origin', 'strict-origin, bogus', 'UNSAFE-URL', 'bogus, also-bogus', 'no-referrer,,',
];
const CORP = ['same-site', 'same-origin', 'cross-origin', 'Same-Origin', 'none', '', 'same-site, same-origin'];
const TYPES = ['text/html; charset=utf-8', 'text/html', 'application/xhtml+xml', 'application/json', 'Text/HTML', 'text/plain', 'text/html ;charset=utf-8'];
const COOKIES = [
  'sessionid=abcdef; Path=/; Secure; HttpOnly; SameSite=Lax', 'sessionid=abcdef', 'sessionid=abcdef; Secure', 'sessionid=abcdef; HttpOnly', 'theme=dark',
  'theme=dark; Secure', 'theme=dark; Secure; SameSite=None', 'theme=dark; SameSite=None', 'csrftoken=abcdef; Secure', 'csrftoken=abcdef; Secure; SameSite=Strict',
  'login_token=x; Secure; HttpOnly', 'a=b; SameSite=Foo; Secure', 'a=b; SameSite; Secure', 'a=b; SameSite=; Secure', '=b', 'noequals', '__Host-a=b; Secure; Path=/',
  '__Host-a=b; Path=/', '__Secure-a=b', 'a=; Max-Age=0', 'heroku-session-affinity=x', 'a=b; Domain=shop-demo.org', 'a=b; Domain=other.org', 'a=b; Domain=org',
  'a=b; Secure; SameSite=LAX', 'Sess=1; secure; httponly; samesite=strict', 'a=b; Path=relative; Secure', 'a=b; Domain=.www.shop-demo.org; Secure',
];
const SCRIPTS = [
  '<script src="/app.js"></script>', '<script src="app.js" integrity="sha384-abc"></script>', '<script>1</script>',
  '<script src="https://cdn.other-demo.org/a.js"></script>', '<script src="https://cdn.other-demo.org/b.js" integrity="sha384-abc" crossorigin></script>',
  '<script src="http://cdn.other-demo.org/c.js"></script>', '<script src="http://cdn.other-demo.org/d.js" integrity="sha384-abc"></script>',
  '<script src="//cdn.other-demo.org/e.js"></script>', '<script src="//cdn.other-demo.org/f.js" integrity="sha384-abc"></script>',
  '<script src="https://HOST/own.js"></script>', '<script src="https://HOST/own.js" integrity="sha384-abc"></script>',
  '<script src="https://static.shop-demo.org/g.js"></script>', '<script src="//HOST/h.js"></script>', '<script src="//HOST/i.js" integrity="sha384-abc"></script>', '',
];
const METAS = [
  '', '', '', '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">', '<meta http-equiv="Content-Security-Policy" content="frame-ancestors \'none\'">',
  '<meta name="referrer" content="no-referrer">', '<meta name="referrer" content="unsafe-url">', '<meta name="referrer" content="always">',
  '<meta http-equiv="content-security-policy" content="script-src \'unsafe-inline\'; img-src *"><meta name="Referrer" content="origin">',
];
/** Status codes on which the Observatory grades a page, and some on which it does not. */
const STATUSES = [200, 200, 200, 200, 200, 200, 200, 401, 403, 404, 503];
/** How http leads on. */
const HTTP = ['https', 'https', 'https', 'refused', 'stays', 'www-first', 'http-first', 'back-to-http', 'other-host', 'temporary', 'bad-certificate', 'two-steps'];
const CORS = [
  null, null, { origin: '*' }, { origin: 'https://shop-demo.org' }, { origin: 'ECHO', credentials: 'true' }, { origin: 'ECHO', credentials: 'false' },
  { origin: 'ECHO' }, { origin: 'null', credentials: 'true' }, { origin: '*', credentials: 'true' }, { origin: '' },
];

/**
 * @param {number} count @param {number} seed
 * @returns {import('./site.mjs').Site[]}
 */
export const generate = (count, seed) => {
  const next = numbers(seed);
  /** @template T @param {T[]} list */
  const one = (list) => list[Math.floor(next() * list.length)];
  /** @param {number} share */
  const chance = (share) => next() < share;
  return Array.from({ length: count }, (_, number) => {
    const host = chance(0.1) ? one(['github.com', 'app', 'accounts.google.com', 'www.paypal.com', 'example.dev']) : `${one(['', 'www.', 'app.'])}shop-demo.org`;
    const http = one(HTTP);
    /** @type {[string, string][]} */
    const headers = [];
    /** @param {number} share @param {string} name @param {string[]} values */
    const maybe = (share, name, values) => {
      if (chance(share)) headers.push([name, one(values)]);
      if (chance(share * 0.08)) headers.push([name.toLowerCase(), one(values)]);
    };
    headers.push(['Content-Type', chance(0.75) ? TYPES[0] : one(TYPES)]);
    maybe(0.7, 'Content-Security-Policy', CSP);
    maybe(0.2, 'Content-Security-Policy-Report-Only', CSP);
    maybe(0.7, 'Strict-Transport-Security', HSTS);
    maybe(0.5, 'X-Frame-Options', XFO);
    maybe(0.6, 'X-Content-Type-Options', NOSNIFF);
    maybe(0.6, 'Referrer-Policy', REFERRER);
    maybe(0.4, 'Cross-Origin-Resource-Policy', CORP);
    const cookies = Array.from({ length: chance(0.6) ? 1 + Math.floor(next() * 3) : 0 }, () => one(COOKIES));
    headers.push(...cookies.map((cookie) => /** @type {[string, string]} */ (['Set-Cookie', cookie])));
    const scripts = Array.from({ length: Math.floor(next() * 4) }, () => one(SCRIPTS).replaceAll('HOST', host));
    const html = `<!doctype html><html><head><title>${number}</title>${one(METAS)}</head><body>${scripts.join('')}</body></html>`;
    return {
      host, headers, html, http, status: one(STATUSES),
      https: http === 'stays' && chance(0.4) ? 'refused' : http === 'bad-certificate' ? 'bad-certificate' : 'good',
      // A redirect over https before the page, which sets a cookie of its own.
      before: chance(0.15) ? [['Location', '/home'], ['Set-Cookie', one(COOKIES)]] : null,
      cors: one(CORS),
    };
  });
};
