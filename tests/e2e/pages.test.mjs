// Pages that are easily misread: answers from a cache or a service worker, going back, answers that are no page,
// pages of the browser itself, and tabs that were open before the extension was.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { shows } from './hosts.mjs';
import { BROWSERS } from './lib/browser.mjs';
import { withBrowser } from './lib/suite.mjs';
import { eventually } from './lib/view.mjs';

const QUIRKS = 'quirks-demo.org';
const WELL = { https: 'pass', hsts_preload: 'pass', cookies: 'pass' };
const WEAK = { https: 'pass', hsts_preload: 'warn', cookies: 'fail' };
const NONE = { https: 'not-applicable', hsts_preload: 'not-applicable', cookies: 'not-applicable' };
const UNSEEN = { https: 'unknown', hsts_preload: 'unknown', cookies: 'unknown' };

for (const name of BROWSERS) {
  describe(`pages in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    /** The popup of a tab, once it shows the site with these statuses; or as it is when it never does. */
    const popup = (tab, site, expected) => browser.popup(tab, { until: (view) => view.site === site && shows(view, expected) });

    async function expectPopup(tab, site, expected) {
      const view = await popup(tab, site, expected);
      assert.equal(view.site, site);
      assert.deepEqual(view.statuses, expected, `${view.findings}\n${view.text}`);
      return view;
    }

    for (const [page, how] of [['/revalidated', 'revalidated (304)'], ['/fresh', 'from the cache without asking']]) {
      test(`a page ${how} is not taken for one without HSTS or cookies`, async () => {
        const tab = await browser.newTab();
        await browser.visit(tab, `https://${QUIRKS}/second`);
        await browser.visit(tab, `https://${QUIRKS}${page}`);
        await demo.forgetRequests();
        await browser.visit(tab, `https://${QUIRKS}/second`);
        await browser.visit(tab, `https://${QUIRKS}${page}`);
        const asked = (await demo.requests()).filter(({ target }) => target === page);
        const conditional = asked.map(({ fields }) => fields.some(([field]) => field === 'if-none-match'));
        assert.deepEqual(conditional, page === '/fresh' ? [] : [true], 'the browser used its cache');
        const view = await popup(tab, QUIRKS, { https: 'pass' });
        assert.equal(view.statuses.https, 'pass');
        assert.notEqual(view.statuses.hsts_preload, 'fail', view.text);
        assert.notEqual(view.statuses.cookies, 'fail', view.text);
        assert.ok(!view.findings.includes('hsts.field.missing'), view.text);
      });
    }

    test('a page made by the site\'s service worker brings no false finding', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${QUIRKS}/worker`);
      const active = await eventually(() => browser.inTab(tab, () => document.documentElement.dataset.worker), (state) => state === 'active');
      assert.equal(active, 'active');
      await browser.visit(tab, `https://${QUIRKS}/scope/`);
      assert.match(await browser.inTab(tab, () => document.title), /service worker/);
      const view = await popup(tab, QUIRKS, {});
      assert.equal(view.site, QUIRKS);
      for (const [verdict, status] of Object.entries(view.statuses)) assert.notEqual(status, 'fail', `${verdict}: ${view.text}`);
      assert.ok(view.unknown.length > 0, `what the worker hides is said: ${view.text}`);
    });

    test('going back shows the page before, not the one left', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, 'http://weak-cookies-demo.org/');
      await expectPopup(tab, 'weak-cookies-demo.org', WEAK);
      await browser.visit(tab, 'http://hardened-demo.org/');
      await expectPopup(tab, 'hardened-demo.org', WELL);
      await browser.back(tab);
      await expectPopup(tab, 'weak-cookies-demo.org', WEAK);
    });

    for (const page of ['/204', '/download']) {
      test(`${page} changes nothing: the page before stays`, async () => {
        const tab = await browser.newTab();
        await browser.visit(tab, 'http://weak-cookies-demo.org/');
        await expectPopup(tab, 'weak-cookies-demo.org', WEAK);
        await demo.forgetRequests();
        await browser.go(tab, `https://${QUIRKS}${page}`);
        await demo.requested(({ target }) => target === page);
        await expectPopup(tab, 'weak-cookies-demo.org', WEAK);
      });
    }

    test('a redirect that never ends is no page', async () => {
      const tab = await browser.newTab();
      const { error } = await browser.visit(tab, `https://${QUIRKS}/redirect-loop`);
      assert.notEqual(error, null);
      const view = await popup(tab, QUIRKS, {});
      assert.equal(view.site, QUIRKS);
      assert.notEqual(view.statuses.cookies, 'pass', 'no page came');
    });

    test('a loopback address has no registrable domain', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `${demo.control}/`);
      const view = await popup(tab, '127.0.0.1', { hsts_preload: 'not-applicable' });
      assert.equal(view.site, '127.0.0.1');
      assert.equal(view.statuses.hsts_preload, 'not-applicable', view.text);
      assert.notEqual(view.statuses.https, 'fail', 'http to the machine itself is trustworthy');
    });

    for (const page of name === 'chromium' ? ['about:blank', 'chrome://version/'] : ['about:blank', 'about:license']) {
      test(`${page} is not applicable`, async () => {
        const tab = await browser.newTab();
        await browser.visit(tab, page);
        const view = await browser.popup(tab, { until: (seen) => shows(seen, NONE) });
        assert.deepEqual(view.statuses, NONE, view.text);
      });
    }

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });

  describe(`tabs that were open before the extension in ${name}`, () => {
    let demo;
    let browser;
    const tabs = {};
    withBrowser(name, (opened) => ({ demo, browser } = opened));
    before(async () => {
      for (const host of ['short-hsts-demo.org', 'weak-cookies-demo.org', 'preloaded-demo.dev']) {
        tabs[host] = await browser.newTab();
        await browser.visit(tabs[host], `http://${host}/`);
      }
      await browser.reloadExtension();
    });

    const cases = {
      'short-hsts-demo.org': UNSEEN,
      // What is known without watching counts: the stored cookie lacks Secure.
      'weak-cookies-demo.org': { ...UNSEEN, cookies: 'fail' },
      // And so does the browsers' list.
      'preloaded-demo.dev': { ...UNSEEN, hsts_preload: 'pass' },
    };
    for (const [host, expected] of Object.entries(cases)) {
      test(`${host}: ${Object.values(expected).join(', ')}`, async () => {
        const view = await browser.popup(tabs[host], { axe: true, until: (seen) => shows(seen, expected) });
        assert.equal(view.site, host);
        assert.deepEqual(view.statuses, expected, view.text);
        assert.ok(view.unknown.length > 0, 'the reason is said');
        assert.ok(view.actions.includes('reload'), 'the way to find out is offered');
        assert.deepEqual(view.violations, []);
      });
    }

    test('after a reload of the page all is seen', async () => {
      const expected = { https: 'pass', hsts_preload: 'warn', cookies: 'pass' };
      await browser.reload(tabs['short-hsts-demo.org']);
      const view = await browser.popup(tabs['short-hsts-demo.org'], { until: (seen) => shows(seen, expected) });
      assert.deepEqual(view.statuses, expected, view.text);
    });
  });
}
