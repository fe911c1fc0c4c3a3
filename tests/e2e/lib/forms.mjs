// Every form of Strict-Transport-Security and Set-Cookie that browsers are known to treat in a way of their own,
// each by itself, so that a difference names its cause. Strings are isomorphic: a character U+0000 to U+00FF is one
// octet.

const YEAR = 'max-age=31536000';

/** The fields of one response each, in order. */
export const HSTS_FORMS = [
  YEAR, `${YEAR}; includeSubDomains`, `${YEAR}; includeSubDomains; preload`, `includeSubDomains; ${YEAR}`,
  'MAX-AGE=31536000;INCLUDESUBDOMAINS', `;;${YEAR};;includeSubDomains;;`, `  \t ${YEAR}\t;\tincludeSubDomains \t`,
  'max-age = 31536000', 'max-age\t=\t31536000', 'max-age=0031536000', 'max-age="31536000"', 'max-age="031536000"', 'max-age= "31536000" ;includeSubDomains',
  'max-age=0', 'max-age="0"', 'max-age=00', 'max-age=0; includeSubDomains', 'max-age=86400',
  `${YEAR}; preload=1`, `${YEAR}; preload; preload`, `${YEAR}; includeSubDomain`, `${YEAR}; include_subdomains`, `${YEAR}; foo; foo`, `${YEAR}; foo=bar; foo=baz`,
  '', ' ', ';', ';;', 'includeSubDomains', 'preload', 'max-age', 'max-age=', 'max-age=""', 'max-age=;includeSubDomains', 'max-age; max-age=1',
  `${YEAR}; ${YEAR}`, `${YEAR}; Max-Age=1`, 'max-age=0; max-age=1', `${YEAR}; includeSubDomains; includeSubDomains`, `${YEAR}; includeSubDomains; INCLUDESUBDOMAINS`,
  `${YEAR}; includeSubDomains=`, `${YEAR}; includeSubDomains=1`, `${YEAR}; includeSubDomains=true`, `${YEAR}; includeSubDomains=""`, `${YEAR}; includeSubDomains="x"`,
  'max-age=-1', 'max-age=+1', 'max-age=1.5', 'max-age=1e3', 'max-age=0x10', 'max-age=31536000s', "max-age='31536000'", 'max-age=" 31536000"', 'max-age="31536000 "', 'max-age=1 2', 'max-age=\xb2',
  `${YEAR}, includeSubDomains`, `${YEAR},includeSubDomains`, `${YEAR},`, `,${YEAR}`, `${YEAR}; foo="a,b"`, `${YEAR}; foo="a;b"`, `${YEAR}; foo="a; max-age=1"`,
  `${YEAR} always`, `${YEAR} includeSubDomains`, `${YEAR}; includeSubDomains preload`, `${YEAR}; preload includeSubDomains`, `${YEAR}; a b`,
  'max-age="31536000', 'max-age=31536000"', 'max-age="31536000"x', 'max-age=x"31536000"', '"max-age=31536000"', `"${YEAR}"; includeSubDomains`, `${YEAR}; "`, `${YEAR}; ""`, `${YEAR}; a="`, `${YEAR}; a="b`, `${YEAR}; a="b"c`, `${YEAR}; a=b"c"`, `${YEAR}; a="b""c"`,
  `${YEAR}; report-uri=https://example.com/`, `${YEAR}; report-uri="https://example.com/"`, `${YEAR}; foo=a/b`, `${YEAR}; foo=a:b`, `${YEAR}; foo=a=b`, `${YEAR}; foo==`, 'max-age==31536000', 'max-age:31536000', 'max-age 31536000',
  `${YEAR}; foo=`, `${YEAR}; foo =`, `${YEAR}; preload =`, `${YEAR}; =bar`, `${YEAR}; =`, `${YEAR}; = ;`, `=; ${YEAR}`, `${YEAR}; =""`,
  'max-age=31536001', 'max-age=3153600000', 'max-age=3153600001', 'max-age=4294967295', 'max-age=4294967296', 'max-age=9223372036854775807', 'max-age=9223372036854775808', 'max-age=18446744073709551615', 'max-age=18446744073709551616', `max-age=${'9'.repeat(100)}`, `max-age=${'9'.repeat(100)}x`, `max-age="${'9'.repeat(30)}"`, `max-age=${'0'.repeat(100)}86400`,
  `${YEAR}; a="\x01"`, `${YEAR}; a="\x7f"`, `${YEAR}; a="\xe9"`, `${YEAR}; a="\xc3\xa9"`, `${YEAR}; a="\t "`, `${YEAR}; a="\\""`, `${YEAR}; a="\\\\"`, `${YEAR}; a="\\"`, `${YEAR}; a="\\\x01"`, `${YEAR}; a="\\\xe9"`, `${YEAR}; a="\\;"; b`, 'max-age="3153600\\0"', 'max-age="\\31536000"', `${YEAR}; a\\b`, `${YEAR}; a=\\b`,
  `\x0b${YEAR}`, `${YEAR}\x0b`, `\x0c${YEAR}`, `${YEAR}\x0c`, `\xa0${YEAR}`, `${YEAR}\xa0`, `${YEAR};\xa0includeSubDomains`, 'max-age\xa0=31536000', `${YEAR}; \x85`, `${YEAR}; \xc3\xa9`, `${YEAR}; \xef\xbb\xbf`, `\xef\xbb\xbf${YEAR}`,
  `${YEAR}; include\xc5\xbfubDomain\xc5\xbf`, `${YEAR}; \xc4\xb0ncludeSubDomains`,
  'max-age=86400; includeSubDomains', `${YEAR}; ${'x'.repeat(5000)}`, `${YEAR}${';'.repeat(5000)}`,
  `${YEAR}|max-age=0`, `max-age=0|${YEAR}`, `|${YEAR}`, ` |${YEAR}`, `;|${YEAR}`, `bad,|${YEAR}`, `${YEAR}|bad,`, `${YEAR}|`, `max-age=86400|max-age=86401; includeSubDomains`, `${YEAR}|${YEAR}`,
].map((line) => line.split('|'));

