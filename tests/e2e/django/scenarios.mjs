// What brings each finding about, for the test that applies its fix: one line a check.
//
// `settings`, `lines` (of Python, after them), `without` (middleware), `view` (lines in every view) and `html` (in every page) change Django; `http` and
// `https` are lines in nginx's two servers; `only` is the one address that is opened. Where Django's line and nginx's want
// another beginning: `{django: …, nginx: …}`. `also`: settings that the fix's sentence asks for besides its lines;
// `weaker`: the lines make the finding less severe, until what the sentence asks for is done.

const HSTS = 'Strict-Transport-Security';
const FRAMES = 'X-Frame-Options';
const OPENER = 'Cross-Origin-Opener-Policy';
const http = 'http://shop-demo.com/login/';
const home = 'https://shop-demo.com/';
const page = (path) => `https://shop-demo.com/${path}`;
const noRedirect = { settings: { SECURE_SSL_REDIRECT: false } };
/** The field as Django sends it badly, and as nginx does instead of Django. */
const field = (name, value, settings) => ({
  django: { settings },
  nginx: { https: [`proxy_hide_header ${name};`, ...(value ? [`add_header ${name} "${value}" always;`] : [])] },
});
/** The field as Django and as nginx send it, HSTS being off in Django where nginx sends it. */
const hsts = (value, settings) => ({
  django: { settings },
  nginx: { settings: { SECURE_HSTS_SECONDS: 0 }, https: value ? [`add_header ${HSTS} "${value}" always;`] : [] },
});
/** A field that a view sends badly. */
const sent = (name, value) => ({ view: `response.headers["${name}"] = ${JSON.stringify(value)}` });
/** A field that Django has no setting for: a view sends it badly, or nginx does. */
const custom = (name, value, more = '') => ({
  django: { view: `${sent(name, value).view}\n${more}` },
  nginx: { https: [`add_header ${name} "${value}" always;`], view: more },
});
/** A policy as django-csp takes it: it sends no directive that it does not know, so the rest follows the first as text. */
function directives(policy) {
  const [, name, rest] = /^(\S+) (.*)$/.exec(policy);
  return JSON.stringify({ [name]: [rest] });
}
/** A policy that django-csp sends, or nginx. */
const policy = (text, more = {}, name = 'CONTENT_SECURITY_POLICY') => ({
  django: { lines: `MIDDLEWARE += ["csp.middleware.CSPMiddleware"]\n${name} = {"DIRECTIVES": ${directives(text)}}`, ...more },
  nginx: { https: [`add_header ${name.toLowerCase().replaceAll('_', '-')} "${text}" always;`], ...more },
});
/** The start page leads on, to an address of the scheme that Django takes the request for. */
const leadsTo = (place) => `if request.path == "/": response.status_code = 302; response.headers["Location"] = request.build_absolute_uri("${place}")`;
const theme = (attributes) => `response.set_cookie("theme", "dark"${attributes ? `, ${attributes}` : ''})`;
const cookies = (setting, value, attributes) => ({
  settings: { [`SESSION_COOKIE_${setting}`]: value, [`CSRF_COOKIE_${setting}`]: value }, view: theme(attributes),
});

