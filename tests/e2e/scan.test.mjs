// The redirect check gives hstspreload.org's codes, in its order, for each way in which servers behave, in both browsers
// with a fresh profile. tests/e2e/lib/scanned.mjs is the table.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { BEHAVIOURS, serve } from './lib/scanned.mjs';
import { withBrowser } from './lib/suite.mjs';

for (const name of BROWSERS) {
  describe(`what hstspreload.org would say, in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    for (const behaviour of BEHAVIOURS) {
      test(`${behaviour.id}: ${behaviour.about}`, async () => {
        const url = await serve(demo, behaviour);
        const tab = await browser.newTab();
        await browser.visit(tab, url);
        const view = await browser.probe(tab);
        assert.equal(view.probe, 'done', view.text);
        const { status, stdout, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never'], await browser.exportEvidence(tab));
        assert.equal(status, 0, stderr);
        const { preload, probe } = JSON.parse(stdout).facts;
        const { warnings = [] } = behaviour;
        const errors = name === 'firefox' && behaviour.hidden ? [] : behaviour.errors;
        // Firefox does not tell whether the field that it hands out was the only one.
        const isField = !errors.some((code) => code.startsWith('domain.tls') || code === 'response.no_header');
        const unknown = name === 'firefox' && isField ? ['repeated'] : [];
        const eligible = errors.length ? false : unknown.length ? null : true;
        assert.deepEqual({ errors: preload.errors, warnings: preload.warnings, unknown: preload.unknown, eligible: preload.eligible }, { errors, warnings, unknown, eligible }, JSON.stringify(probe, null, 1));
        await browser.closeTab(tab);
      });
    }

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}