const DATE = 'Sun, 06 Jun 2027 08:49:37 GMT';
const long = (octets) => 'x'.repeat(octets);

/** What follows `a=b; Expires=`. */
const DATES = [
  DATE, 'Sunday, 06-Jun-27 08:49:37 GMT', 'Sun Jun  6 08:49:37 2027', `"${DATE}"`, '6 Jun 2027 08:49:37', '06 june 2027 08:49:37', '06 Junk 2027 08:49:37', '06 ju 2027 08:49:37', 'Jun 06 2027 08:49:37', '2027 Jun 06 08:49:37', '2027-06-06 08:49:37', '2027-06-06T08:49:37Z', '06-Jun-2027 08:49:37', '06-06-2027 08:49:37', '06/06/2027 08:49:37', '06/06/27', '21/06/2027', '06/21/2027 10:00', '27/06/06', '2027/06/06', '99/06/06', '31/12/99', '6/6/2027', '6-6-27', '06/06/2027x', '13/13/2027', '0/6/6', '06/00/2027', '06/06/02027',
  'Sun/06/Jun/2027/08:49:37', 'Sun, 06 Jun 2027 08.49.37 GMT', '06 Jun 2027', '06 Jun 2027 08:49', '06 Jun 2027 8:49:37', '06 Jun 2027 8:4:3', '06 Jun 2027 24:00:00', '06 Jun 2027 25:00:00', '06 Jun 2027 08:60:00', '06 Jun 2027 08:49:60', '06 Jun 2027 08:49:61', '06 Jun 2027 99:99:99', '06 Jun 2027 08:49:370', '06 Jun 2027 008:49:37', '06 Jun 2027 08:490:37', '06 Jun 2027 08:49:', '06 Jun 2027 08::37', '06 Jun 2027 :49:37', '06 Jun 2027 08:49:37 09:00:00', '06 Jun 2027 08:49:37.5', '06 Jun 2027 08:49:37x', '06 Jun 2027 08:49x',
  '31 Feb 2027 08:49:37', '29 Feb 2027 08:49:37', '29 Feb 2028 08:49:37', '31 Jun 2027 08:49:37', '32 Jun 2027 08:49:37', '00 Jun 2027 08:49:37', '0 Jun 2027 08:49:37', '06 Foo 2027 08:49:37', '06 2027 08:49:37', 'Jun 2027 08:49:37', '6th Jun 2027 08:49:37', '06Jun2027 08:49:37', '06 Jun2027 08:49:37', '06 Jun-2027 08:49:37', '06 Jun 2027-08:49:37', '06,Jun,2027,08:49:37', '06;Jun', '06 (comment) Jun [x] 2027 08:49:37', '06_Jun_2027 08:49:37', '06.Jun.2027 08:49:37', '06+Jun+2027+08:49:37', '06 \xe9 Jun 2027 08:49:37', '06 Jun\xe92027 08:49:37',
  '06 Jun 27 08:49:37', '06 Jun 69 08:49:37', '06 Jun 70 08:49:37', '06 Jun 99 08:49:37', '06 Jun 100 08:49:37', '06 Jun 127 08:49:37', '06 Jun 0027 08:49:37', '06 Jun 1600 08:49:37', '06 Jun 1601 08:49:37', '06 Jun 1969 08:49:37', '06 Jun 9999 08:49:37', '06 Jun 10000 08:49:37', '06 Jun 12027 08:49:37', '06 Jun 32767 08:49:37', '06 Jun 32768 08:49:37', '06 Jun 99999 08:49:37', '06 Jun 112027 08:49:37', '06 Jun 02027 08:49:37', '40 Jun 06 08:49:37', '27 Jun 06 08:49:37', '06 06 Jun 2027 08:49:37', '06 Jun 2027 2028 08:49:37', '2027 06 Jun 08:49:37', '1 2 Jun 2027 08:49:37',
  'Thu, 01 Jan 1970 00:00:00 GMT', 'Thu, 01-Jan-1970 00:00:01 GMT', 'Mon, 01 Jan 2001 00:00:00 GMT', 'Tue, 06 Jun 2028 08:49:37 GMT', '0', '-1', 'never', '', 'Session',
  '06 Jun 2027 08:49:37 PST', '06 Jun 2027 08:49:37 PDT', '06 Jun 2027 08:49:37 EST', '06 Jun 2027 08:49:37 EDT', '06 Jun 2027 08:49:37 CST', '06 Jun 2027 08:49:37 CDT', '06 Jun 2027 08:49:37 MST', '06 Jun 2027 08:49:37 MDT', '06 Jun 2027 08:49:37 AST', '06 Jun 2027 08:49:37 NST', '06 Jun 2027 08:49:37 BST', '06 Jun 2027 08:49:37 MET', '06 Jun 2027 08:49:37 EET', '06 Jun 2027 08:49:37 JST', '06 Jun 2027 08:49:37 UT', '06 Jun 2027 08:49:37 UTC', '06 Jun 2027 08:49:37 Z', '06 Jun 2027 08:49:37 CET', '06 Jun 2027 08:49:37 +0800', '06 Jun 2027 08:49:37 -0800', '06 Jun 2027 08:49:37 +08', '06 Jun 2027 08:49:37 +8', '06 Jun 2027 08:49:37 +080', '06 Jun 2027 08:49:37 +08:00', '06 Jun 2027 08:49:37 GMT+8', '06 Jun 2027 08:49:37 GMT+0800', '06 Jun 2027 08:49:37 GMT +0800', '06 Jun 2027 08:49:37 GMT-0330 (X)', '06 Jun 2027 08:49:37 PST+0100', '06 Jun 2027 08:49:37 +0100 PST', '06 Jun 2027 08:49:37 -0001', '06 Jun 2027 08:49:37 GMT GMT', '06 Jun 2027 08:49:37 PST EST', 'PST 06 Jun 2027 08:49:37', 'GMT 06 Jun 2027 08:49:37',
  '06 Jun 2027 08:49:37 PM', '06 Jun 2027 08:49:37PM', '06 Jun 2027 08:49 pm', '06 Jun 2027 12:00:00 AM', '06 Jun 2027 12:00:00 PM', '06 Jun 2027 13:00:00 PM', '06 Jun 2027 00:30:00 AM', '06 Jun 2027 08:49:37 P.M.', '06 Jun 2027 08:49:37\tPM',
];

