// Generated Strict-Transport-Security fields and Set-Cookie lines, the same on every run: what is said well, and
// every way of saying it badly that parsers are known to differ on, put together by a small seeded generator.
// Strings are isomorphic: a character U+0000 to U+00FF is one octet. forms.mjs has the forms one by one, here they
// are put together.
import { COOKIE_FORMS, HSTS_FORMS } from './forms.mjs';

/** Seeded random numbers (mulberry32): a failure can be run again. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = (next, list) => list[Math.floor(next() * list.length)];

/** The UTF-8 octets of a text. */
const utf8 = (text) => String.fromCharCode(...new TextEncoder().encode(text));

const MAX_AGES = [
  'max-age=31536000', 'max-age=63072000', 'max-age=7200', 'max-age=0', 'Max-Age=86400', 'MAX-AGE=2592000', 'max-age="31536000"', 'max-age="0"',
  'max-age = 31536000', 'max-age\t=\t31536000', 'max-age=00031536000', 'max-age=31536001', 'max-age=315360000', 'max-age=9223372036854775807',
  'max-age=18446744073709551615', 'max-age=18446744073709551616', 'max-age=99999999999999999999999', 'max-age=-1', 'max-age=+1', 'max-age=1.5',
  'max-age=31536000s', "max-age='31536000'", 'max-age=', 'max-age', 'max-age=""', 'max-age=" 31536000 "', 'max-age="315\\36000"', 'max-age=abc',
  'max-age=0x10', 'max-age=31536000 always', 'max-age=31536000, includeSubDomains', 'max-age="31536000', 'max-age=31536000"', 'max-age==31536000',
  'maxage=31536000', 'max_age=31536000', 'max-age:31536000', 'max-age=\u00a031536000', 'max-age=31536000\u00a0', 'max-age=3153 6000', 'max-age=1e9',
];
const OTHERS = [
  'includeSubDomains', 'includesubdomains', 'INCLUDESUBDOMAINS', 'includeSubDomain', 'include_subdomains', 'includeSubDomains=1', 'includeSubDomains=""',
  'includeSubDomains=true', 'includeSubDomains="', 'includeSubDomains ', 'preload', 'Preload', 'preload=1', 'preload=""', 'preload=', 'preload =',
  'foo', 'foo=bar', 'foo="bar"', 'foo="a;b"', 'foo="a,b"', 'foo="a\\"b"', 'foo=', '=bar', '=', 'foo=bar baz', 'foo bar', 'foo, bar',
  'report-uri="https://a.example/"', 'report-uri=https://a.example/', 'foo="\u00e9"', 'foo=\u00e9', 'f\u00e9o', 'foo="\u0001"', 'foo=\u007f', '',
  ' ', '\t', '\u00a0', '"', '"quoted"', 'foo="bar"baz', '(x)', '@', 'includeSubDomains; includeSubDomains', 'preload; preload', 'max-age=31536000',
];
const SEPARATORS = ['; ', ';', ' ; ', ';\t', ';;', '; ; ', ', ', ' '];

/** All forms, and `count` more: responses, each the list of its field lines' values. */
export function hstsVectors(count, seed = 6797) {
  const next = random(seed);
  const vectors = [
    // By hand: several lines, where the first decides.
    ['max-age=31536000', 'max-age=0'], ['max-age=0', 'max-age=31536000'], ['junk', 'max-age=31536000'], ['', 'max-age=31536000'],
    ['max-age=31536000; includeSubDomains', 'max-age=60'], ['max-age=60', 'max-age=31536000; includeSubDomains'],
    // Nothing, and nothing but separators.
    [''], [';'], [';;;'], [','],
    // Each form of max-age and each other directive by itself.
    ...MAX_AGES.map((field) => [field]),
    ...OTHERS.map((field) => [`max-age=31536000; ${field}`]),
    ...OTHERS.filter(Boolean).map((field) => [`${field}; max-age=31536000`]),
  ];
  const good = MAX_AGES.slice(0, 12);
  const all = HSTS_FORMS.length + vectors.length + count;
  vectors.unshift(...HSTS_FORMS);
  while (vectors.length < all) {
    const parts = [pick(next, next() < 0.7 ? good : MAX_AGES)];
    for (let more = Math.floor(next() * 4); more > 0; more -= 1) {
      parts.splice(Math.floor(next() * (parts.length + 1)), 0, pick(next, OTHERS));
    }
    const separator = next() < 0.8 ? '; ' : pick(next, SEPARATORS);
    vectors.push([parts.join(separator) + pick(next, ['', '', '', ';', ' ', ' ;'])]);
  }
  return vectors;
}

