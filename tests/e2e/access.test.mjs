// Host access: never given, withdrawn, given for one site only, and given again. The popup says which, offers the page
// that asks, and everything works from the next load on, without a restart of anything.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { shows } from './hosts.mjs';
import { allowOnly, askForAccess, origins } from './lib/access.mjs';
import { BROWSERS } from './lib/browser.mjs';
import { withBrowser } from './lib/suite.mjs';
import { eventually } from './lib/view.mjs';

const WELL = { https: 'pass', hsts_preload: 'pass', cookies: 'pass' };
const WEAK = { https: 'pass', hsts_preload: 'warn', cookies: 'fail' };
const UNSEEN = { https: 'unknown', hsts_preload: 'unknown', cookies: 'unknown' };
const NO_ACCESS = /The extension has no access to this site\./;
/** What the report lacks where some hosts are out of sight. */
const HOSTS_UNSEEN = /what the page loads from hosts without access/i;
const WELL_HOST = 'hardened-demo.org';
const WEAK_HOST = 'weak-cookies-demo.org';

for (const name of BROWSERS) {
  describe(`access in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));
    afterEach(() => browser.setAccess(true));

    const popup = (tab, expected, more) => browser.popup(tab, { until: (view) => shows(view, expected), ...more });

    async function expectButton(tab, words, text) {
      const badge = await eventually(() => browser.badge(tab), ({ title }) => title.includes(words));
      assert.ok(badge.title.includes(words), badge.title);
      assert.match(badge.text, text);
    }

    /** Nothing is claimed, the reason is said, and the way to give access is offered. */
    async function expectNoAccess(tab, host) {
      for (const theme of ['light', 'dark']) {
        const view = await popup(tab, UNSEEN, { theme, axe: true });
        assert.equal(view.site, host);
        assert.deepEqual(view.statuses, UNSEEN, view.text);
        assert.deepEqual(view.findings, []);
        assert.ok(view.unknown.some((text) => NO_ACCESS.test(text)), view.text);
        assert.match(view.text, /HTTPS Audit may not look at this site/);
        assert.ok(!/Seen \d/.test(view.text), view.text);
        assert.ok(view.actions.includes('grant-access'), `${view.actions}`);
        assert.ok(!view.actions.includes('reload'), 'a reload without access shows nothing');
        assert.deepEqual(view.violations, []);
      }
      await expectButton(tab, 'HTTPS: Unknown', /^$/);
    }

    test('never given: nothing is claimed, and access is offered', async () => {
      await allowOnly(browser, null);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${WEAK_HOST}/`);
      await expectNoAccess(tab, WEAK_HOST);
      await browser.closeTab(tab);
    });

    test('never given, and the tab is older than the extension: the page\'s address is hidden too', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${WEAK_HOST}/`);
      await allowOnly(browser, null);
      await browser.reloadExtension();
      const view = await popup(tab, UNSEEN, { axe: true });
      assert.deepEqual(view.statuses, UNSEEN, view.text);
      assert.equal(view.site, 'Address hidden');
      assert.ok(view.actions.includes('grant-access'), `${view.actions}`);
      assert.deepEqual(view.violations, []);
      const { before, asked } = await askForAccess(browser, tab, 'allow-all');
      assert.ok(!/This site only/.test(before.text), 'no site can be named');
      assert.equal(asked, '<all_urls>');
      const expected = { https: 'pass', cookies: 'fail' };
      const seen = await popup(tab, expected);
      assert.deepEqual({ ...seen.statuses, hsts_preload: undefined }, { ...expected, hsts_preload: undefined }, seen.text);
      await browser.closeTab(tab);
    });

    test('withdrawn: what was seen before is not told any more, and not again when access comes back', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${WEAK_HOST}/`);
      assert.deepEqual((await popup(tab, WEAK)).statuses, WEAK);
      await expectButton(tab, 'Cookies: Fail', /^\d+$/);
      await allowOnly(browser, null);
      await expectNoAccess(tab, WEAK_HOST);
      await browser.setAccess(true);
      const view = await browser.popup(tab, { until: ({ actions }) => actions.includes('reload') });
      assert.ok(view.actions.includes('reload'), `${view.actions}`);
      assert.ok(!view.actions.includes('grant-access'), `${view.actions}`);
      assert.equal(view.statuses.https, 'unknown', `nobody saw what the page did meanwhile: ${view.text}`);
      assert.ok(view.unknown.some((text) => /open before the extension watched/.test(text)), view.text);
      await browser.reload(tab);
      const seen = await popup(tab, WEAK);
      assert.deepEqual(seen.statuses, WEAK, seen.text);
      await expectButton(tab, 'Cookies: Fail', /^\d+$/);
      await browser.closeTab(tab);
    });

    test('withdrawn while the background sleeps', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${WEAK_HOST}/`);
      assert.deepEqual((await popup(tab, WEAK)).statuses, WEAK);
      await browser.killWorker();
      await allowOnly(browser, null);
      await expectNoAccess(tab, WEAK_HOST);
      await browser.closeTab(tab);
    });

    test('given for one site only: that one works, and what others sent is said to be unseen', async () => {
      await allowOnly(browser, `*://*.${WELL_HOST}/*`);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${WELL_HOST}/`);
      const view = await popup(tab, WELL);
      assert.deepEqual(view.statuses, WELL, view.text);
      assert.ok(!view.actions.includes('grant-access'), 'the person has decided');
      assert.ok(view.unknown.some((text) => HOSTS_UNSEEN.test(text)), view.text);
      assert.ok(!/nothing seen over http\./.test(view.text), view.text);
      await browser.visit(tab, `http://${WEAK_HOST}/`);
      await expectNoAccess(tab, WEAK_HOST);
      await browser.closeTab(tab);
    });

    test('taken back to one site while the page is open: what it loads from now on is not claimed', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${WELL_HOST}/`);
      assert.ok(!(await popup(tab, WELL)).unknown.some((text) => HOSTS_UNSEEN.test(text)));
      await allowOnly(browser, `*://*.${WELL_HOST}/*`);
      // Chromium has no step between all sites and one: in between there is access to none.
      await browser.reload(tab);
      const lost = await browser.popup(tab, { until: ({ unknown }) => unknown.some((text) => HOSTS_UNSEEN.test(text)) });
      assert.ok(lost.unknown.some((text) => HOSTS_UNSEEN.test(text)), lost.text);
      await browser.setAccess(true);
      const still = await browser.popup(tab);
      assert.ok(still.unknown.some((text) => HOSTS_UNSEEN.test(text)), `the page was loaded before: ${still.text}`);
      await browser.reload(tab);
      const all = await browser.popup(tab, { until: ({ unknown }) => !unknown.some((text) => HOSTS_UNSEEN.test(text)) });
      assert.ok(!all.unknown.some((text) => HOSTS_UNSEEN.test(text)), all.text);
      await browser.closeTab(tab);
    });

    test('given for the https side of one host: cookies that can not all be seen decide nothing', async () => {
      await allowOnly(browser, 'https://shop-demo.org/*');
      const tab = await browser.newTab();
      await demo.order([{ host: 'shop-demo.org', path: '/plain', headers: ['Content-Type: text/html'], body: '<p>No cookie.' }]);
      // The cookie without Secure that it sets is of the http side: the browsers leave it out without a word.
      await browser.visit(tab, 'https://shop-demo.org/');
      await browser.visit(tab, 'https://shop-demo.org/plain');
      const expected = { https: 'pass', cookies: 'unknown' };
      const view = await popup(tab, expected);
      assert.equal(view.statuses.https, 'pass', view.text);
      assert.equal(view.statuses.cookies, 'unknown', view.text);
      assert.ok(view.actions.includes('grant-access'), `${view.actions}`);
      await browser.closeTab(tab);
    });

    for (const [choice, given] of [['allow-site', `*://*.${WEAK_HOST}/*`], ['allow-all', '<all_urls>']]) {
      test(`${choice}: the page asks, goes back and reloads, and all is seen at once`, async () => {
        await allowOnly(browser, null);
        const tab = await browser.newTab();
        await browser.visit(tab, `http://${WEAK_HOST}/`);
        await expectNoAccess(tab, WEAK_HOST);
        await demo.forgetRequests();
        const { before, after, asked } = await askForAccess(browser, tab, choice);
        assert.match(before.text, /What may HTTPS Audit look at\?/);
        assert.ok(before.text.includes(`Allow on ${WEAK_HOST}`), before.text);
        assert.equal(asked, given);
        assert.match(after.text, /Allowed on/);
        assert.ok((await origins(browser)).includes(given));
        await demo.requested(({ host, target }) => host === WEAK_HOST && target === '/');
        // The redirect from http is seen only by who types the address again.
        const expected = { https: 'pass', cookies: 'fail' };
        const view = await popup(tab, expected);
        assert.equal(view.statuses.https, 'pass', view.text);
        assert.equal(view.statuses.cookies, 'fail', view.text);
        assert.ok(!view.actions.includes('grant-access'), `${view.actions}`);
        await expectButton(tab, 'Cookies: Fail', /^\d+$/);
        await browser.closeTab(tab);
      });
    }

    for (const theme of ['light', 'dark']) {
      test(`the page that asks has no accessibility violation, ${theme}`, async () => {
        const tab = await browser.newTab();
        await allowOnly(browser, null);
        const page = 'access.html';
        const view = await browser.popup(tab, { page, theme, axe: true, viewport: { width: 700, height: 800 } });
        assert.ok(view.actions.includes('allow-all'), `${view.actions}`);
        assert.deepEqual(view.violations, []);
        await browser.closeTab(tab);
      });
    }

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}