/** What follows `a=b; Max-Age=`. */
const AGES = ['1000', '0', '00', '-1', '-0', '+1000', '+0', '-', '--1', '- 1', '+', '++1', '+-1', '1000.5', '1e3', '1,000', '1 000', '1000s', '"1000"', '0x10', '', ' 1000 ', '01000', '34560000', '34560001', '2147483648', '9223372036854775807', '9223372036854775808', '99999999999999999999', '-99999999999999999999', '+99999999999999999999', '99999999999999999999x', '-99999999999999999999x', '999999999x', 'x', '\xb2', '-x', '1\xe9'];

const NAMED = [
  'a=b', 'a=', '=b', '=', 'b', '', ' ', ';', '; Secure', '=; Secure', 'a', ' a = b ', '\ta\t=\tb\t', 'a b=c d', 'a=b=c', 'a==b', '==b', '= =b', '=b=c', 'a="b"', 'a="b; Path=/x"', 'a="b', 'a=b,c', 'a,b=c', 'a=b; ', 'a=b;;;', 'a=b; ;Secure', 'a=b; =; Secure', 'a=b; =x', 'a=b; foo; bar=baz',
  'a=b\tc', 'a\tb=c', 'a\tb', 'a=\tb', 'a=b\t', 'a=b\x01', 'a\x01=b', 'a=b\x1f', 'a=b\x7f', 'a\x7f=b', 'a=b; x=\x01', 'a=b; \x01', 'a=b; x\x7f', 'a=b; x=\t1', 'a=b; x=1\t2', 'a=b; x\ty', 'a=b; Secure\t', 'a=b; Secure=\tx', 'a=b; Path=/\t', 'a=b; Path=/x\ty', 'a=b; Path=/x\x01',
  'a=\xc3\xa9', 'a=\xe9', 'a=\xff\xfe', 'a=\xe2\x82', 'a=\xe2\x82x', 'a=\xf0\x9f\x98\x80', 'a=\xf0\x9f\x98', 'a=\xed\xa0\x80', 'a=\xc0\x80', 'a=\xef\xbb\xbfb', '\xef\xbb\xbfa=b', '\xc3\xa9=b', '\xe9=b', '\xc3\xa9', 'a=\x80\x9f', 'a=\xa0b\xa0', '\xa0a=b', 'a=\xc2\x85', 'a=\xe2\x80\xa8',
  `a=${long(4095)}`, `a=${long(4096)}`, `${long(4095)}=b`, `${long(4096)}=b`, `${long(4096)}=`, `${long(4096)}`, `${long(4097)}`, `=${long(4096)}`, `a=${long(4000)}\xe9`, `a=${long(4094)}\xe9`, `a=${long(4093)}\xe9`, `a=${long(4092)}\xe9`, `a=${'\xff'.repeat(2000)}`, `a=b; x=${long(5000)}`, `a=b; ${long(5000)}`,
];

