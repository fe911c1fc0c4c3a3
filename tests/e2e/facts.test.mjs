// What the popup knows besides findings: the road to preloading step by step, the connection, and what becomes
// of each cookie.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BROWSERS, openBrowser } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { startDemo } from './lib/demo.mjs';
import { withBrowser } from './lib/suite.mjs';
import { GOOD_COOKIE, html, orderSite } from './situations/site.mjs';

/** The facts of the command's report on the evidence that the popup exports. */
function factsOf(evidence) {
  const { status, stdout, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never'], evidence);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout).facts;
}

for (const name of BROWSERS) {
  describe(`facts in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    /** Visits these addresses in one tab; what the popup shows and the report says once `until` holds. */
    async function seen(urls, until, then = async () => {}) {
      const tab = await browser.newTab();
      for (const url of urls) await browser.visit(tab, url);
      await then(tab);
      const view = await browser.popup(tab, { until, evidence: true, axe: true });
      assert.ok(until(view), view.text + JSON.stringify({ ...view, text: undefined, evidence: undefined }));
      await browser.closeTab(tab);
      return { ...view, facts: factsOf(view.evidence) };
    }

    test('each requirement of hstspreload.org has its standing, and the ramp-up plan its step', async () => {
      const host = 'checklist-demo.org';
      await orderSite(demo, host, { hsts: ['Strict-Transport-Security: max-age=604800; includeSubDomains'] });
      const { requirements, folds, facts, violations } = await seen([`http://${host}/`], (view) => view.requirements['max-age'] === 'fail');
      assert.deepEqual(violations, []);
      const expected = {
        domain: 'pass', tls: 'pass', field: 'pass', 'include-subdomains': 'pass', preload: 'fail', 'max-age': 'fail',
        'http-redirect': 'pass', 'redirect-field': 'unknown', 'redirect-count': 'pass', 'redirects-https': 'pass', www: 'unknown',
      };
      // Firefox joins the fields of one name: whether there were several is not seen.
      if (name === 'firefox') expected.field = 'unknown';
      assert.deepEqual(requirements, expected);
      const words = { pass: 'passed', fail: 'failed', unknown: 'unknown' };
      for (const { requirement, state } of facts.preload.requirements) assert.equal(state, words[requirements[requirement]], requirement);
      assert.match(folds.requirements, /header\.preloadable\.max_age\.below_1_year/);
      assert.match(folds.ramp, /step 2 of 4, a week/);
      assert.match(folds.ramp, /max-age=2592000; includeSubDomains/);
      assert.deepEqual(facts.preload.ramp, { reached: 2, next: 'max-age=2592000; includeSubDomains' });
    });

    test('a sub-domain seen over http only is named as what preloading would break', async () => {
      const host = 'breaks-demo.org';
      await orderSite(demo, host);
      await orderSite(demo, `old.${host}`, { overHttp: { '*': { body: html('old') } } });
      const { breaks, facts } = await seen([`http://old.${host}/`, `https://${host}/`], (view) => view.breaks !== '');
      assert.match(breaks, /old\.breaks-demo\.org/);
      assert.deepEqual(facts.preload.insecure_subdomains, [`old.${host}`]);
    });

    test('a listed domain that lost its field is at risk', async () => {
      await orderSite(demo, 'hstspreload.org', { hsts: [] });
      const { removal, facts, findings } = await seen(['https://hstspreload.org/'], (view) => view.removal !== '');
      assert.match(removal, /at risk/);
      assert.ok(findings.includes('preload.list.at-risk'), findings.join());
      assert.equal(facts.preload.at_risk, true);
    });

    test('the connection is told as far as the browser tells it', async () => {
      const host = 'connection-demo.org';
      await orderSite(demo, host);
      const { folds, facts: { connection } } = await seen([`https://${host}/`], (view) => 'connection' in view.folds);
      if (name === 'chromium') {
        assert.match(folds.connection, /not exposed by this browser.*chrome:\/\/flags\/#web-request-security-info/);
        assert.equal(connection.protocol, null);
        assert.equal(connection.certificates, null);
        return;
      }
      assert.equal(connection.stated, true);
      assert.match(connection.protocol, /TLSv1\.3/);
      assert.match(connection.cipher_suite, /^TLS_/);
      assert.ok(connection.key_exchange_group && connection.signature_scheme);
      assert.equal(connection.encrypted_client_hello, false);
      assert.equal(connection.why, undefined);
      const [leaf] = connection.certificates;
      assert.ok(leaf.names.includes(host), leaf.names.join());
      assert.match(leaf.key, /\d+ bits/);
      for (const part of [connection.protocol, connection.cipher_suite, connection.key_exchange_group, leaf.key, leaf.signature]) {
        assert.ok(folds.connection.includes(part), `${part}: ${folds.connection}`);
      }
    });

    test('each cookie is told with its reach, its refusal, and whether a header set it', async () => {
      const host = 'cookie-facts-demo.org';
      const cookies = [
        GOOD_COOKIE,
        'Set-Cookie: wide=1; Domain=cookie-facts-demo.org; Path=/',
        'Set-Cookie: widget=1; Path=/; SameSite=None',
        'Set-Cookie: __Host-chips=1; Path=/; Secure; SameSite=None; Partitioned',
      ];
      const policy = 'Strict-Transport-Security: max-age=31536000';
      await orderSite(demo, host, { hsts: [policy], pages: { '*': { cookies, body: html('<img src="https://tracker-demo.org/pixel" alt="">') } } });
      await orderSite(demo, 'tracker-demo.org', { pages: { '*': { cookies: ['Set-Cookie: follow=1; Path=/; Secure; SameSite=None'] } } });
      const byScript = (tab) => browser.inTab(tab, () => { document.cookie = 'theme=dark; path=/; secure'; });
      const { cookies: shown, folds, facts } = await seen([`https://${host}/`], (view) => 'theme' in view.cookies && 'follow' in view.cookies, byScript);
      const of = (cookie) => facts.cookies.find(({ name: known }) => known === cookie);
      assert.match(shown['__Host-session'], /never in clear: it is Secure/);
      assert.match(shown.wide, /goes in clear to http:\/\/any\.cookie-facts-demo\.org\//);
      assert.equal(of('wide').clear_text_url, 'http://any.cookie-facts-demo.org/');
      assert.match(shown.widget, /refused: SameSite=None needs Secure/);
      assert.equal(of('widget').refused.code, 'same-site-none-not-secure');
      assert.match(shown['__Host-chips'], /Partitioned/);
      assert.equal(of('__Host-chips').partitioned, true);
      assert.deepEqual(of('__Host-chips').seen_in, ['set-cookie', 'jar']);
      assert.match(shown.theme, /no header seen: set by a script/);
      assert.deepEqual(of('theme').seen_in, ['jar']);
      assert.match(folds['third-party'], /tracker-demo\.org/);
      assert.deepEqual(facts.third_party_cookies.map(({ name: known, third_party: of }) => [known, of]), [['follow', 'tracker-demo.org']]);
    });

    test('what became of a cookie since is told, and a removed one is not called refused', async () => {
      const host = 'cookie-changes-demo.org';
      const cookies = [GOOD_COOKIE, 'Set-Cookie: flash=saved; Path=/; Secure; SameSite=Lax', 'Set-Cookie: sessionid=1; Path=/; Secure; HttpOnly; SameSite=Lax'];
      await orderSite(demo, host, { pages: { '*': { cookies }, '/in': { cookies: ['Set-Cookie: sessionid=2; Path=/; Secure; SameSite=Lax'] } } });
      const byScript = async (tab) => {
        await browser.inTab(tab, async () => {
          await fetch('/in');
          document.cookie = 'flash=; path=/; secure; max-age=0';
        });
      };
      const { cookies: shown, findings, facts } = await seen(
        [`https://${host}/`],
        (view) => /removed since|ran out since/i.test(view.cookies.flash) && /had HttpOnly/.test(view.cookies.sessionid),
        byScript,
      );
      const of = (cookie) => facts.cookies.find(({ name: known }) => known === cookie);
      assert.ok(!findings.includes('cookie.refused'), findings.join());
      assert.match(shown.sessionid, /set 2 times, had HttpOnly before/i);
      assert.deepEqual(of('sessionid').changes, { set: 2, last: 'set', lost: ['HttpOnly'] });
      assert.ok(['removed', 'expired'].includes(of('flash').changes.last), of('flash').changes.last);
      assert.equal(of('flash').refused, undefined);
      assert.deepEqual(of('__Host-session').changes, { set: 1, last: 'set', lost: [] });
    });

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}

test('Chromium with its flag tells the leaf certificate, and no more', async () => {
  const demo = await startDemo();
  let browser;
  try {
    browser = await openBrowser('chromium', { demo, enable: ['WebRequestSecurityInfo'] });
    await orderSite(demo, 'leaf-demo.org');
    const tab = await browser.newTab();
    await browser.visit(tab, 'https://leaf-demo.org/');
    const { folds, evidence } = await browser.popup(tab, { until: (view) => /bits/.test(view.folds.connection), evidence: true });
    assert.match(folds.connection, /Connection: certificate/);
    assert.match(folds.connection, /TLS details were not observed/);
    const { connection } = factsOf(evidence);
    assert.equal(connection.certificates.length, 1);
    assert.ok(connection.certificates[0].names.includes('leaf-demo.org'));
    assert.equal(connection.protocol, null);
  } finally {
    await browser?.close();
    await demo.stop();
  }
});