export const SCENARIOS = {
  'cookie.csrf.without-samesite': { settings: { CSRF_COOKIE_SAMESITE: false } },
  'cookie.domain.too-wide': { settings: { SESSION_COOKIE_DOMAIN: 'shop-demo.com', CSRF_COOKIE_DOMAIN: 'shop-demo.com' } },
  'cookie.httponly.missing': cookies('HTTPONLY', false, 'secure=True, samesite="Lax"'),
  'cookie.lifetime.too-long': { settings: { SESSION_COOKIE_AGE: 63072000 } },
  // Django's own argument for it came after 5.2.
  'cookie.partitioned.without-secure': {
    view: `from http.cookies import Morsel; Morsel._reserved["partitioned"] = "Partitioned"; Morsel._flags.add("partitioned"); ${theme()}; response.cookies["theme"]["partitioned"] = True`,
  },
  'cookie.prefix.absent': {},
  'cookie.reach.clear-text': { ...cookies('SECURE', false), settings: { SESSION_COOKIE_SECURE: false, CSRF_COOKIE_SECURE: false, SECURE_HSTS_SECONDS: 0 } },
  // Django refuses such a setting, so a view writes it past Django.
  'cookie.samesite.invalid': { view: `${theme('secure=True')}; response.cookies["theme"]["samesite"] = "Lacks"` },
  'cookie.samesite.missing': cookies('SAMESITE', false, 'secure=True'),
  'cookie.samesite.none': cookies('SAMESITE', 'None', 'secure=True, samesite="None"'),
  'cookie.samesite.none-without-secure': {
    settings: { SESSION_COOKIE_SAMESITE: 'None', SESSION_COOKIE_SECURE: false, CSRF_COOKIE_SAMESITE: 'None', CSRF_COOKIE_SECURE: false },
    view: theme('samesite="None"'),
  },
  'cookie.secure.missing': cookies('SECURE', false, 'samesite="Lax"'),
  'cookie.set-over-http': { settings: { SECURE_SSL_REDIRECT: false, CSRF_COOKIE_SECURE: false }, only: http },
  'django.proxy.header-not-trusted': {
    django: { settings: { SECURE_PROXY_SSL_HEADER: null } },
    nginx: { http: ['proxy_set_header X-Forwarded-Proto "";'], https: ['proxy_set_header X-Forwarded-Proto "";'] },
  },
  'csp.base.unrestricted': policy("script-src 'nonce-abcdefghijklmnopqrstuv'; object-src 'none'"),
  'csp.directive.deprecated': policy("default-src 'self'; block-all-mixed-content"),
  'csp.directive.repeated': policy("script-src 'self'; script-src 'none'"),
  'csp.directive.unknown': policy("default-src 'self'; script-scr 'none'"),
  'csp.form.unrestricted': policy("default-src 'self'"),
  'csp.frame-ancestors.missing': policy("default-src 'self'"),
  'csp.http-source': policy('img-src http://images.shop-demo.com'),
  'csp.object.unrestricted': policy("script-src 'self'; object-src *"),
  'csp.policy.missing': {},
  'csp.policy.report-only': policy("default-src 'self'", {}, 'CONTENT_SECURITY_POLICY_REPORT_ONLY'),
  'csp.policy.unparsable': policy("script-src self object-src 'none'"),
  'csp.reporting.missing': policy("default-src 'self'"),
  'csp.script.bypassable-host': policy("script-src 'self' https://cdnjs.cloudflare.com"),
  'csp.script.ip-source': policy("script-src 'self' 192.0.2.7"),
  'csp.script.no-strict-dynamic': policy("script-src 'self' https://static.shop-demo.com"),
  'csp.script.nonce-too-short': policy("script-src 'nonce-1234'"),
  'csp.script.scheme-only': policy("script-src 'self' https:"),
  'csp.script.unsafe-eval': policy("script-src 'self' 'unsafe-eval'"),
  'csp.script.unsafe-inline': policy("script-src 'self' 'unsafe-inline'"),
  'csp.script.wildcard': policy('script-src *'),
  'csp.style.unsafe-inline': policy("style-src 'self' 'unsafe-inline'"),
  'csp.trusted-types.absent': policy("script-src 'self'"),
  'csp.upgrade-insecure-requests.absent': policy("default-src 'self'"),
  'disclosure.aspnet-version': sent('X-AspNet-Version', '4.0.30319'),
  'disclosure.backend-server': sent('X-Backend-Server', 'app-1'),
  'disclosure.chrome-logger': sent('X-ChromeLogger-Data', 'eyJ2ZXJzaW9uIjoiNC4wIn0='),
  'disclosure.debug-page': { settings: { DEBUG: true }, https: ['location = /50x.html { return 200 "Sorry"; }'], only: page('fails/') },
  'disclosure.debug-token': sent('X-Debug-Token', 'a1b2c3'),
  'disclosure.powered-by': sent('X-Powered-By', 'PHP/8.1.2'),
  'disclosure.server.version': {},
  'disclosure.stack-trace': {
    settings: { DEBUG: true }, https: ['location = /50x.html { return 200 "Sorry"; }'], only: home,
    view: 'from django.conf import settings; import traceback\ntry: 1 / 0\nexcept ZeroDivisionError:\n  if settings.DEBUG: response.status_code = 500; response.content = traceback.format_exc()',
  },
  'header.cache.sensitive-storable': { view: 'request.session["cart"] = 1', only: home },
  'header.clear-site-data.missing-at-logout': { only: page('logout') },
  'header.coep.invalid': custom('Cross-Origin-Embedder-Policy', 'yes'),
  'header.coep.missing': {},
  'header.coep.unsafe-none': custom('Cross-Origin-Embedder-Policy', 'unsafe-none'),
  'header.content-type.charset-missing': sent('Content-Type', 'text/html'),
  'header.content-type.missing': { nginx: { https: ['default_type "";', 'location = /page { return 200 "<!doctype html><title>Page</title><p>Page"; }'], only: page('page') } },
  'header.coop.invalid': field(OPENER, 'same-orign', { SECURE_CROSS_ORIGIN_OPENER_POLICY: 'same-orign' }),
  'header.coop.missing': field(OPENER, '', { SECURE_CROSS_ORIGIN_OPENER_POLICY: null }),
  'header.coop.unsafe-none': field(OPENER, 'unsafe-none', { SECURE_CROSS_ORIGIN_OPENER_POLICY: 'unsafe-none' }),
  'header.corp.invalid': custom('Cross-Origin-Resource-Policy', 'yes'),
  'header.corp.missing': {},
  'header.cors.universal-with-credentials': custom('Access-Control-Allow-Origin', '*', 'response.headers["Access-Control-Allow-Credentials"] = "true"'),
  'header.cors.wildcard': custom('Access-Control-Allow-Origin', '*'),
  'header.expect-ct.obsolete': sent('Expect-CT', 'max-age=0'),
  'header.framing.invalid': field(FRAMES, 'ALLOWALL', { X_FRAME_OPTIONS: 'ALLOWALL' }),
  'header.framing.repeated': { https: [`add_header ${FRAMES} SAMEORIGIN always;`] },
  'header.framing.unprotected': { without: ['XFrameOptionsMiddleware'] },
  'header.hpkp.obsolete': sent('Public-Key-Pins', 'max-age=5184000; pin-sha256="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="'),
  'header.nosniff.invalid': sent('X-Content-Type-Options', 'yes'),
  'header.nosniff.missing': field('X-Content-Type-Options', '', { SECURE_CONTENT_TYPE_NOSNIFF: false }),
  'header.permissions.feature-policy-deprecated': sent('Feature-Policy', "camera 'none'"),
  'header.permissions.invalid': custom('Permissions-Policy', 'camera none'),
  'header.permissions.missing': {},
  'header.referrer.invalid': field('Referrer-Policy', 'same-orign', { SECURE_REFERRER_POLICY: 'same-orign' }),
  'header.referrer.missing': field('Referrer-Policy', '', { SECURE_REFERRER_POLICY: null }),
  'header.referrer.unsafe': field('Referrer-Policy', 'unsafe-url', { SECURE_REFERRER_POLICY: 'unsafe-url' }),
  'header.x-xss-protection.active': sent('X-XSS-Protection', '1'),
  'header.framing.sameorigin-where-django-denies': field('X-Frame-Options', 'SAMEORIGIN', { X_FRAME_OPTIONS: 'SAMEORIGIN' }),
  'hsts.field.differs-between-responses': {
    settings: { SECURE_HSTS_SECONDS: 3600, SECURE_HSTS_INCLUDE_SUBDOMAINS: false, SECURE_HSTS_PRELOAD: false },
    view: `${leadsTo('/login/')}; response.headers["${HSTS}"] = "max-age=31536000"`, only: home,
  },
  'hsts.field.in-meta': { settings: { SECURE_HSTS_SECONDS: 0 }, html: '<meta http-equiv="Strict-Transport-Security" content="max-age=31536000">', also: { EXTRA_HTML: '' } },
  'hsts.field.missing': hsts('', { SECURE_HSTS_SECONDS: 0 }),
  'hsts.field.over-http': {
    django: { settings: { SECURE_SSL_REDIRECT: false, SECURE_PROXY_SSL_HEADER: ['HTTP_HOST', 'shop-demo.com'] } },
    nginx: { settings: { SECURE_SSL_REDIRECT: false }, http: ['proxy_set_header X-Forwarded-Proto https;'] },
  },
  'hsts.field.reading-differs': { nginx: { settings: { SECURE_HSTS_SECONDS: 0 }, https: [`add_header ${HSTS} "max-age=31536000; =" always;`] } },
  'hsts.field.repeated': { https: [`add_header ${HSTS} "max-age=31536000" always;`] },
  'hsts.field.some-responses-only': {
    django: { settings: { SECURE_HSTS_SECONDS: 0 }, view: `${leadsTo('/login/')}; response.headers["${HSTS}"] = "max-age=31536000"`, only: home },
    nginx: { settings: { SECURE_HSTS_SECONDS: 0 }, view: leadsTo('/missing/'), only: home, https: [`add_header ${HSTS} "max-age=31536000";`] },
  },
  'hsts.field.void': hsts('max-age=31536000, includeSubDomains', { SECURE_HSTS_SECONDS: 'a year' }),
  'hsts.max-age.below-one-year': hsts('max-age=20000000', { SECURE_HSTS_SECONDS: 20000000 }),
  'hsts.max-age.below-six-months': hsts('max-age=3600', { SECURE_HSTS_SECONDS: 3600 }),
  'hsts.max-age.missing': hsts('includeSubDomains'),
  'hsts.max-age.zero': hsts('max-age=0', { SECURE_HSTS_SECONDS: '0' }),
  'hsts.policy.not-in-force': { ...noRedirect, only: http },
  'hsts.subdomains.not-covered': hsts('max-age=31536000', { SECURE_HSTS_INCLUDE_SUBDOMAINS: false }),
  'https.form.insecure-action': { weaker: true, html: '<form action="http://shop-demo.com/login/" method="post"></form>' },
  'https.form.insecure-page': { ...noRedirect, only: http },
  'https.login.basic-over-http': { ...noRedirect, view: 'response.status_code = 401\nresponse.headers["WWW-Authenticate"] = \'Basic realm="shop"\'', only: http },
  'https.page.insecure': { ...noRedirect, only: http },
  'https.redirect.insecure-hop': {
    django: { settings: { SECURE_PROXY_SSL_HEADER: null, SECURE_SSL_REDIRECT: false }, view: leadsTo('/login/'), only: home },
    nginx: { settings: { SECURE_SSL_REDIRECT: false }, https: ['proxy_set_header X-Forwarded-Proto "";'], view: leadsTo('/login/'), only: home },
  },
  'https.redirect.missing': noRedirect,
  'https.redirect.not-https-first': {
    http: ['if ($host = shop-demo.com) { return 301 http://www.shop-demo.com$request_uri; }', 'return 301 https://shop-demo.com$request_uri;'], only: http,
  },
  'https.redirect.temporary': {
    django: { ...noRedirect, view: 'if not request.is_secure(): response.status_code = 302; response.headers["Location"] = "https://shop-demo.com/login/"' },
    nginx: { http: ['return 302 https://$host$request_uri;'] },
  },
  'https.tls.obsolete-version': { https: ['ssl_protocols TLSv1;', 'ssl_ciphers DEFAULT@SECLEVEL=0;'] },
  'https.tls.weak-cipher': { https: ['ssl_protocols TLSv1.2;', 'ssl_ciphers ECDHE-ECDSA-AES128-SHA@SECLEVEL=0;'] },
  'preload.field.requirement-not-met': hsts('max-age=3600', { SECURE_HSTS_SECONDS: 3600, SECURE_HSTS_INCLUDE_SUBDOMAINS: false, SECURE_HSTS_PRELOAD: false }),
  'preload.field.sent-but-not-listed': {},
  'preload.redirect.requirement-not-met': noRedirect,
};