const ATTRIBUTES = [
  'Secure', 'secure', 'SECURE=false', 'Secure=', ' Secure =x', 'Secur', 'Secure x', '"Secure"', 'HttpOnly', 'httponly=no', 'http-only', 'HttpOnly; Secure',
  'SameSite', 'SameSite=', 'SameSite=Strict', 'SameSite=strict', 'SameSite=LAX', 'SameSite=None', 'SameSite=None; Secure', 'Secure; samesite = none', 'SameSite=foo', 'SameSite="Lax"', "SameSite='Lax'", 'SameSite=Lax Strict', 'SameSite=Lax; SameSite=Strict', 'SameSite=Lax; SameSite=foo', 'SameSite=Lax; SameSite=', 'SameSite=Lax; SameSite', 'SameSite=None; SameSite=Lax', 'SameSite=Lax; SameSite=None', `SameSite=Lax; SameSite=${long(1025)}`, `SameSite=${long(1024)}`, `SameSite=Lax; SameSite=${long(1024)}`, 'SameSite=Default', 'SameSite=no_restriction', 'SameSite=L\xe4x',
  'Partitioned', 'Partitioned; Secure', 'Partitioned; Secure; SameSite=None', 'Partitioned; Secure; SameSite=None; Path=/', 'Secure; partitioned=false', 'Partitioned; Secure; HttpOnly; SameSite=Strict; Path=/x',
  'Priority=High', 'Version=1; Comment=x', `Secure=${long(1024)}`, `Secure=${long(1025)}`, `HttpOnly=${long(1025)}`, `Partitioned=${long(1025)}; Secure`, `Secure; Secure=${long(1025)}`,
  `Max-Age=1000; Expires=${DATE}`, `Expires=${DATE}; Max-Age=1000`, `Expires=${DATE}; Max-Age=x`, `Max-Age=x; Expires=${DATE}`, `Max-Age=0; Expires=${DATE}`, 'Max-Age=1000; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'Max-Age=1000; Max-Age=2000', 'Max-Age=1000; Max-Age=x', 'Max-Age=1000; Max-Age=', 'Max-Age=1000; Max-Age', `Expires=${DATE}; Expires=x`, `Expires=${DATE}; Expires=`, `Expires=${DATE}; Expires`, `Expires=x; Expires=${DATE}`, `Max-Age=1000; Max-Age=${long(1025)}`, `Expires=${DATE}; Expires=${long(1025)}`, `Expires=${DATE} ${long(995)}`, `Expires=${DATE}${' x'.repeat(490)}`, `Expires=${'+'.repeat(990)} ${DATE}`, `Expires=${'+'.repeat(980)} ${DATE}`, `Max-Age=${'0'.repeat(1000)}5000`, `Max-Age=${'0'.repeat(1021)}5000`, 'Max-Age=1000; Expires=x', 'MaxAge=1000', 'Max_Age=1000', 'max-age = 1000',
];

