// The review of nginx configuration against a real nginx and the OpenSSL of this computer: fields by location, versions of
// TLS, cipher suites, and where a broken file is refused.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Nginx, reviewed, run } from './lib/nginx.mjs';

const HSTS = 'Strict-Transport-Security "max-age=31536000"';
const TLS = 'listen 127.0.0.1:HTTPS ssl; server_name a.example; CERT root WWW;';

/**
 * Configurations, each with the paths that are asked for: `[path, words of the context that answers]`; no words: the server.
 */
const FIELDS = {
  'inherited from the server': { http: `server { ${TLS} add_header ${HSTS} always; location / { } location /none { return 404; } }`, paths: [['/', '/'], ['/absent', '/'], ['/none', '/none']] },
  'without always': { http: `server { ${TLS} add_header ${HSTS}; location / { } location /go { return 301 https://x.example/; } }`, paths: [['/', '/'], ['/absent', '/'], ['/go', '/go']] },
  'dropped by a location': { http: `server { ${TLS} add_header ${HSTS} always; add_header X-Frame-Options DENY always; location / { } location /static/ { add_header Cache-Control no-store always; return 200 x; } }`, paths: [['/', '/'], ['/static/a', '/static/']] },
  'dropped by a server': { http: `add_header ${HSTS} always; server { ${TLS} add_header X-One 1; } server { listen 127.0.0.1:OTHER; return 204; }`, paths: [['/'], ['/', undefined, { secure: false, other: true }]] },
  'from http through two levels': { http: `add_header ${HSTS} always; server { ${TLS} location / { location /in/ { return 200 x; } location /out/ { add_header X-Two 2; return 200 x; } } }`, paths: [['/in/', '/in/'], ['/out/', '/out/'], ['/', '/']] },
  'an if in a location': { http: `server { ${TLS} add_header ${HSTS} always; location / { if ($arg_x) { add_header X-If 1 always; return 204; } } }`, paths: [['/', '/'], ['/?x=1', '($arg_x)']] },
  'an if without fields': { http: `server { ${TLS} add_header ${HSTS} always; location / { if ($arg_x) { return 204; } } }`, paths: [['/?x=1', '($arg_x)']] },
  'an empty value': { http: `server { ${TLS} add_header ${HSTS} always; location / { } location /empty { add_header X-Empty ""; return 200 x; } }`, paths: [['/empty', '/empty']] },
  'a return of the server': { http: `server { ${TLS} add_header ${HSTS} always; return 302 /x; location / { add_header X-Never 1; } }`, paths: [['/']] },
  'a regular expression wins': { http: `server { ${TLS} add_header ${HSTS} always; location /img/ { add_header X-Prefix 1 always; } location ~ "\\.(png|jp[e]{1}g)$" { return 200 x; } }`, paths: [['/img/a.png', '~ \\.(png|jp[e]{1}g)$'], ['/img/', '/img/']] },
  'quotes, escapes and braces': { http: `server { ${TLS} add_header Content-Security-Policy 'default-src "x" {y}; a\\'b' always; add_header X-Back "a\\\\b\\"c" always; location / { } }`, paths: [['/', '/']] },
  'a piece that is included twice': { http: `server { ${TLS} include part/*.conf; location / { } location /dl { include part/a.conf; add_header X-Dl 1; return 200 x; } location /lost { add_header X-Lost 1; return 200 x; } }`, files: { 'part/a.conf': `add_header ${HSTS} always;`, 'part/b.conf': 'add_header X-B 1;', 'part/.hidden.conf': 'add_header X-Hidden 1;' }, paths: [['/', '/'], ['/dl', '/dl'], ['/lost', '/lost']] },
  'two fields of one name': { http: `server { ${TLS} add_header ${HSTS} always; add_header Strict-Transport-Security "max-age=1" always; }`, paths: [['/']] },
  'an error page': { http: `server { ${TLS} add_header ${HSTS} always; error_page 404 /404.html; location = /404.html { internal; add_header X-Page 1 always; } location / { } }`, paths: [['/', '/'], ['/absent', '/', { error: true }]] },
  'a default server that has ssl for another one': { http: `server { ${TLS} add_header ${HSTS} always; } server { listen 127.0.0.1:HTTPS; server_name b.example; CERT return 204; }`, paths: [['/'], ['/', undefined, { host: 'b.example', server: 1 }]] },
};

/** nginx leaves `add_header` without `always` out on these. */
const isError = (status) => ![200, 201, 204, 206, 301, 302, 303, 304, 307, 308].includes(status);

