// `https-audit live` against a real nginx and OpenSSL, the demo site, and servers that behave badly; all on loopback.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { VISITS } from './hosts.mjs';
import { Authority } from './lib/authority.mjs';
import { command } from './lib/command.mjs';
import { startDemo } from './lib/demo.mjs';
import { live, reports, tcp } from './lib/live.mjs';
import { Nginx } from './lib/nginx.mjs';
import { freePort } from './lib/ports.mjs';
import { SITUATIONS, VERSIONS } from './live/situations.mjs';

/** Loopback needs no politeness. */
const FAST = ['--rate', '1000', '--concurrency', '8'];
const AREAS = /^(https|hsts|preload|cookie)\./;

/** Findings about the connection, HSTS, preloading and cookies; each once. */
const ids = ({ findings }) => [...new Set(findings.map(({ check }) => check).filter((id) => AREAS.test(id)))].sort();
const statuses = ({ verdicts }) => Object.fromEntries(Object.entries(verdicts).map(([name, { status }]) => [name, status]));
/** Leads every host's two ports to ports of this computer. */
const leads = (http, https, host = '') => ['--connect-to', `${host}:80:127.0.0.1:${http}`, '--connect-to', `${host}:443:127.0.0.1:${https}`];

function folder(t) {
  const directory = mkdtempSync(path.join(tmpdir(), 'https-audit-live-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return (name) => path.join(directory, name);
}

/** An nginx with certificates for these domains. */
async function certified(domains) {
  const nginx = await Nginx.make();
  const authority = new Authority(nginx.directory);
  const hosts = domains.flatMap((domain) => [domain, `www.${domain}`]);
  authority.authority('root');
  authority.authority('stranger');
  authority.authority('middle', { by: 'root' });
  for (const [name, by, kind = 'ec', names = hosts] of [['ec', 'root'], ['rsa', 'root', 'rsa'], ['untrusted', 'stranger'], ['own'], ['named', 'root', 'ec', ['other-demo.com']], ['below', 'middle']]) {
    authority.server(name, names, { by, kind });
  }
  return nginx;
}

/** Runs a server for each situation, and returns the options that lead there. */
async function situate(nginx, situations) {
  const options = ['--cacert', nginx.file('root.pem')];
  const servers = [];
  for (const [at, { domain, https, http, hsts, certificate }] of situations.entries()) {
    const port = at === 0 ? nginx.ports.https : await freePort();
    const chain = nginx.file(`chain-${at}.pem`);
    writeFileSync(chain, certificate.map((name) => readFileSync(nginx.file(`${name}.pem`), 'utf8')).join(''));
    const rsa = certificate[0] === 'ec' ? `ssl_certificate ${nginx.file('rsa.pem')}; ssl_certificate_key ${nginx.file('rsa.key')};` : '';
    servers.push(
      `server { listen 127.0.0.1:${port} ssl; ssl_certificate ${chain}; ssl_certificate_key ${nginx.file(`${certificate[0]}.key`)}; ${rsa} DHPARAM ${https} ${hsts ? `add_header Strict-Transport-Security "${hsts}" always;` : ''} root WWW; }`,
      `server { listen 127.0.0.1:HTTP; server_name ${domain} www.${domain}; ${http} }`,
    );
    options.push(...leads(nginx.ports.http, port, domain), ...leads(nginx.ports.http, port, `www.${domain}`));
  }
  await nginx.serve({ 'http.conf': servers.join('\n') });
  return options;
}

test('servers of nginx', async (t) => {
  const nginx = await certified(SITUATIONS.map(({ domain }) => domain));
  t.after(() => nginx.end());
  const options = await situate(nginx, SITUATIONS);
  const all = reports(await live([...FAST, ...options, '--format', 'json', '--evidence', nginx.file('seen.json'), ...SITUATIONS.map(({ domain }) => domain)]));
  assert.equal(all.length, SITUATIONS.length);
  for (const [at, situation] of SITUATIONS.entries()) {
    await t.test(situation.name, () => {
      const report = all[at];
      assert.equal(report.site.registrable_domain, situation.domain);
      const evidence = JSON.parse(readFileSync(nginx.file(`seen-${at + 1}.json`), 'utf8'));
      const [{ host, port, versions }, ...others] = evidence.offers;
      assert.deepEqual([host, port, others], [situation.domain, 443, []]);
      assert.deepEqual(versions.map(({ version, accepted }) => [version, accepted]), VERSIONS.map((version) => [version, { seen: situation.accepted.includes(version) }]));
      for (const { version, accepted, instead, weak_suites: weak = [], more } of versions) {
        assert.equal(typeof instead === 'string', !accepted.seen, `${version}: ${instead}`);
        assert.equal(more, undefined, version);
        assert.deepEqual([...weak].sort(), [...(situation.weak[version] ?? [])].sort(), version);
      }
      assert.deepEqual(statuses(report), situation.statuses, JSON.stringify(report.verdicts, null, 1));
      assert.deepEqual(ids(report), [...situation.ids].sort());
      if (situation.says) assert.match(JSON.stringify(report.findings), new RegExp(`live:${situation.says}: `));
    });
  }

  const [complete] = SITUATIONS.filter(({ name }) => name === 'the intermediate is sent');
  for (const [name, args, id, says] of [
    ['it has ended', ['--now', '2100-01-01T00:00:00Z'], 'https.certificate.expired', 'certificate-expired'],
    ['it has not begun', ['--now', '2000-01-01T00:00:00Z'], 'https.certificate.not-yet-valid', 'certificate-not-yet-valid'],
    ['other roots', ['--cacert', nginx.file('stranger.pem')], 'https.certificate.untrusted', 'certificate-incomplete'],
  ]) {
    await t.test(`certificate: ${name}`, async () => {
      const given = args[0] === '--cacert' ? [...args, ...options.slice(2)] : [...options, ...args];
      const [report] = reports(await live([...FAST, ...given, '--format', 'json', complete.domain]));
      assert.equal(report.verdicts.https.status, 'fail');
      assert.deepEqual(ids(report).filter((found) => found.startsWith('https.')), [id]);
      assert.match(JSON.stringify(report.findings), new RegExp(`live:${says}: `));
    });
  }

  const old = SITUATIONS.findIndex(({ name }) => name === 'every version');
  const kept = { 'https.tls.obsolete-version-accepted': /ssl_ciphers [^;]*;/.exec(SITUATIONS[old].https)[0], 'https.tls.weak-cipher-accepted': 'ssl_protocols TLSv1.2 TLSv1.3;' };
  for (const [id, rest] of Object.entries(kept)) {
    await t.test(`the finding's lines for nginx end it: ${id}`, async () => {
      const { fix } = all[old].findings.find(({ check }) => check === id);
      const leading = await situate(nginx, [{ ...SITUATIONS[old], https: `${rest} ${fix.nginx}` }]);
      const [report] = reports(await live([...FAST, ...leading, '--format', 'json', SITUATIONS[old].domain]));
      assert.equal(report.checks.find((check) => check.id === id).outcome, 'pass', JSON.stringify(report.findings));
    });
  }
});

/** Where a live audit sees other than a browser does, and why; by the visit's name. */
const MIXED = { statuses: { https: 'pass' }, why: 'nothing of a page is loaded, so that it has no sub-resources' };
const OTHERWISE = {
  'www.hardened-demo.org, first': { statuses: { hsts_preload: 'pass' }, why: 'the domain itself is asked too' },
  'no-redirect-demo.org': { statuses: { hsts_preload: 'warn' }, lacks: ['hsts.policy.not-in-force'], why: 'https is asked too, and sends a policy' },
  'http-only-demo.org': { versions: [], why: 'https hangs up before it says anything' },
  'mixed-demo.org': { ...MIXED, lacks: ['https.mixed.active'] },
  'mixed-demo.org/passive': { ...MIXED, lacks: ['https.mixed.passive'] },
  'mixed-demo.org/redirected': { ...MIXED, lacks: ['https.mixed.active'] },
};

test('the demo site, as browsers see it', async (t) => {
  const demo = await startDemo();
  t.after(() => demo.stop());
  const file = folder(t);
  const options = [...FAST, ...leads(demo.httpPort, demo.httpsPort), '--cacert', demo.ca];
  const run = await live([...options, '--format', 'json', '--evidence', file('seen.json'), ...VISITS.map(({ url }) => url)]);
  // The first host of a chain of redirects has a report of its own.
  const all = reports(run).filter(({ site }) => site.host !== 'chain-start-demo.org');
  assert.equal(all.length, VISITS.length);
  for (const [at, { name, expected, findings }] of VISITS.entries()) {
    await t.test(name, () => {
      const report = all[at];
      const { statuses: other = {}, lacks = [], versions: spoken = ['TLSv1.2', 'TLSv1.3'] } = OTHERWISE[name] ?? {};
      // No jar was seen: cookies are bad, or unknown.
      const cookies = expected.cookies === 'pass' ? 'unknown' : expected.cookies;
      assert.deepEqual(statuses(report), { ...expected, cookies, ...other }, JSON.stringify(report.verdicts, null, 1));
      const found = ids(report);
      for (const id of findings) assert.equal(found.includes(id), !lacks.includes(id), `${id} among ${found}`);
      const evidence = JSON.parse(readFileSync(file(`seen-${at + 1}.json`), 'utf8'));
      assert.notEqual(evidence.offers.length, 0);
      for (const { versions } of evidence.offers) {
        assert.deepEqual(versions.filter(({ accepted }) => accepted.seen).map(({ version }) => version), spoken);
        assert.ok(versions.every(({ accepted }) => typeof accepted.seen === 'boolean'));
        assert.deepEqual(versions.flatMap(({ weak_suites: weak = [] }) => weak), []);
      }
    });
  }

  await t.test('every format; what was seen gives the same report again', async () => {
    const now = ['--now', '2026-11-22T12:00:00Z'];
    for (const format of ['text', 'json', 'html', 'sarif', 'junit', 'markdown', 'csv']) {
      const seen = file(`${format}.json`);
      const first = await live([...options, ...now, '--format', format, '--evidence', seen, 'http://weak-cookies-demo.org/']);
      assert.equal(first.status, 1, first.stderr);
      assert.ok(first.stdout.length > 500);
      const again = command(['audit', ...now, '--format', format, seen]);
      assert.equal(again.stdout, first.stdout, format);
      assert.equal(again.status, 1);
    }
  });

  await t.test('what is kept of cookies holds no value', () => {
    const saved = readFileSync(file('json.json'), 'utf8');
    const values = [...saved.matchAll(/"sessionid=([^;"]*)/g)].map(([, value]) => value);
    assert.ok(values.length > 0 && values.every((value) => /^x+$/.test(value)), String(values));
  });

  await t.test('it is polite', async () => {
    await demo.forgetRequests();
    await live([...options, '--evidence', file('polite.json'), 'https://user:geheim@shop-demo.org/?q=1#geheim']);
    assert.ok(!readFileSync(file('polite.json'), 'utf8').includes('geheim'));
    const requests = (await demo.requests()).filter(({ host }) => host.endsWith('shop-demo.org'));
    assert.deepEqual(requests.map(({ scheme, host, target }) => `${scheme}://${host}${target}`).sort(), ['http://shop-demo.org/', 'http://www.shop-demo.org/', 'https://shop-demo.org/', 'https://shop-demo.org/?q=1', 'https://www.shop-demo.org/']);
    for (const { method, fields } of requests) {
      assert.equal(method, 'GET');
      const names = fields.map(([field]) => field.toLowerCase());
      assert.ok(!names.includes('cookie') && !names.includes('authorization'));
      assert.match(fields.find(([field]) => field.toLowerCase() === 'user-agent')[1], /^https-audit\/\S+ \(\+live audit\)$/);
    }
  });

  await t.test('one of several that is gone stops no other', async () => {
    const gone = await freePort();
    const run = await live([...leads(gone, gone, 'gone-demo.com'), ...leads(gone, gone, 'www.gone-demo.com'), ...options, '--format', 'json', 'hardened-demo.org', 'gone-demo.com', 'http://preloaded-demo.dev/']);
    assert.equal(run.status, 1);
    assert.equal(run.stderr, 'https-audit: https://gone-demo.com/: gone-demo.com:443 refused the connection\n');
    assert.deepEqual(reports(run).map((report) => [report.site.host, report.verdicts.https.status]), [['hardened-demo.org', 'pass'], ['gone-demo.com', 'unknown'], ['preloaded-demo.dev', 'pass']]);
    const alone = await live([...leads(gone, gone), ...FAST, '--cacert', demo.ca, 'gone-demo.com']);
    assert.deepEqual([alone.status, alone.stdout, alone.stderr], [2, '', 'https-audit: nothing could be asked: https://gone-demo.com/: gone-demo.com:443 refused the connection\n']);
  });

  await t.test('a list of addresses: a line for each, in its order, and it goes on where it stopped', async () => {
    const gone = await freePort();
    const [list, results] = [file('sites.txt'), file('results.jsonl')];
    writeFileSync(list, '# ours\nhardened-demo.org\n\nftp://files-demo.org/\ngone-demo.com\nhttp://preloaded-demo.dev/\n');
    const scan = (...more) => command(['scan', '--urls', list, '-o', results, ...leads(gone, gone, 'gone-demo.com'), ...leads(gone, gone, 'www.gone-demo.com'), ...options, ...more]);
    assert.equal(scan().status, 2);
    const whole = readFileSync(results, 'utf8');
    const told = whole.trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(told.map(({ line, site, verdicts, error }) => [line, site ?? error, verdicts?.https]), [
      [2, 'hardened-demo.org', 'pass'],
      [4, 'not an http or https URL, but ftp', undefined],
      [5, 'https://gone-demo.com/: gone-demo.com:443 refused the connection', undefined],
      [6, 'preloaded-demo.dev', 'pass'],
    ]);
    writeFileSync(results, whole.slice(0, whole.indexOf('\n') + 20));
    const again = scan('--resume');
    assert.equal(again.status, 2);
    assert.equal(readFileSync(results, 'utf8').split('\n').length, 5);
    assert.match(again.stderr, /audited: 2; not readable: 2/);
  });

  await t.test('a host is asked so many times a second', async () => {
    const counted = await tcp((socket) => socket.end());
    t.after(() => counted.end());
    const run = await live([...leads(counted.port, counted.port), '--cacert', demo.ca, '--rate', '4', '--format', 'json', 'http://slow-demo.com/a', 'http://slow-demo.com/b']);
    assert.equal(reports(run).length, 2);
    const { times } = counted.counts;
    assert.ok(times.length >= 8, `${times.length} connections`);
    // Two names stand behind the server: each has turns of its own.
    for (let at = 3; at < times.length; at += 1) assert.ok(times[at] - times[at - 3] > 200, `${times.map(Math.round)}`);
    assert.ok(run.seconds < 20, `${run.seconds} s`);
  });
});

