// A hostile site: a header of a megabyte, thousands of cookies, thousands of requests. The popup still opens
// and is right.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BROWSERS } from './lib/browser.mjs';
import { withBrowser } from './lib/suite.mjs';

const HOST = 'heavy-demo.org';
/** More than a browser takes by default (Chromium 256 KB, Firefox 384 KB), and what just fits. */
const TOO_MUCH = 1_000_000;
const JUST_FITS = 200_000;

for (const name of BROWSERS) {
  describe(`hostile site in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    test('a header that just fits', async () => {
      const tab = await browser.newTab();
      assert.equal((await browser.visit(tab, `https://${HOST}/bigheader?bytes=${JUST_FITS}`)).error, null);
      const view = await browser.popup(tab, { until: (seen) => seen.statuses.https === 'pass' });
      assert.equal(view.site, HOST);
      assert.equal(view.statuses.https, 'pass', view.text);
    });

    test('a header of a megabyte', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${HOST}/bigheader?bytes=${TOO_MUCH}`);
      const view = await browser.popup(tab, { until: (seen) => seen.site === HOST });
      assert.equal(view.site, HOST);
      assert.deepEqual(Object.keys(view.statuses), ['https', 'hsts_preload', 'cookies']);
    });

    test('5,000 cookies in one response', async () => {
      const tab = await browser.newTab();
      assert.equal((await browser.visit(tab, `https://${HOST}/cookies?n=5000`)).error, null);
      const view = await browser.popup(tab, { until: (seen) => seen.statuses.https === 'pass' });
      assert.equal(view.site, HOST);
      assert.equal(view.statuses.https, 'pass', view.text);
      assert.notEqual(view.statuses.cookies, 'fail', 'all are Secure');
    });

    // Ten times as many stop headless Chromium itself for minutes; what the background keeps of
    // 20,000 is tested in crate/core/tests/capture.rs.
    test('2,000 sub-resources', { timeout: 240_000 }, async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${HOST}/heavy?n=2000`, { wait: 'domcontentloaded' });
      const view = await browser.popup(tab, { until: (seen) => seen.statuses.https === 'pass' });
      assert.equal(view.site, HOST);
      assert.equal(view.statuses.https, 'pass', view.text);
      // All of them really came, and what the background keeps has a bound.
      await demo.requested(({ target }) => target === '/pixel.gif?1999', 200_000);
      const bytes = await browser.inExtension(async () => {
        const api = globalThis.browser ?? globalThis.chrome;
        return JSON.stringify(await api.storage.session.get(null)).length;
      });
      assert.ok(bytes < 8 << 20, `${bytes} characters are kept`);
      const again = await browser.popup(tab, { until: (seen) => seen.statuses.https === 'pass' });
      assert.equal(again.statuses.https, 'pass', again.text);
    });

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}
