// The situations of tests/e2e/live.test.mjs: what a server is configured to do, and what a live audit must say of it.
//
// `https` are nginx's lines for the server. `weak` are the suites that it accepts by version, with their IANA names in any
// order. `ids` are all findings about https, HSTS, preloading and cookies; what else a bare nginx lacks is not a live audit's.

export const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

const GUIDELINE = 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305';
const CBC = 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA';

/** Statuses in the contract's order. */
const statuses = (https, hsts_preload, cookies) => ({ https, hsts_preload, cookies });
const GOOD = statuses('pass', 'pass', 'unknown');
const WARN = { ...GOOD, https: 'warn' };
/** Nothing of the page was seen. */
const REFUSED = statuses('fail', 'warn', 'unknown');

/** What a domain is told whose field asks for the lists, and which is on none. */
const ASKS = ['preload.field.sent-but-not-listed'];
/** The same of one that meets every requirement. */
const READY = ['hsts.first-visit.unprotected', ...ASKS, 'preload.policy.not-recommended'];
/** A page over TLS 1.2, for which no key exchange holds against quantum computers. */
const READY_OVER_1_2 = [...READY, 'https.tls.no-post-quantum'];
/** hstspreload.org would not come to the page. */
const UNREADY = ['preload.redirect.requirement-not-met'];
const OLD = 'https.tls.obsolete-version-accepted';
const WEAK = 'https.tls.weak-cipher-accepted';

/** One that speaks these versions with a suite of the guideline and one with CBC. */
function versions(name, ...spoken) {
  const weak = Object.fromEntries(spoken.filter((version) => version !== 'TLSv1.3').map((version) => [version, [CBC]]));
  const isReached = spoken.some((version) => ['TLSv1.2', 'TLSv1.3'].includes(version));
  const isOld = spoken.some((version) => ['TLSv1', 'TLSv1.1'].includes(version));
  return {
    name,
    https: `ssl_protocols ${spoken.join(' ')}; ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0;`,
    accepted: spoken,
    weak,
    statuses: isReached ? (isOld || spoken.includes('TLSv1.2') ? WARN : GOOD) : REFUSED,
    ids: [...(isOld ? [OLD] : []), ...(Object.keys(weak).length > 0 ? [WEAK] : []), ...(isReached ? (spoken.includes('TLSv1.3') ? READY : READY_OVER_1_2) : UNREADY)],
  };
}

/** One that accepts these suites of TLS 1.2 next to the guideline's. */
function suites(name, ciphers, weak) {
  return {
    name,
    https: `ssl_protocols TLSv1.2; ssl_ciphers ${GUIDELINE}:${ciphers}:@SECLEVEL=0;`,
    accepted: ['TLSv1.2'],
    weak: { 'TLSv1.2': weak },
    statuses: WARN,
    ids: [WEAK, ...READY_OVER_1_2],
  };
}

/** One with current settings, of which something else is to be seen. */
function current(name, more) {
  return { name, https: `ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ${GUIDELINE};`, accepted: ['TLSv1.2', 'TLSv1.3'], weak: {}, statuses: GOOD, ids: READY, ...more };
}

/** One whose certificate is refused; `says` is the kind of refusal. */
const refused = (name, certificate, id, says) => current(name, { certificate, statuses: REFUSED, ids: [id, ...ASKS, ...UNREADY], says });

export const SITUATIONS = [
  ...VERSIONS.map((version) => versions(`${version} alone`, version)),
  ...VERSIONS.map((version) => versions(`all but ${version}`, ...VERSIONS.filter((other) => other !== version))),
  versions('every version', ...VERSIONS),
  current('the guideline alone', {}),
  suites('CBC', 'ECDHE-RSA-AES256-SHA384:ECDHE-ECDSA-AES256-SHA', ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA']),
  suites('the key of the server', 'AES128-GCM-SHA256:AES256-SHA:AES128-SHA256', ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_256_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA256']),
  suites('DHE', 'DHE-RSA-AES128-GCM-SHA256:DHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES256-SHA', ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA']),
  suites('no encryption', 'NULL-SHA256:NULL-MD5:ECDHE-RSA-NULL-SHA:ECDHE-ECDSA-NULL-SHA', ['TLS_RSA_WITH_NULL_SHA256', 'TLS_RSA_WITH_NULL_MD5', 'TLS_ECDHE_RSA_WITH_NULL_SHA', 'TLS_ECDHE_ECDSA_WITH_NULL_SHA']),
  suites('no authentication', 'ADH-AES128-SHA256:ADH-AES256-GCM-SHA384:AECDH-AES128-SHA:AECDH-NULL-SHA', ['TLS_DH_anon_WITH_AES_128_CBC_SHA256', 'TLS_DH_anon_WITH_AES_256_GCM_SHA384', 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA', 'TLS_ECDH_anon_WITH_NULL_SHA']),
  suites('CCM, Camellia and ARIA', 'AES128-CCM8:ECDHE-ECDSA-AES256-CCM8:ECDHE-RSA-CAMELLIA128-SHA256:ECDHE-ARIA256-GCM-SHA384', ['TLS_RSA_WITH_AES_128_CCM_8', 'TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8', 'TLS_ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256', 'TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384']),
  refused('another authority', ['untrusted', 'stranger'], 'https.certificate.untrusted', 'certificate-untrusted'),
  refused('signed by itself', ['own'], 'https.certificate.self-signed', 'certificate-self-signed'),
  refused('another name', ['named'], 'https.certificate.name-mismatch', 'certificate-name-mismatch'),
  refused('the intermediate is missing', ['below'], 'https.certificate.untrusted', 'certificate-incomplete'),
  current('the intermediate is sent', { certificate: ['below', 'middle'] }),
  current('no redirect from http', { http: 'root WWW;', statuses: statuses('fail', 'warn', 'unknown'), ids: ['https.redirect.missing', 'hsts.first-visit.unprotected', ...ASKS, ...UNREADY] }),
  current('no HSTS', { hsts: null, statuses: statuses('pass', 'fail', 'unknown'), ids: ['hsts.field.missing', 'preload.field.requirement-not-met'] }),
  current('a short HSTS', { hsts: 'max-age=3600', statuses: statuses('pass', 'warn', 'unknown'), ids: ['hsts.first-visit.unprotected', 'hsts.max-age.below-six-months', 'hsts.subdomains.not-covered', 'preload.field.requirement-not-met'] }),
].map((situation, at) => ({
  hsts: 'max-age=63072000; includeSubDomains; preload',
  http: 'return 301 https://$host$request_uri;',
  certificate: ['ec'],
  ...situation,
  domain: `situation-${at + 1}-demo.com`,
}));