const PAIRS = [
  'a=b', 'sessionid=0123456789abcdef', 'a=', 'a', '=b', '=', 'a=b=c', ' a = b ', 'a="quoted"', 'a=b c', 'a b=c', 'a=,;', 'a=b,c', `a=${utf8('é')}`, `${utf8('é')}=b`,
  'a\tb=c', 'a=b\tc', 'a=b\u0001c', 'a=\u007f', '__Secure-a=b', '__Host-a=b', '__Http-a=b', '__Host-Http-a=b', '__secure-a=b', '__HOST-a=b', '__http-a=b',
  '__host-HTTP-a=b', '__Secure-=b', '__Host-=b', '__Secure=b', '_Secure-a=b', '__Secure-a', '=__Secure-a', '=__Host-a=b', `a=${'x'.repeat(4095)}`, `a=${'x'.repeat(4096)}`, `${'n'.repeat(4096)}=`,
];
const PATHS = ['Path=/', 'Path=/', 'path=/dir', 'Path=/other', 'Path=', 'Path', 'Path=dir', 'Path="/"', 'PATH = /', `Path=/${'p'.repeat(1023)}`, `Path=/${'p'.repeat(1024)}`];
const DOMAINS = ['Domain={host}', 'Domain={site}', 'Domain=.{site}', 'domain={site}', 'Domain=', 'Domain', 'Domain=.', 'Domain=..{site}', 'Domain={site}.', 'Domain=org', 'Domain=example.com', 'Domain=sub.{host}', 'Domain=x{site}', 'Domain="{site}"', 'Domain={upper}'];
const SAME_SITES = ['SameSite=Lax', 'SameSite=Strict', 'SameSite=None', 'samesite=lax', 'SAMESITE=NONE', 'SameSite=', 'SameSite', 'SameSite=Sloppy', 'SameSite="Lax"', 'SameSite= Strict '];
const MAX_AGE_ATTRIBUTES = ['Max-Age=3600', 'Max-Age=0', 'Max-Age=-1', 'Max-Age=+1000', 'Max-Age=34560000', 'Max-Age=34560001', 'Max-Age=99999999999999999999', 'Max-Age=', 'Max-Age', 'Max-Age=abc', 'Max-Age=1.5', 'Max-Age="3600"', 'max-age = 3600', 'Max-Age=-', 'Max-Age=007200', 'Max-Age=3600s'];
const DATES = [
  'Sun, 06 Jun 2027 08:49:37 GMT', 'Sunday, 06-Jun-27 08:49:37 GMT', 'Sun Jun  6 08:49:37 2027', '06 Jun 2027 08:49:37', '6-6-2027 08:49:37', 'Jun 6 2027 8:49:37',
  '08:49:37 06 Jun 2027', 'Sun, 06 Jun 2027 08:49:37', 'Sun, 06 Jun 2027 08:49:37 PST', 'Sun, 06 Jun 2027 08:49:37 +0800', 'Sun, 06 Jun 2027 08:49 GMT', '06 Jun 2027',
  'Sun, 06 Jun 1999 08:49:37 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Sun, 31 Feb 2027 08:49:37 GMT', 'Sun, 00 Jun 2027 08:49:37 GMT', 'Sun, 06 Jun 2027 24:00:00 GMT',
  'Sun, 06 Jun 2027 08:60:00 GMT', 'Sun, 06 Jun 2027 08:49:60 GMT', '06/06/2027', 'Sun, 06 Jun 2099 08:49:37 GMT', 'Sun, 06 Jun 27 08:49:37 GMT', '0', 'tomorrow', '', '"Sun, 06 Jun 2027 08:49:37 GMT"',
  'Sun, 06 JUNE 2027 08:49:37 GMT', 'Sun/06/Jun/2027/08:49:37', 'Sun, 06-Jun-2027 08:49:37 GMT', '06 Jun 2027 8:9:7 GMT',
].map((date) => `Expires=${date}`);
const FLAGS = ['Secure', 'HttpOnly', 'secure', 'HTTPONLY', 'Secure=false', 'HttpOnly=0', 'Secure ', 'Partitioned', 'partitioned=1', 'Priority=High', 'unknown', 'unknown=x', '', '=', 'Secure;Secure', `Secure=${'s'.repeat(1025)}`];
const GROUPS = [PATHS, DOMAINS, SAME_SITES, MAX_AGE_ATTRIBUTES, DATES, FLAGS, FLAGS];

/** All forms, and `count` more: Set-Cookie lines; {host}, {site} and {upper} stand for the names that they are received from. */
export function cookieVectors(count, seed = 6265) {
  const next = random(seed);
  const vectors = [
    ...PAIRS,
    ...PAIRS.filter((pair) => pair.includes('__')).flatMap((pair) => [`${pair}; Secure; Path=/`, `${pair}; Secure; HttpOnly; Path=/`, `${pair}; Secure; Path=/; Domain={site}`]),
    ...[PATHS, DOMAINS, SAME_SITES, MAX_AGE_ATTRIBUTES, DATES, FLAGS].flatMap((group) => group.map((attribute) => `a=b; ${attribute}`)),
    ...SAME_SITES.map((attribute) => `a=b; Secure; ${attribute}`),
    'a=b; Secure; Partitioned', 'a=b; Secure; Partitioned; SameSite=None; Path=/',
    'a=b; Path=/one; Path=/', 'a=b; Domain={site}; Domain=', 'a=b; SameSite=Lax; SameSite=Sloppy', 'a=b; Max-Age=3600; Max-Age=abc', 'a=b; Max-Age=3600; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'a=b; Expires=Sun, 06 Jun 2027 08:49:37 GMT; Max-Age=abc', 'a=b; Expires=Sun, 06 Jun 2027 08:49:37 GMT; Expires=nonsense',
  ];
  const all = COOKIE_FORMS.length + vectors.length + count;
  vectors.unshift(...COOKIE_FORMS);
  while (vectors.length < all) {
    const parts = [];
    for (let more = 1 + Math.floor(next() * 5); more > 0; more -= 1) parts.push(pick(next, pick(next, GROUPS)));
    vectors.push([pick(next, PAIRS), ...parts].join(pick(next, ['; ', '; ', ';', ' ; '])));
  }
  return vectors;
}
