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

    test('it asks what it says, without cookies, and nothing before the click', async () => {
      const host = 'probe-first-demo.org';
      await demo.order([to(host, 'http', `https://${host}/`), page(host, '/start', 'Set-Cookie: seen=1; Path=/; Secure; HttpOnly; SameSite=Lax'), page(host, '/', FULL), page(`www.${host}`, '/', FULL)]);
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${host}/start`);
      const before = await browser.popup(tab, { until: ({ probe }) => probe === 'none' });
      for (const start of [`http://${host}`, `https://${host}`, `https://www.${host}`]) assert.ok(before.text.includes(start), before.text);
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

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}
