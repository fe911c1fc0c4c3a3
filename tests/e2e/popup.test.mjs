// The popup itself: opened as a person does, free of accessibility violations in light and dark, usable by
// keyboard.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VISITS, shows } from './hosts.mjs';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { withBrowser } from './lib/suite.mjs';

/** One visit of each kind of answer. */
const KINDS = ['hardened-demo.org', 'short-hsts-demo.org', 'weak-cookies-demo.org', 'http-only-demo.org', 'expired-demo.org'];
const visitOf = (name) => VISITS.find((visit) => visit.name === name);

for (const name of BROWSERS) {
  describe(`popup in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    for (const host of KINDS) {
      test(`${host} has no accessibility violation, light or dark`, async () => {
        const { url, expected } = visitOf(host);
        const tab = await browser.newTab();
        await browser.visit(tab, url);
        for (const theme of ['light', 'dark']) {
          const view = await browser.popup(tab, { theme, axe: true, until: (seen) => shows(seen, expected) });
          assert.deepEqual(view.statuses, expected);
          assert.deepEqual(view.violations, [], `${theme}`);
        }
        await browser.closeTab(tab);
      });
    }

    for (const host of KINDS) {
      test(`the command makes the same report of ${host} from the evidence that the popup exports`, async () => {
        const { url, expected } = visitOf(host);
        const tab = await browser.newTab();
        await browser.visit(tab, url);
        const view = await browser.popup(tab, { until: (seen) => shows(seen, expected) });
        const evidence = await browser.exportEvidence(tab);
        const { status, stdout, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never'], evidence);
        assert.equal(status, 0, stderr);
        const report = JSON.parse(stdout);
        assert.equal(report.site.host, view.site);
        const statuses = Object.fromEntries(Object.entries(report.verdicts).map(([verdict, { status: word }]) => [verdict, word]));
        assert.deepEqual(statuses, view.statuses);
        // The evidence never holds a cookie's value.
        for (const [, value] of (await demo.requests()).flatMap(({ fields }) => fields.filter(([field]) => field === 'cookie'))) {
          for (const pair of value.split('; ')) {
            const secret = pair.slice(pair.indexOf('=') + 1);
            if (secret.length >= 16) assert.ok(!evidence.includes(secret), 'a cookie\'s value is in the evidence');
          }
        }
        await browser.closeTab(tab);
      });
    }

    test('an empty tab is not applicable in all three', async () => {
      const tab = await browser.newTab();
      const expected = { https: 'not-applicable', hsts_preload: 'not-applicable', cookies: 'not-applicable' };
      const view = await browser.popup(tab, { axe: true, until: (seen) => shows(seen, expected) });
      assert.deepEqual(view.statuses, expected);
      assert.deepEqual(view.violations, []);
      assert.deepEqual(await browser.badge(tab).then((badge) => badge.text), '');
    });

    test('every verdict is reached and opened by keyboard', async () => {
      const { url, expected } = visitOf('weak-cookies-demo.org');
      const tab = await browser.newTab();
      await browser.visit(tab, url);
      await browser.popup(tab, { until: (seen) => shows(seen, expected) });
      const reached = await browser.byKeyboard(tab);
      for (const verdict of Object.keys(expected)) assert.ok(reached.verdicts.includes(verdict), `${verdict}: ${JSON.stringify(reached)}`);
      assert.ok(reached.toggled, 'Enter opens and closes a verdict');
      assert.deepEqual(reached.unreached, [], 'every button and link is a stop of the Tab key');
    });

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}

describe('the real popup in chromium', () => {
  let demo;
  let browser;
  withBrowser('chromium', (opened) => ({ demo, browser } = opened));

  for (const host of KINDS) {
    test(`the toolbar button opens what popup.html?tab= shows for ${host}`, async () => {
      const { url, expected } = visitOf(host);
      const tab = await browser.newTab();
      await browser.visit(tab, url);
      const page = await browser.popup(tab, { until: (seen) => shows(seen, expected) });
      const popup = await browser.openPopup(tab, { until: (seen) => shows(seen, expected) });
      assert.deepEqual(popup.statuses, expected);
      assert.equal(popup.site, page.site);
      assert.deepEqual(popup.findings, page.findings);
      assert.deepEqual(popup.unknown, page.unknown);
      assert.ok(popup.size.width >= 300 && popup.size.width <= 800, `${popup.size.width} wide`);
      assert.ok(popup.size.height >= 150 && popup.size.height <= 600, `${popup.size.height} high`);
      await browser.closeTab(tab);
    });
  }

  test('nothing is on any console', async () => {
    assert.deepEqual(await browser.console(), []);
    assert.deepEqual(await browser.complaints(), []);
  });
});
