// The redirect check, from the click to the verdict, in both browsers with a fresh profile.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { withBrowser } from './lib/suite.mjs';

const FULL = 'Strict-Transport-Security: max-age=63072000; includeSubDomains; preload';
const HTML = 'Content-Type: text/html';
const body = '<!doctype html><title>probe</title>';
const page = (host, path, ...headers) => ({ host, path, scheme: 'https', headers: [HTML, ...headers], body });
const to = (host, scheme, location, ...headers) => ({ host, path: '/', scheme, status: 301, headers: [`Location: ${location}`, ...headers] });

for (const name of BROWSERS) {
  describe(`redirect check in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    /** The facts about preloading in the report of a tab's evidence. */
    async function preload(tab) {
      const { status, stdout, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never'], await browser.exportEvidence(tab));
      assert.equal(status, 0, stderr);
      const { facts } = JSON.parse(stdout);
      return { ...facts.preload, probe: facts.probe };
    }

    /** A site whose https redirect leads where nothing is answered until the key is released; gives a tab that shows it. */
    async function waiting(host, key) {
      await demo.order([to(host, 'http', `https://${host}/`), to(host, 'https', `/hold?key=${key}`, FULL), page(host, '/hold', FULL), page(host, '/start')]);
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${host}/start`);
      return tab;
    }
    const isHeld = (host) => (request) => request.host === host && request.target.startsWith('/hold');

    test('it asks what it says, without cookies, and nothing before the click', async () => {
      const host = 'probe-first-demo.org';
      await demo.order([to(host, 'http', `https://${host}/`), page(host, '/start', 'Set-Cookie: seen=1; Path=/; Secure; HttpOnly; SameSite=Lax'), page(host, '/', FULL), page(`www.${host}`, '/', FULL)]);
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${host}/start`);
      const before = await browser.popup(tab, { until: ({ probe }) => probe === 'none' });
      assert.ok(before.text.includes(`Asks ${host} over http and https, www.${host} over https, without cookies`), before.text);
      await demo.forgetRequests();
      const view = await browser.probe(tab, { screenshot: process.env.PROBE_SHOT && `${process.env.PROBE_SHOT}-${name}.png` });
      assert.equal(view.probe, 'done', view.text);
      const asked = (await demo.requests()).filter((request) => request.host.endsWith(host) && request.target !== '/favicon.ico');
      assert.deepEqual(asked.map(({ scheme, host: at, target }) => `${scheme}://${at}${target}`), [`http://${host}/`, `https://${host}/`, `https://www.${host}/`]);
      for (const { fields } of asked) assert.ok(!fields.some(([field]) => field === 'cookie'), 'no cookie went along');
      const found = await preload(tab);
      // Firefox does not tell whether the field that it hands out was the only one.
      const [unknown, eligible] = name === 'firefox' ? [['repeated'], null] : [[], true];
      assert.deepEqual([found.errors, found.warnings, found.unknown, found.eligible], [[], [], unknown, eligible]);
      // The page itself came without the field, which the check's answers have.
      assert.equal(view.statuses.hsts_preload, 'warn', view.text);
      assert.ok(view.findings.includes('hsts.field.some-responses-only'), view.text);
      assert.deepEqual(found.probe.requests.map(({ status }) => status), [301, 200, 200]);
    });

    test('it stops when told to, and asks nothing more', async () => {
      const host = 'probe-stop-demo.org';
      const tab = await waiting(host, `stop-${name}`);
      await demo.forgetRequests();
      const view = await browser.probe(tab, {
        during: async (click) => {
          await demo.requested(isHeld(host));
          await click('[data-action="stop-probe"]');
        },
      });
      assert.equal(view.probe, 'stopped', view.text);
      assert.match(view.text, /Check stopped/);
      const asked = async () => (await demo.requests()).map(({ scheme, host: at, target }) => `${scheme}://${at}${target}`).filter((url) => url.includes(host) && !url.endsWith('/favicon.ico'));
      const before = await asked();
      await demo.release(`stop-${name}`);
      await new Promise((done) => setTimeout(done, 500));
      assert.deepEqual(await asked(), before, 'nothing was asked afterwards');
      // What had been answered counts, what had not stays unknown.
      const found = await preload(tab);
      assert.ok(found.unknown.includes('redirects'), JSON.stringify(found));
      assert.deepEqual(found.errors, []);
      // And again, to the end.
      assert.equal((await browser.probe(tab)).probe, 'done');
      assert.deepEqual((await preload(tab)).unknown.filter((step) => step !== 'repeated'), []);
    });

    test('a server that does not answer holds it up for ten seconds, and is said to be late', async () => {
      const host = 'probe-late-demo.org';
      const tab = await waiting(host, `late-${name}`);
      const began = Date.now();
      const view = await browser.probe(tab);
      assert.ok(Date.now() - began < 25_000, 'the check went on');
      assert.equal(view.probe, 'done', view.text);
      const found = await preload(tab);
      assert.deepEqual([found.errors, found.eligible], [[], null]);
      assert.ok(found.unknown.includes('redirects'), JSON.stringify(found));
      const late = found.probe.requests.find(({ url }) => url.includes('/hold'));
      assert.deepEqual([late.status, late.error ?? null], [null, null], 'nothing is claimed of it');
      await demo.release(`late-${name}`);
    });

    test('without a network it says so, and claims nothing of the server', async () => {
      const host = 'probe-offline-demo.org';
      await demo.order([to(host, 'http', `https://${host}/`), page(host, '/', FULL), page(host, '/start')]);
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${host}/start`);
      await browser.setOffline(true);
      const view = await browser.probe(tab).finally(() => browser.setOffline(false));
      assert.equal(view.probe, 'done', view.text);
      assert.match(view.text, /No answer: is the network up\?/);
      // The page itself came without a field, and that is all there is to say.
      const found = await preload(tab);
      assert.deepEqual([found.errors, found.warnings], [['response.no_header'], []], JSON.stringify(found));
      assert.deepEqual(found.unknown, ['http', 'www']);
    });

    test('when the browser ends the background meanwhile, it says so and can be ordered again', async () => {
      const host = 'probe-killed-demo.org';
      const tab = await waiting(host, `killed-${name}`);
      const view = await browser.probe(tab, {
        during: async () => {
          await demo.requested(isHeld(host));
          await browser.killWorker();
        },
      });
      assert.equal(view.probe, 'interrupted', view.text);
      assert.match(view.text, /Check interrupted/);
      await demo.release(`killed-${name}`);
      assert.equal((await browser.probe(tab)).probe, 'done');
    });

    test('where HSTS is known, Chromium says that http stays hidden and how to find out; Firefox asks all the same', async () => {
      const host = 'probe-known-demo.org';
      await demo.order([to(host, 'http', `https://${host}/`), page(host, '/', FULL), page(`www.${host}`, '/', FULL)]);
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${host}/`);
      // Firefox keeps what it learns in the check for the check itself: a second one must lose nothing.
      for (const time of ['first', 'second']) {
        const view = await browser.probe(tab);
        assert.equal(view.probe, 'done', view.text);
        const found = await preload(tab);
        assert.deepEqual([found.errors, found.eligible, found.unknown], [[], null, name === 'chromium' ? ['http'] : ['repeated']], `${time}: ${JSON.stringify(found)}`);
        if (name === 'chromium') {
          assert.ok(view.unknown.some((text) => text.includes(`how http://${host}/ answers`) && text.includes("knew the host's HSTS")), view.unknown.join('\n'));
          assert.match(view.unknown.join(' '), /Check redirects in Firefox, or run curl -sI http:/);
        }
      }
    });

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}
