// Every demo host in both browsers: the three verdicts, the findings that the host exists for, the badge and
// its title; and at the end nothing on any console and no complaint of the browser.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VISITS, shows } from './hosts.mjs';
import { BROWSERS } from './lib/browser.mjs';
import { withBrowser } from './lib/suite.mjs';
import { eventually } from './lib/view.mjs';

const WORDS = { pass: /pass/i, warn: /warning/i, fail: /fail/i, unknown: /unknown/i, 'not-applicable': /not applicable/i };

for (const name of BROWSERS) {
  describe(`demo hosts in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    for (const { url, name: title, site, expected, findings, refused } of VISITS) {
      test(`${title}: ${Object.values(expected).join(', ')}`, async () => {
        const tab = await browser.newTab();
        const { error } = await browser.visit(tab, url);
        assert.equal(error !== null, refused === true, error ?? 'the page loaded though its certificate is bad');
        const view = await browser.popup(tab, { until: (seen) => seen.site === site && shows(seen, expected) });
        assert.equal(view.site, site);
        assert.deepEqual(Object.keys(view.statuses), ['https', 'hsts_preload', 'cookies'], 'three verdicts in this order');
        assert.deepEqual(view.statuses, expected, `${view.findings}\n${view.text}`);
        for (const id of findings) assert.ok(view.findings.includes(id), `${id} is not among ${view.findings}`);

        // The button waits for the page's sub-resources.
        const words = Object.values(expected).map((status) => WORDS[status]);
        const badge = await eventually(() => browser.badge(tab), ({ title }) => words.every((word) => word.test(title)));
        const bad = Object.values(expected).some((status) => status === 'fail' || status === 'warn');
        if (bad) assert.match(badge.text, /^[1-9]\d?\+?$/, 'the badge counts errors and warnings');
        else assert.equal(badge.text, '', 'nothing to count');
        for (const word of words) assert.match(badge.title, word);
        await browser.closeTab(tab);
      });
    }

    test('nothing is on any console, and the browser has no complaint', async () => {
      assert.deepEqual(await browser.console(), []);
      if (browser.complaints) assert.deepEqual(await browser.complaints(), []);
    });
  });
}