test('fields by location', async (t) => {
  const nginx = await Nginx.make();
  t.after(() => nginx.end());
  let asked = 0;
  for (const [name, { http, files = {}, paths }] of Object.entries(FIELDS)) {
    await t.test(name, async () => {
      await nginx.serve({ 'http.conf': http, ...files });
      const facts = reviewed(Object.keys({ 'http.conf': http, ...files }).map((file) => nginx.file(file)));
      for (const [address, words, { error = false, other = false, server = other ? 1 : 0, ...options } = {}] of paths) {
        const context = facts[server].contexts.find(({ kind, args }) => (words === undefined ? kind === 'server' : kind !== 'server' && args.join(' ') === words));
        assert.ok(context, `${words} among ${JSON.stringify(facts[server].contexts)}`);
        const { status, fields } = await nginx.get(address, other ? { ...options, port: nginx.ports.other } : options);
        // The page of an error is another context, which takes over.
        const answering = error ? facts[server].contexts.find(({ args }) => args[1] === '/404.html') : context;
        const expected = answering.fields.filter(([, , always]) => always || !isError(status)).map(([field, value]) => [field.toLowerCase(), value]);
        const names = new Set(facts.flatMap(({ contexts }) => contexts.flatMap((each) => each.fields.map(([field]) => field.toLowerCase()))));
        assert.deepEqual(fields.filter(([field]) => names.has(field)), expected, `${address} ${status}`);
        asked += 1;
      }
    });
  }
  t.diagnostic(`${Object.keys(FIELDS).length} configurations, ${asked} responses`);
});

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** `ssl_protocols` by place. What OpenSSL itself refuses is let through, so that nginx decides. */
const PROTOCOLS = {
  'of the server': { http: `server { ${TLS} ssl_protocols TLSv1.2; ssl_ciphers DEFAULT:@SECLEVEL=0; }` },
  'of http': { http: `ssl_protocols TLSv1.3; server { ${TLS} }` },
  'of the server, over those of http': { http: `ssl_protocols TLSv1.3; ssl_ciphers DEFAULT:@SECLEVEL=0; server { ${TLS} ssl_protocols TLSv1 TLSv1.1; }` },
  'all of them': { http: `ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers DEFAULT:@SECLEVEL=0; server { ${TLS} }` },
};

/** Cipher strings: as projects write them, and what is easily read wrongly. */
const STRINGS = [
  'HIGH:!aNULL:!MD5', 'DEFAULT', 'ALL', 'ALL:!COMPLEMENTOFDEFAULT:!eNULL', 'COMPLEMENTOFDEFAULT', 'ALL:COMPLEMENTOFALL', 'EECDH+AESGCM:EDH+AESGCM', 'ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL',
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384', 'EECDH+ECDSA+AESGCM EECDH+aRSA+AESGCM EECDH+aRSA+SHA384 EECDH EDH+aRSA !RC4 !aNULL !eNULL !LOW !3DES !MD5 !EXP !PSK !SRP !DSS',
  'kRSA', 'RSA:!AES128', 'aRSA+AES256', 'AES128:AES256:!SHA', 'AES256+EECDH:AES256+EDH', 'CAMELLIA:ARIA', 'AESCCM:AESCCM8', 'SHA256:SHA384:-kRSA', 'HIGH:-SHA1:+kRSA', 'aNULL:eNULL', 'ADH:AECDH', 'CHACHA20:@STRENGTH',
  'TLSv1.2:!kRSA', 'SSLv3:TLSv1', 'DHE:!DSS:!CAMELLIA', 'kEDH:kEECDH', 'ALL:!ADH:!LOW:!EXP:!MD5:@STRENGTH', 'AES128-SHA:-AES128:AES128-SHA', 'AES256-SHA:!AES256:AES256-SHA', 'ECDH:DH', 'PSK:SRP:kRSAPSK', 'CBC:!AES',
  'AES128-SHA:UNHEARD-OF:TLS_AES_128_GCM_SHA256', 'HIGH:!kDHE:!kRSA:!PSK:!SRP',
];

const isOfTls13 = (name) => name.startsWith('TLS_');
/** Suites that OpenSSL has only where it is built to have them: left aside. */
const isLeftOut = (name) => /RC4|DES-|SEED|IDEA|^EXP/.test(name);

/** What `openssl ciphers` expands a string to. */
function expanded(string) {
  const { stdout } = run('openssl', ['ciphers', string]);
  return stdout.trim().split(':').filter((name) => name && !isOfTls13(name) && !isLeftOut(name)).sort();
}

test('cipher strings expand as OpenSSL expands them', async (t) => {
  const nginx = await Nginx.make();
  t.after(() => nginx.end());
  for (const string of STRINGS) {
    const [file] = nginx.write({ 'string.conf': `server { listen 443 ssl; ssl_ciphers "${string}"; }` });
    const [{ suites }] = reviewed([file]);
    assert.deepEqual([...suites].sort(), expanded(string), string);
  }
  t.diagnostic(`${STRINGS.length} cipher strings`);
});