const PREFIXED = [];
for (const name of ['__Secure-a', '__secure-a', '__SECURE-', '__Secure-', '__Secure', '__Host-a', '__host-a', '__HOST-', '__Host-', '__Http-a', '__HTTP-a', '__Http-', '__Host-Http-a', '__host-http-a', '__Host-Http-', '__Host-Http', '__Host-Httpx', '_Secure-a', ' __Host-a', '__Hos\xc5\xbf-a']) {
  for (const attributes of ['', '; Secure', '; Secure; Path=/', '; Secure; Path=/; HttpOnly', '; Secure; HttpOnly', '; Secure; Path=/; Domain={R}', '; Path=/; HttpOnly']) PREFIXED.push(`${name}=b${attributes}`);
}
const HIDDEN = [];
for (const text of ['__Secure-a', '__Host-a', '__Http-a', '__Host-Http-a', '__secure-a', '__Secure-', '__Host-', '__Host-a=b', '__Secure-a=b', '__Hos', ' __Host-a', '\t__Host-a']) {
  HIDDEN.push(text, `=${text}`, `= ${text}`, `${text}; Secure`, `=${text}; Secure; Path=/; HttpOnly`, `${text}; Secure; Path=/; HttpOnly`);
}

const DOMAINS = ['{R}', '.{R}', '..{R}', '{R}.', 'www.{R}', '.www.{R}', 'a.www.{R}', 'other.{R}', 'other.org', 'org', '.org', '', '.', '..', '{R} ', '"{R}"', '{R}:443', 'https://{R}', '{R}/', '*.{R}', '%2e{R}', '{R}%00', 'WWW.{R}', 'x{R}', '-{R}', 'wwww.{R}', 'ww.{R}', '{R}\xe9', '\xe9.{R}', '127.0.0.1', 'localhost', '{R}; Domain=', '{R}; Domain', '; Domain={R}', '{R}; Domain=.', 'other.org; Domain={R}', '{R}; Domain=other.org', `{R}; Domain=${long(1025)}`, `${long(1025)}`, `${long(1024)}`, '{R}; Domain=www.{R}', '\x01{R}', '{R}\t', 'w.ww.{R}', '{R}_', '_{R}', '.WWW.{R}.'];
const PATHS = ['/', '/x', '/x/', '//', '/dir', '/other', 'x', '', 'dir/', '"/x"', '/x y', '/x%20y', '/\xc3\xa9', '/x?y', '/x#y', '/../x', '/x; Path=', '/x; Path', '/x; Path=y', '/x; Path=/y', `/${long(1023)}`, `/${long(1024)}`, `/x; Path=/${long(1024)}`, '\\x', '*', '/x,y', ' /x ', '/x=y', `/${'\xc3\xa9'.repeat(511)}`, `/${'\xc3\xa9'.repeat(512)}`];

/** Set-Cookie lines; {host} and {site} stand for the names that they are received from. */
export const COOKIE_FORMS = [
  ...NAMED,
  ...ATTRIBUTES.map((attribute) => `a=b; ${attribute}`),
  ...DATES.map((date) => `a=b; Expires=${date}`),
  ...AGES.map((age) => `a=b; Max-Age=${age}`),
  ...PREFIXED,
  ...HIDDEN,
  ...['', '.', '{R}', 'www.{R}'].map((domain) => `__Host-a=b; Secure; Path=/; Domain=${domain}`),
  ...['__Host-a=b; Secure; Path=', '__Host-a=b; Secure; Path=x', '__Host-a=b; Secure; Path=/dir'],
  ...DOMAINS.map((domain) => `a=b; Domain=${domain}`),
  ...PATHS.map((path) => `a=b; Path=${path}`),
].map((form) => form.replaceAll('www.{R}', '{host}').replaceAll('{R}', '{site}'));