test('a server that never answers, and one that drips', async (t) => {
  const file = folder(t);
  const authority = new Authority(file('.'));
  authority.authority('root');
  const closed = await freePort();
  const silent = await tcp(() => {});
  t.after(() => silent.end());
  const dripping = (octets) => tcp((socket) => {
    let at = 0;
    const timer = setInterval(() => socket.write(octets.subarray(at, (at += 1))), 50);
    socket.on('close', () => clearInterval(timer));
  });
  const drips = await dripping(Buffer.from(`HTTP/1.1 200 OK\r\nX-Long: ${'a'.repeat(4000)}`));
  t.after(() => drips.end());
  const shaking = await dripping(Buffer.concat([Buffer.from([22, 3, 3, 0x20, 0, 2, 0, 0x1f, 0xfc]), Buffer.alloc(4000)]));
  t.after(() => shaking.end());
  const base = ['--cacert', file('root.pem'), '--rate', '1000', '--timeout', '1'];

  await t.test('silence ends with the timeout', async () => {
    const run = await live([...base, ...leads(silent.port, silent.port), 'https://silent-demo.com/']);
    assert.deepEqual([run.status, run.stdout], [2, '']);
    assert.match(run.stderr, /^https-audit: nothing could be asked: https:\/\/silent-demo.com\/: silent-demo\.com:443 did not answer in time \(.*\)\n$/);
    // Page, and http and https of the host and of www, but the page's: four.
    assert.ok(run.seconds > 3.9 && run.seconds < 7, `${run.seconds} s`);
    assert.equal(silent.counts.connections, 4);
  });

  await t.test('so many are asked at once', async () => {
    const urls = ['a', 'b', 'c'].map((name) => `http://${name}-demo.com/`);
    const rules = leads(silent.port, closed);
    for (const [concurrency, isRight] of [['1', (between) => between > 1500], ['3', (between) => between < 900]]) {
      silent.counts.times.length = 0;
      assert.equal((await live([...base, ...rules, '--concurrency', concurrency, ...urls])).status, 2);
      // Each connection is waited on for a second: the third begins two seconds after the first, or beside it.
      const [first, , third] = silent.counts.times;
      assert.ok(isRight(third - first), `${concurrency}: ${third - first} ms`);
    }
  });

  await t.test('a head that drips in', async () => {
    const run = await live([...base, ...leads(drips.port, closed), '--format', 'json', 'http://drip-demo.com/']);
    assert.equal(run.status, 2, run.stdout);
    assert.match(run.stderr, /drip-demo\.com:80 did not answer in time/);
    assert.ok(run.seconds < 4, `${run.seconds} s`);
  });

  await t.test('a handshake that drips in', async () => {
    const run = await live([...base, ...leads(closed, shaking.port), '--format', 'json', 'https://drip-demo.com/']);
    assert.equal(run.status, 2, run.stdout);
    assert.match(run.stderr, /drip-demo\.com:443 did not answer in time/);
    assert.ok(run.seconds < 4, `${run.seconds} s`);
  });
});
