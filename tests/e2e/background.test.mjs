// The background may end at any time: nothing that was captured is lost, and nothing is asked of the network.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { inOrder } from '../../extension/listeners.js';
import { shows } from './hosts.mjs';
import { BROWSERS } from './lib/browser.mjs';
import { ROOT } from './lib/demo.mjs';
import { withBrowser } from './lib/suite.mjs';
import { eventually } from './lib/view.mjs';

const WELL = { https: 'pass', hsts_preload: 'pass', cookies: 'pass' };
const WEAK = { https: 'pass', hsts_preload: 'warn', cookies: 'fail' };

for (const name of BROWSERS) {
  describe(`background of ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    /** The three statuses, when they are these or do not become so. */
    const statuses = async (tab, expected) => (await browser.popup(tab, { until: (view) => shows(view, expected) })).statuses;

    test('it sends nothing of its own', async () => {
      await demo.forgetRequests();
      const tab = await browser.newTab();
      await browser.visit(tab, 'http://hardened-demo.org/');
      assert.deepEqual(await statuses(tab, WELL), WELL);
      const asked = (await demo.requests()).filter(({ host }) => host.endsWith('-demo.org'));
      assert.deepEqual(
        asked.map(({ scheme, method, host, target }) => `${method} ${scheme}://${host}${target}`).filter((line) => !line.endsWith('/favicon.ico')),
        ['GET http://hardened-demo.org/', 'GET https://hardened-demo.org/'],
      );
    });

    test('ended between two navigations, it keeps the first and sees the second', async () => {
      const [first, second] = [await browser.newTab(), await browser.newTab()];
      await browser.visit(first, 'http://weak-cookies-demo.org/');
      const before = await browser.popup(first, { until: (view) => shows(view, WEAK) });
      assert.deepEqual(before.statuses, WEAK);
      await browser.killWorker();
      await browser.visit(second, 'http://shop-demo.org/');
      const expected = { https: 'pass', hsts_preload: 'pass', cookies: 'warn' };
      assert.deepEqual(await statuses(second, expected), expected);
      const after = await browser.popup(first, { until: (view) => shows(view, WEAK) });
      assert.deepEqual({ ...after, text: '' }, { ...before, text: '' });
    });

    test('ended during a navigation, it loses neither the redirect before nor the answer after', async () => {
      // A host of its own, so that no HSTS from another test hides the redirect.
      const host = 'killed.oracle-demo.org';
      await demo.order([
        { host, path: '/', scheme: 'http', status: 301, headers: [`Location: https://${host}/hold?key=killed`] },
        {
          host,
          path: '/hold',
          scheme: 'https',
          headers: ['Content-Type: text/html', 'Cache-Control: no-store', 'Set-Cookie: sessionid=0123456789abcdef0123456789abcdef; Path=/'],
          body: '<!doctype html><title>held</title>',
        },
      ]);
      const tab = await browser.newTab();
      await browser.go(tab, `http://${host}/`);
      await demo.requested((request) => request.target === '/hold?key=killed');
      await browser.killWorker();
      await demo.release('killed');
      const shown = await eventually(() => browser.inTab(tab, () => location.pathname).catch(() => ''), (path) => path === '/hold', 30_000);
      assert.equal(shown, '/hold', 'the browser shows the answer');
      const expected = { https: 'pass', cookies: 'fail' };
      const view = await browser.popup(tab, { until: (seen) => seen.site === host && shows(seen, expected) });
      assert.equal(view.site, host);
      assert.equal(view.statuses.https, 'pass', `the redirect and the page were seen: ${view.text}`);
      assert.equal(view.statuses.cookies, 'fail', 'the cookie of the answer was seen');
      assert.ok(view.findings.includes('cookie.secure.missing'), `${view.findings}`);
    });

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}

describe('an event page that idles by itself', () => {
  let demo;
  let browser;
  withBrowser('firefox', (opened) => ({ demo, browser } = opened), { preferences: { 'extensions.background.idle.timeout': 300 } });

  test('wakes for the next page and forgets nothing', async () => {
    const [first, second] = [await browser.newTab(), await browser.newTab()];
    await browser.visit(first, 'http://weak-cookies-demo.org/');
    assert.equal(await eventually(() => browser.workerRuns(), (runs) => !runs, 15_000), false, 'it idles');
    await browser.visit(second, 'http://hardened-demo.org/');
    const well = await browser.popup(second, { until: (view) => shows(view, WELL) });
    assert.deepEqual(well.statuses, WELL);
    assert.equal(await eventually(() => browser.workerRuns(), (runs) => !runs, 15_000), false, 'it idles again');
    const weak = await browser.popup(first, { until: (view) => shows(view, WEAK) });
    assert.deepEqual(weak.statuses, WEAK);
    assert.deepEqual(await browser.console(), []);
  });
});

// Chromium hands what woke a worker out of order now and then; here the newest event comes first, always.
describe('a worker that is told last things first', () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'https-audit-reversed-'));
  after(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(path.join(ROOT, 'dist/chromium'), copy, { recursive: true });
  const script = path.join(copy, 'background.js');
  const [before, reversed] = ['early?.push(', 'early?.unshift('];
  const text = readFileSync(script, 'utf8');
  assert.ok(text.includes(before), `background.js has no ${before}`);
  writeFileSync(script, text.replace(before, reversed));

  let demo;
  let browser;
  withBrowser('chromium', (opened) => ({ demo, browser } = opened), { extension: copy });

  test('sees the redirect and the answer all the same', async () => {
    const tab = await browser.newTab();
    await browser.killWorker();
    await browser.visit(tab, 'http://weak-cookies-demo.org/');
    const view = await browser.popup(tab, { until: (seen) => shows(seen, WEAK), evidence: true });
    assert.deepEqual(view.statuses, WEAK, view.text);
    const [{ exchanges }] = JSON.parse(view.evidence).visits;
    assert.deepEqual(exchanges.slice(0, 2).map(({ url }) => url), ['http://weak-cookies-demo.org/', 'https://weak-cookies-demo.org/']);
  });
});

// As Chromium handed them to a worker that it had just started: the answer before the redirect to it.
test('events that woke the background are taken in the order in which they happened', () => {
  const early = [
    ['headersReceived', 'https', 30.5],
    ['securityInfo', 'https', 30.5],
    ['beforeNavigate', 'http', 10.25],
    ['headersReceived', 'http', 20],
    ['beforeRedirect', 'http', 20.125],
    // What bears no time of its own counts from when it came.
    ['tabRemoved', 'http', undefined],
    ['responseStarted', 'https', 31],
  ].map(([event, scheme, timeStamp]) => ({ event, details: { url: `${scheme}://a.example/`, timeStamp }, came: 40 }));
  assert.deepEqual(
    inOrder(early).map(({ event, details }) => `${event} ${details.url}`),
    [
      'beforeNavigate http://a.example/',
      'headersReceived http://a.example/',
      'beforeRedirect http://a.example/',
      'headersReceived https://a.example/',
      'securityInfo https://a.example/',
      'responseStarted https://a.example/',
      'tabRemoved http://a.example/',
    ],
  );
});
