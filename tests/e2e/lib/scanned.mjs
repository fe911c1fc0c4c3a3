// How servers behave, and what hstspreload.org says of each: its codes in its order, as its scanner
// (github.com/chromium/hstspreload: domain.go, redirects.go, response.go) gives them. Derived from that source by hand.

const FULL = 'Strict-Transport-Security: max-age=63072000; includeSubDomains; preload';
const HTML = 'Content-Type: text/html';
const BODY = '<!doctype html><title>scanned</title>';

const field = (value) => `Strict-Transport-Security: ${value}`;
/** A page. */
const page = (...headers) => ({ status: 200, headers: [HTML, ...headers], body: BODY });
/** A redirect. */
const to = (location, ...headers) => ({ status: 301, headers: [`Location: ${location}`, ...headers] });

/** What a site answers where nothing is wrong; D stands for its domain. */
const RIGHT = { 'http://D/': to('https://D/'), 'https://D/': page(FULL), 'https://www.D/': page(FULL) };

/**
 * Server behaviours. `answers` add to RIGHT or stand in its place (null: no such answer); `host` begins the domain's
 * name; `page` is the address from which the person looks; `hidden`: Firefox hands extensions only the first
 * Strict-Transport-Security field of a response (the one that counts, RFC 6797 §8.1), so there it stays unknown.
 * @type {{id: string, about: string, answers?: object, certificates?: object, prefix?: string, page?: string, hidden?: boolean, errors: string[], warnings?: string[]}[]}
 */