/** Checks whose lines are not applied, and why. */
export const NOT_APPLIED = {
  'cookie.rotation.missing': { django: 'its line is a call in the view that signs in' },
  'header.nosniff.invalid': { django: 'Django itself sends nothing else than nosniff' },
  'hsts.field.reading-differs': { django: 'Django itself writes the field plainly' },
  'hsts.parent.overrides': 'another host is at fault, and this site has one',
  'preload.list.at-risk': 'the domain would have to be on the lists',
  'hsts.max-age.missing': { django: 'Django itself never leaves max-age out' },
  'https.mixed.active': 'only a browser changes what the page asks for; its elements stay as they are',
  'https.mixed.passive': 'only a browser changes what the page asks for; its elements stay as they are',
  'preload.field.removal-requested': 'the domain would have to be on the lists',
  'content.sri.missing': 'its line is an element of a template',
  'content.sri.over-http': 'its line is an element of a template',
  'disclosure.session-id-in-url': 'Django has no sessions in addresses',
  'header.cache.sensitive-storable': { django: 'its line is a decorator of a view' },
  'header.content-type.charset-missing': { django: 'the line is the default' },
  'header.content-type.missing': { django: 'its line is the end of a view' },
  'header.cors.universal-with-credentials': { django: 'its line belongs to a package, django-cors-headers' },
  'header.cors.wildcard': { django: 'its line belongs to a package, django-cors-headers' },
  'https.certificate.name-mismatch': 'its lines name files of a certificate that only an authority can make',
  'https.certificate.rejected': 'its lines name files of a certificate that only an authority can make',
  'https.certificate.self-signed': 'its lines name files of a certificate that only an authority can make',
  'https.certificate.untrusted': 'its lines name files of a certificate that only an authority can make',
  'https.tls.no-post-quantum': 'OpenSSL has the key exchange from version 3.5 on, which neither nginx here nor Node has',
  'preload.subdomains.insecure-seen': 'another host is at fault, and this site has one',
};
