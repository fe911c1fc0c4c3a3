// The visits of `./build.sh run` and of the end-to-end tests, with the statuses that they must show.
//
// A status follows from what the host does (crate/demo/src/hosts.rs) and from what the words mean: `fail` with an
// error in the area, else `warn` with a warning, else `unknown` where a deciding fact was not observed, else
// `pass`. `why` gives the reason where it is not plain. Visits are made in this order in one profile, each in
// a tab of its own, and begin as a person begins: with the http address.

/** @typedef {'pass'|'warn'|'fail'|'unknown'|'not-applicable'} Status */

const visit = (url, https, hsts_preload, cookies, more = {}) => {
  const { hostname } = new URL(url);
  return { url, host: hostname, site: hostname, name: more.name ?? hostname, expected: { https, hsts_preload, cookies }, findings: [], ...more };
};

const REFUSED = {
  // The redirect to https was seen; what comes after it was not: no field, no Set-Cookie.
  why: 'the certificate is refused, which hstspreload.org calls domain.tls.invalid_cert_chain; the page and its cookies never came',
  refused: true,
};

export const VISITS = [
  visit('http://www.hardened-demo.org/', 'pass', 'unknown', 'pass', {
    name: 'www.hardened-demo.org, first',
    why: 'the verdict is about hardened-demo.org, whose own field was not seen yet',
  }),
  visit('http://hardened-demo.org/', 'pass', 'pass', 'pass'),
  visit('http://www.hardened-demo.org/', 'pass', 'pass', 'pass', {
    name: 'www.hardened-demo.org, again',
    why: 'the field of hardened-demo.org was seen a visit ago and covers its sub-domains',
  }),
  visit('http://no-hsts-demo.org/', 'pass', 'fail', 'pass', { findings: ['hsts.field.missing'] }),
  visit('http://void-hsts-demo.org/', 'pass', 'fail', 'pass', { findings: ['hsts.field.void'] }),
  ...['duplicate', 'nomaxage', 'junk', 'comma'].map((page) =>
    visit(`http://void-hsts-demo.org/${page}`, 'pass', 'fail', 'pass', { name: `void-hsts-demo.org/${page}` }),
  ),
  visit('http://zero-hsts-demo.org/', 'pass', 'fail', 'pass', { findings: ['hsts.max-age.zero'] }),
  visit('http://short-hsts-demo.org/', 'pass', 'warn', 'pass', { findings: ['hsts.max-age.below-six-months', 'preload.field.requirement-not-met'] }),
  visit('http://weak-cookies-demo.org/', 'pass', 'warn', 'fail', {
    findings: ['cookie.secure.missing', 'cookie.httponly.missing', 'cookie.prefix.violated', 'cookie.samesite.none-without-secure', 'cookie.domain.refused', 'cookie.samesite.invalid'],
  }),
  visit('http://shop-demo.org/', 'pass', 'pass', 'warn', {
    findings: ['cookie.secure.missing'],
    why: 'the cookie is for no sign-in, and HSTS leaves no URL that would send it in clear',
  }),
  visit('http://no-redirect-demo.org/', 'fail', 'fail', 'pass', {
    findings: ['https.page.insecure', 'hsts.policy.not-in-force', 'preload.redirect.requirement-not-met'],
    why: 'the server answered the page over http, so this browser knows no policy of it',
  }),
  visit('http://http-only-demo.org/', 'fail', 'fail', 'fail', {
    findings: ['https.page.insecure', 'hsts.policy.not-in-force', 'cookie.set-over-http'],
    why: 'as above; and the session cookie travels in clear',
  }),
  visit('http://mixed-demo.org/', 'fail', 'pass', 'pass', { findings: ['https.mixed.active'] }),
  visit('http://mixed-demo.org/passive', 'warn', 'pass', 'pass', { name: 'mixed-demo.org/passive', findings: ['https.mixed.passive'] }),
  visit('http://mixed-demo.org/redirected', 'fail', 'pass', 'pass', { name: 'mixed-demo.org/redirected', findings: ['https.mixed.active'] }),
  visit('http://expired-demo.org/', 'fail', 'warn', 'unknown', REFUSED),
  visit('http://not-yet-valid-demo.org/', 'fail', 'warn', 'unknown', REFUSED),
  visit('http://untrusted-demo.org/', 'fail', 'warn', 'unknown', REFUSED),
  visit('http://self-signed-demo.org/', 'fail', 'warn', 'unknown', REFUSED),
  visit('http://name-mismatch-demo.org/', 'fail', 'warn', 'unknown', REFUSED),
  visit('http://chain-start-demo.org/', 'fail', 'pass', 'pass', {
    site: 'chain-end-demo.org',
    findings: ['https.redirect.insecure-hop'],
    why: 'a hop in the middle goes over http; the host where it ends does everything right',
  }),
  visit('http://preloaded-demo.dev/', 'pass', 'pass', 'pass'),
  visit('http://bare-demo.dev/', 'pass', 'pass', 'pass', { why: 'all of .dev is on both lists, so HSTS is in force without a field' }),
  visit('http://django-demo.org/', 'pass', 'warn', 'fail', { findings: ['cookie.secure.missing'] }),
];

/** Whether a view shows these statuses. */
export function shows(view, expected) {
  return Object.entries(expected).every(([verdict, status]) => view.statuses[verdict] === status);
}