export const BEHAVIOURS = [
  { id: 'right', about: 'everything right', errors: [] },
  ...[302, 303, 307, 308].map((status) => ({ id: `status-${status}`, about: `the redirect is a ${status}`, answers: { 'http://D/': { ...to('https://D/'), status } }, errors: [] })),
  { id: 'path', about: 'the redirect leads to a path', answers: { 'http://D/': to('https://D/deep/er?x=1'), 'https://D/deep/er': page(FULL) }, errors: [] },
  { id: 'fragment', about: 'the redirect has a fragment', answers: { 'http://D/': to('https://D/#top') }, errors: [] },
  { id: 'port-443', about: 'the redirect names port 443', answers: { 'http://D/': to('https://D:443/') }, errors: [] },
  { id: 'port-8443', about: 'the redirect leads to another https port', answers: { 'http://D/': to('https://D:8443/elsewhere'), 'https://D/elsewhere': page(FULL) }, errors: [] },
  { id: 'no-redirect', about: 'http answers with a page', answers: { 'http://D/': page() }, errors: ['redirects.http.no_redirect'] },
  { id: 'http-404', about: 'http answers 404', answers: { 'http://D/': { ...page(), status: 404 } }, errors: ['redirects.http.no_redirect'] },
  { id: 'no-location', about: 'a 301 without Location', answers: { 'http://D/': { status: 301, headers: [HTML], body: BODY } }, errors: ['redirects.http.no_redirect'] },
  { id: 'status-300', about: 'a 300, which nobody follows', answers: { 'http://D/': { ...to('https://D/'), status: 300 } }, errors: ['redirects.http.no_redirect'] },
  { id: 'status-200', about: 'a Location on a 200', answers: { 'http://D/': page('Location: https://D/') }, errors: ['redirects.http.no_redirect'] },
  { id: 'meta-refresh', about: 'only the markup leads to https', answers: { 'http://D/': { ...page(), body: '<meta http-equiv="refresh" content="0; url=https://D/">' } }, errors: ['redirects.http.no_redirect'] },
  { id: 'www-first', about: 'http leads to https://www first', answers: { 'http://D/': to('https://www.D/') }, errors: ['redirects.http.www_first'] },
  { id: 'www-first-http', about: 'http leads to http://www first', answers: { 'http://D/': to('http://www.D/'), 'http://www.D/': to('https://www.D/') }, errors: ['redirects.http.www_first'] },
  { id: 'other-site', about: 'http leads to another site', answers: { 'http://D/': to('https://elsewhere-of-D/'), 'https://elsewhere-of-D/': page(FULL) }, errors: ['redirects.http.first_redirect.insecure'] },
  { id: 'other-host', about: 'http leads to another host of the domain', answers: { 'http://D/': to('https://app.D/'), 'https://app.D/': page(FULL) }, errors: ['redirects.http.first_redirect.insecure'] },
  { id: 'http-first', about: 'http leads to http first', answers: { 'http://D/': to('http://D/home'), 'http://D/home': to('https://D/') }, errors: ['redirects.http.first_redirect.insecure'] },
  { id: 'relative', about: 'the Location is relative', answers: { 'http://D/': to('/home'), 'http://D/home': page() }, errors: ['redirects.http.first_redirect.insecure'] },
  { id: 'schemeless', about: 'the Location has no scheme', answers: { 'http://D/': to('//D/home'), 'http://D/home': page() }, errors: ['redirects.http.first_redirect.insecure'] },
  { id: 'port-8080', about: 'http leads to http on another port', answers: { 'http://D/': to('http://D:8080/home'), 'http://D/home': page() }, errors: ['redirects.http.first_redirect.insecure'] },
  { id: 'other-case', about: 'the Location spells the host in capitals', answers: { 'http://D/': to('https://UPPER/') }, errors: ['redirects.http.first_redirect.insecure'] },
  { id: 'other-case-scheme', about: 'the Location spells the scheme in capitals', answers: { 'http://D/': to('HTTPS://D/') }, errors: [] },
  { id: 'ftp', about: 'the redirect leads to ftp', answers: { 'http://D/': to('ftp://D/') }, errors: ['redirects.follow_error', 'redirects.http.first_redirect.insecure'] },
  { id: 'loop', about: 'https leads to itself', answers: { 'https://D/': to('https://D/', FULL) }, errors: ['redirects.too_many', 'redirects.too_many'] },
  { id: 'loop-of-two', about: 'https leads there and back', answers: { 'https://D/': to('https://D/a', FULL), 'https://D/a': to('https://D/', FULL) }, errors: ['redirects.too_many', 'redirects.too_many'] },
  { id: 'loop-http', about: 'http leads to itself', answers: { 'http://D/': to('http://D/') }, errors: ['redirects.too_many', 'redirects.http.first_redirect.insecure'] },
  { id: 'loop-schemes', about: 'https leads back to http', answers: { 'https://D/': to('http://D/', FULL) }, errors: ['redirects.too_many', 'redirects.insecure.subsequent', 'redirects.too_many', 'redirects.insecure.initial'] },
  { id: 'three-hops', about: 'three redirects from http', answers: { 'http://D/': to('https://D/1'), 'https://D/1': to('https://D/2', FULL), 'https://D/2': to('https://D/3', FULL), 'https://D/3': page(FULL) }, errors: [] },
  { id: 'four-hops', about: 'four redirects from http', answers: { 'http://D/': to('https://D/1'), 'https://D/1': to('https://D/2', FULL), 'https://D/2': to('https://D/3', FULL), 'https://D/3': to('https://D/4', FULL), 'https://D/4': page(FULL) }, errors: ['redirects.too_many'] },
  { id: 'four-hops-https', about: 'four redirects from https', answers: { 'http://D/': to('https://D/4'), 'https://D/': to('https://D/1', FULL), 'https://D/1': to('https://D/2', FULL), 'https://D/2': to('https://D/3', FULL), 'https://D/3': to('https://D/4', FULL), 'https://D/4': page(FULL) }, errors: ['redirects.too_many'] },
  { id: 'insecure-second', about: 'https leads to http', answers: { 'https://D/': to('http://elsewhere-of-D/', FULL), 'http://elsewhere-of-D/': page() }, errors: ['redirects.insecure.subsequent', 'redirects.insecure.initial'] },
  { id: 'insecure-third', about: 'a later redirect leads to http', answers: { 'https://D/': to('https://D/1', FULL), 'https://D/1': to('http://elsewhere-of-D/', FULL), 'http://elsewhere-of-D/': page() }, errors: ['redirects.insecure.subsequent', 'redirects.insecure.subsequent'] },
  { id: 'insecure-and-back', about: 'a later redirect leads through http', answers: { 'https://D/': to('http://elsewhere-of-D/', FULL), 'http://elsewhere-of-D/': to('https://elsewhere-of-D/'), 'https://elsewhere-of-D/': page(FULL) }, errors: ['redirects.insecure.subsequent', 'redirects.insecure.initial'] },
  { id: 'first-hop-bare', about: 'the first hop sends no field', answers: { 'http://D/': to('https://D/in'), 'https://D/in': page() }, errors: ['redirects.http.first_redirect.no_hsts'] },
  { id: 'first-hop-weak', about: 'the first hop sends a field that is not enough', answers: { 'http://D/': to('https://D/in'), 'https://D/in': page(field('max-age=300')) }, errors: ['redirects.http.first_redirect.no_hsts'] },
  { id: 'first-hop-twice', about: 'the first hop sends two fields', hidden: true, answers: { 'http://D/': to('https://D/in'), 'https://D/in': page(FULL, FULL) }, errors: ['redirects.http.first_redirect.no_hsts'] },
  { id: 'no-field', about: 'no field at all', answers: { 'https://D/': page() }, errors: ['response.no_header'] },
  { id: 'field-later', about: 'https redirects without the field to a page with it', answers: { 'https://D/': to('https://D/in'), 'https://D/in': page(FULL) }, errors: ['response.no_header'] },
  { id: 'two-fields', about: 'two fields', hidden: true, answers: { 'https://D/': page(FULL, FULL) }, errors: ['response.multiple_headers'] },
  { id: 'short', about: 'max-age of a month', answers: { 'https://D/': page(field('max-age=2592000; includeSubDomains; preload')) }, errors: ['header.preloadable.max_age.below_1_year'] },
  { id: 'zero', about: 'max-age of 0', answers: { 'https://D/': page(field('max-age=0; includeSubDomains; preload')) }, errors: ['header.preloadable.max_age.zero'] },
  { id: 'no-max-age', about: 'no max-age', answers: { 'https://D/': page(field('includeSubDomains; preload')) }, errors: ['header.preloadable.max_age.missing'] },
  { id: 'long', about: 'max-age of more than ten years', answers: { 'https://D/': page(field('max-age=315360001; includeSubDomains; preload')) }, errors: [], warnings: ['header.preloadable.max_age.over_10_years'] },
  { id: 'own-host-only', about: 'no includeSubDomains', answers: { 'https://D/': page(field('max-age=31536000; preload')) }, errors: ['header.preloadable.include_sub_domains.missing'] },
  { id: 'no-preload', about: 'no preload', answers: { 'https://D/': page(field('max-age=31536000; includeSubDomains')) }, errors: ['header.preloadable.preload.missing'] },
  { id: 'poor', about: 'nothing of the field is enough', answers: { 'https://D/': page(field('max-age=300')) }, errors: ['header.preloadable.include_sub_domains.missing', 'header.preloadable.preload.missing', 'header.preloadable.max_age.below_1_year'] },
  { id: 'useless', about: 'the field over http', answers: { 'http://D/': to('https://D/', FULL) }, errors: [], warnings: ['redirects.http.useless_header'] },
  { id: 'useless-page', about: 'the field over http, and no redirect', answers: { 'http://D/': page(FULL) }, errors: ['redirects.http.no_redirect'], warnings: ['redirects.http.useless_header'] },
  { id: 'https-404', about: 'https answers 404 with the field', answers: { 'https://D/': { ...page(FULL), status: 404 } }, errors: [] },
  { id: 'https-503', about: 'https answers 503 with the field', answers: { 'https://D/': { ...page(FULL), status: 503 } }, errors: [] },
  { id: 'https-to-www', about: 'https leads on to www', answers: { 'https://D/': to('https://www.D/', FULL) }, errors: [] },
  { id: 'no-http', prefix: 'closed80-', about: 'nothing listens on port 80', errors: [], warnings: ['redirects.http.does_not_exist'] },
  { id: 'no-https', prefix: 'closed443-', page: 'http://D/start', about: 'nothing listens on port 443', errors: ['domain.tls.cannot_connect'] },
  { id: 'no-tls', certificates: { D: 'no-tls' }, page: 'http://D/start', about: 'port 443 speaks no TLS', errors: ['domain.tls.cannot_connect'] },
  ...['expired', 'not-yet-valid', 'untrusted', 'self-signed', 'name-mismatch'].map((kind) => ({ id: kind, about: `a certificate that is ${kind}`, certificates: { D: kind }, page: 'http://D/start', errors: ['domain.tls.invalid_cert_chain'] })),
  { id: 'www-untrusted', about: 'www has a certificate of nobody', certificates: { 'www.D': 'untrusted' }, errors: ['domain.www.no_tls'] },
  { id: 'www-mismatch', about: 'www has the certificate of another name', certificates: { 'www.D': 'name-mismatch' }, errors: ['domain.www.no_tls'] },
  { id: 'www-no-tls', about: 'www speaks no TLS', certificates: { 'www.D': 'no-tls' }, errors: ['domain.www.no_tls'] },
  { id: 'www-closed', prefix: 'wwwclosed-', about: 'www does not listen on port 443', errors: [] },
  { id: 'www-unknown', prefix: 'wwwless-', about: 'www has no address', errors: [] },
  { id: 'follow-closed', about: 'a later redirect leads to a closed port', answers: { 'https://D/': to('https://closed443-elsewhere-of-D/', FULL) }, errors: ['redirects.follow_error', 'redirects.follow_error'] },
  { id: 'follow-untrusted', about: 'a later redirect leads to a bad certificate', certificates: { 'elsewhere-of-D': 'untrusted' }, answers: { 'https://D/': to('https://elsewhere-of-D/', FULL) }, errors: ['redirects.follow_error', 'redirects.follow_error'] },
  { id: 'first-hop-closed', prefix: 'closed8443-', about: 'the first hop leads to a closed port', answers: { 'http://D/': to('https://D:8443/') }, errors: ['redirects.follow_error', 'redirects.http.first_redirect.invalid'] },
  { id: 'sub-domain', page: 'https://app.D/start', about: 'looked at from a sub-domain', answers: { 'http://app.D/': to('https://app.D/'), 'https://app.D/': page(FULL) }, errors: [] },
  { id: 'sub-domain-bare', page: 'https://app.D/start', about: 'looked at from a sub-domain that does all right, while the domain sends no field', answers: { 'http://app.D/': to('https://app.D/'), 'https://app.D/': page(FULL), 'https://D/': page() }, errors: ['response.no_header'] },
  { id: 'sub-domain-http', page: 'https://app.D/start', about: 'a sub-domain does not redirect, which is not asked', answers: { 'http://app.D/': page(), 'https://app.D/': page(FULL) }, errors: [] },
  { id: 'several', about: 'several things at once', answers: { 'http://D/': to('https://www.D/', FULL), 'https://D/': to('http://elsewhere-of-D/', field('max-age=31536000; includeSubDomains')), 'http://elsewhere-of-D/': page() }, certificates: { 'www.D': 'expired' }, errors: ['header.preloadable.preload.missing', 'redirects.follow_error', 'redirects.http.www_first', 'redirects.insecure.initial', 'domain.www.no_tls'], warnings: ['redirects.http.useless_header'] },
];

/** Makes a behaviour's servers on the demo site; gives the address from which the person looks. */
export async function serve(demo, { id, prefix = '', answers = {}, certificates = {}, page: from = 'https://D/start' }) {
  const domain = `${prefix}scan-${id}.org`;
  const named = (text) => text.replaceAll('UPPER', domain.toUpperCase()).replaceAll('D', domain);
  const all = { ...RIGHT, [from]: page(), ...answers };
  await demo.certify(Object.fromEntries(Object.entries(certificates).map(([host, kind]) => [named(host), kind])));
  await demo.order(
    Object.entries(all).map(([address, answer]) => {
      const url = new URL(named(address));
      // Only the place of D in a Location is filled in: a header's name may have the letter.
      const headers = answer.headers.map((line) => (line.startsWith('Location') ? named(line) : line));
      return { host: url.hostname, path: url.pathname, scheme: url.protocol.slice(0, -1), ...answer, headers, body: named(answer.body ?? '').replaceAll(`${domain}OCTYPE`, 'DOCTYPE') };
    }),
  );
  return named(from);
}