describe('the toolbar button without access in chromium', () => {
  let browser;
  withBrowser('chromium', (opened) => ({ browser } = opened));

  test('a press lets the browser show that one tab from its next load on; what stays hidden is said', async () => {
    await browser.setAccess(false);
    const tab = await browser.newTab();
    await browser.visit(tab, `http://${WEAK_HOST}/`);
    // The first press gives activeTab. Where Chromium held back events of this page it offers to reload and opens no
    // popup; else it opens one, which the next press closes.
    await browser.extension.triggerAction(browser.page(tab));
    // Address and document may be read now, but its load is over, and nobody saw it.
    // Its icon may come only now, and with it a field: so much was seen then.
    const unseen = { https: 'unknown', cookies: 'unknown' };
    const pressed = await browser.popup(tab, { until: (view) => shows(view, unseen) });
    assert.ok(shows(pressed, unseen), pressed.text);
    await browser.reload(tab);
    const expected = { https: 'pass', cookies: 'fail' };
    const view = await browser.openPopup(tab, { until: (seen) => shows(seen, expected) });
    assert.equal(view.statuses.https, 'pass', view.text);
    assert.equal(view.statuses.cookies, 'fail', `its Set-Cookie fields were seen: ${view.text}`);
    assert.match(view.text, /Seen \d/);
    assert.ok(view.unknown.some((text) => /the cookies the browser holds/i.test(text) && NO_ACCESS.test(text)), view.text);
    assert.ok(view.unknown.some((text) => HOSTS_UNSEEN.test(text)), view.text);
    assert.ok(view.actions.includes('grant-access'), `${view.actions}`);
  });
});