test('versions and suites that nginx accepts', async (t) => {
  const nginx = await Nginx.make();
  t.after(() => nginx.end());
  for (const [name, { http }] of Object.entries(PROTOCOLS)) {
    await t.test(`versions ${name}`, async () => {
      const [file] = await nginx.serve({ 'http.conf': http });
      const [{ protocols }] = reviewed([file]);
      const accepted = [];
      for (const version of VERSIONS) {
        if (await nginx.shakesHands({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' })) accepted.push(version);
      }
      assert.deepEqual(accepted, VERSIONS.filter((version) => protocols.includes(version)));
    });
  }
  // Without a shared key, a password or a DSS certificate nginx can use none of these.
  const usable = expanded('ALL:COMPLEMENTOFALL').filter((suite) => !/PSK|SRP|DSS/.test(suite));
  let shaken = 0;
  for (const string of ['HIGH:!aNULL:!MD5', 'EECDH+AESGCM:kRSA', 'DHE:!CAMELLIA', 'AES128-SHA:ARIA', 'ALL:!kRSA:!DHE', 'COMPLEMENTOFDEFAULT:eNULL']) {
    await t.test(`suites of ${string}`, async () => {
      const [file] = await nginx.serve({ 'http.conf': `server { ${TLS} DHPARAM ssl_protocols TLSv1.2; ssl_ciphers "${string}:@SECLEVEL=0"; }` });
      const [{ suites }] = reviewed([file]);
      for (const suite of usable) {
        const accepted = await nginx.shakesHands({ maxVersion: 'TLSv1.2', ciphers: `${suite}:@SECLEVEL=0` });
        assert.equal(accepted, suites.includes(suite), suite);
        shaken += 1;
      }
    });
  }
  t.diagnostic(`${shaken} handshakes`);
});

const LOCAL = 'listen 127.0.0.1:OTHER; server_name app;';
const APP = `server { ${LOCAL} add_header X-Told "$http_x_forwarded_proto" always; add_header Strict-Transport-Security "max-age=7" always; return 200 x; }`;
const TOLD = ({ fields }) => fields.find(([name]) => name === 'x-told')?.[1];
const HAS = (name) => ({ fields }) => fields.some(([field]) => field === name);

/** What findings say that happens: it does, and no longer with the line that mends it. `http` has `{}` where the two differ. */
const CLAIMS = [
  { check: 'nginx.response.splittable', http: `server { ${TLS} location / { return 302 https://a.example{}; } }`, bad: '$uri', good: '$request_uri', path: '/x%0d%0aX-Split:%20yes', happens: HAS('x-split') },
  { check: 'nginx.response.splittable', http: `server { ${TLS} location / { return 302 https://a.example{}; } }`, bad: '$document_uri', good: '$request_uri', path: '/x%0d%0aX-Split:%20yes', happens: HAS('x-split') },
  { check: 'nginx.response.splittable', http: `server { ${TLS} rewrite ^ https://a.example{}? permanent; }`, bad: '$uri', good: '$request_uri', path: '/x%0d%0aX-Split:%20yes', happens: HAS('x-split') },
  { check: 'nginx.response.splittable', http: `server { ${TLS} add_header X-Path "{}" always; location / { } }`, bad: '$uri', good: '$request_uri', path: '/x%0d%0aX-Split:%20yes', happens: HAS('x-split') },
  { check: 'nginx.alias.traversal', http: `server { ${TLS} location /static{} { alias WWW/; } }`, bad: '', good: '/', path: '/static../www/index.html', happens: ({ status }) => status === 200 },
  { check: 'nginx.proxy.forwarded-proto-missing', http: `server { ${TLS} location / { {} proxy_pass http://127.0.0.1:OTHER; } } ${APP}`, bad: '', good: 'proxy_set_header X-Forwarded-Proto $scheme;', path: '/', headers: { 'X-Forwarded-Proto': 'what-the-client-says' }, happens: (response) => TOLD(response) === 'what-the-client-says' },
  { check: 'nginx.proxy.forwarded-proto-missing', http: `server { ${TLS} proxy_set_header X-Forwarded-Proto $scheme; location / { {} proxy_pass http://127.0.0.1:OTHER; } } ${APP}`, bad: 'proxy_set_header X-Other 1;', good: '', path: '/', happens: (response) => TOLD(response) !== 'https' },
  { check: 'nginx.proxy.forwarded-proto-from-client', http: `server { ${TLS} proxy_set_header X-Forwarded-Proto {}; location / { proxy_pass http://127.0.0.1:OTHER; } } ${APP}`, bad: '$http_x_forwarded_proto', good: '$scheme', path: '/', headers: { 'X-Forwarded-Proto': 'anything' }, happens: (response) => TOLD(response) === 'anything' },
  { check: 'nginx.hsts.may-repeat', http: `server { ${TLS} add_header ${HSTS} always; {} location / { proxy_pass http://127.0.0.1:OTHER; } } ${APP}`, bad: '', good: 'proxy_hide_header Strict-Transport-Security;', path: '/', happens: ({ fields }) => fields.filter(([name]) => name === 'strict-transport-security').map(([, value]) => value).join() === 'max-age=7,max-age=31536000' },
  { check: 'nginx.hsts.hidden', http: `server { ${TLS} {} proxy_hide_header Strict-Transport-Security; location / { proxy_pass http://127.0.0.1:OTHER; } } ${APP}`, bad: '', good: `add_header ${HSTS} always;`, path: '/', happens: (response) => !HAS('strict-transport-security')(response) },
  { check: 'nginx.hsts.not-always', http: `server { ${TLS} add_header ${HSTS}{}; location / { } }`, bad: '', good: ' always', path: '/absent', happens: (response) => !HAS('strict-transport-security')(response) },
  { check: 'nginx.autoindex.on', http: `server { ${TLS} location / { autoindex {}; index none; } }`, bad: 'on', good: 'off', path: '/', happens: ({ status }) => status === 200 },
  { check: 'nginx.server-tokens.on', http: `server_tokens {}; server { ${TLS} }`, bad: 'on', good: 'off', path: '/', happens: ({ fields }) => fields.some(([name, value]) => name === 'server' && /\d/.test(value)) },
];

test('what findings say happens', async (t) => {
  const nginx = await Nginx.make();
  t.after(() => nginx.end());
  for (const { check, http, bad, good, path, headers, happens } of CLAIMS) {
    await t.test(`${check} ${bad}`, async () => {
      for (const [line, expected] of [[bad, true], [good, false]]) {
        const text = http.replace('{}', () => line);
        await nginx.serve({ 'http.conf': text });
        // What is reached from this computer only is not judged as public.
        const [file] = nginx.write({ 'public.conf': `events {}\nhttp { ${text.replaceAll('127.0.0.1:HTTPS', 'HTTPS')} }` });
        const { findings } = reviewed([file], '--review');
        assert.equal(findings.some((finding) => finding.check === check), expected, `${line}: ${JSON.stringify(findings)}`);
        assert.equal(happens(await nginx.get(path, { headers })), expected, line);
      }
    });
  }
});

/** Texts that nginx takes in `http`, and texts that it refuses in this line. */
const SYNTAX = [
  ['server { listen 127.0.0.1:HTTP; }'], ['# only a comment'], ['map $uri $b { "x y" 1; "~^\\d{2}$" 2; default "{"; }'], ['server { set $a "${host}x"; set $b ${host}y; }'], ['server {\r\n  return 200 a}b;\r\n}'],
  ['server { location / { return 200 "a;{}#" ; } }'], ['server { location ~ "^/a{2}" { } }'], ['log_format x \'{"a":"$uri"}\';'], ['server { return 200 a#b; }'], ["server { return 200 'a\\'b'; }"],
  ['server {\n  listen 127.0.0.1:HTTP;\n', 3], ['server {\n  return 200\n}', 3], ['server {\n  return 200 "a"b;\n}', 2], ['server {\n  ;\n}', 2], ['{ }', 1], ['server { }\n}', 2], ['server {\n  location / { return 200 }\n}', 2],
  ['server {\n  return 200 "a;\n}', 4], ['server {\n  {% if x %}\n}', 2], ['\uFEFFserver { }', 1],
];

test('texts that nginx takes, and texts that it refuses', async (t) => {
  const nginx = await Nginx.make();
  t.after(() => nginx.end());
  for (const [text] of SYNTAX) {
    await t.test(JSON.stringify(text), () => {
      nginx.write({ 'piece.conf': text, 'run.conf': `pid ${nginx.file('pid')}; events {}\nhttp { include ${nginx.file('piece.conf')}; }\n` });
      const { status, stderr } = nginx.test('run.conf');
      const refused = /\[emerg\].* in \S*piece\.conf:(\d+)/.exec(stderr);
      assert.equal(status !== 0, Boolean(refused), stderr);
      const { findings } = reviewed([nginx.file('piece.conf')], '--review');
      const fault = findings.find(({ check }) => check === 'nginx.syntax.invalid');
      assert.equal(Boolean(fault), status !== 0, `${stderr} ${JSON.stringify(fault)}`);
      if (fault && !text.startsWith('\uFEFF')) {
        // nginx names the line in which it stops reading, the review the one in which a quote begins.
        assert.ok(fault.place.line <= Number(refused[1]) && (fault.place.line === Number(refused[1]) || fault.message.includes('quotation mark')), `${stderr} ${fault.message}`);
      }
    });
  }
});
