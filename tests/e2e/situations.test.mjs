// Every situation of situations/ in both browsers: the statuses and the reasons for what was not observed, in the popup
// and in the report that the command makes of the exported evidence.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BROWSERS } from './lib/browser.mjs';
import { withBrowser } from './lib/suite.mjs';
import { SETUPS, SITUATIONS, expectedIn } from './situations/index.mjs';
import { VERDICTS, isSite, observe, reasons, stageOf, taken } from './situations/observe.mjs';

/** Lines on a console that the extension wrote; the browsers' own viewers and error pages write there too. */
const own = (lines) => lines.filter((line) => /https-audit|(moz|chrome)-extension:/.test(line));

for (const name of BROWSERS) {
  for (const setup of Object.keys(SETUPS)) {
    const situations = SITUATIONS.filter((situation) => (situation.setup ?? 'plain') === setup);
    const possible = situations.filter((situation) => !expectedIn(situation, name).cannot);
    if (possible.length === 0) continue;
    describe(`situations in ${name}, ${setup}`, () => {
      let demo;
      let browser;
      withBrowser(name, (opened) => ({ demo, browser } = opened), SETUPS[setup][name]);

      for (const situation of possible) {
        test(`${situation.id}: ${situation.title}`, async () => {
          const stage = stageOf(situation, browser, demo);
          try {
            const tab = await situation.act(stage);
            const { expected, popup, report, findings, view, hidesRepetition } = await observe(browser, tab, situation);
            for (const { site } of [popup, report]) assert.ok(isSite(site, expected.site), `it is about ${site}: ${view.text}`);
            const wanted = Object.fromEntries(VERDICTS.map((verdict) => [verdict, taken(expected[verdict])]));
            const statuses = Object.fromEntries(VERDICTS.map((verdict) => [verdict, wanted[verdict].status]));
            assert.deepEqual(popup.statuses, statuses, `${situation.why}\n${popup.findings}\n${view.text}`);
            assert.deepEqual(popup.reasons, [...new Set(VERDICTS.flatMap((verdict) => wanted[verdict].reasons))].sort(), view.text);
            const said = Object.fromEntries(VERDICTS.map((verdict) => [verdict, taken(report[verdict])]));
            assert.deepEqual(said, wanted, `${situation.why}\n${view.evidence}`);
            if (name === 'chromium' || wanted.hsts_preload.status === 'pass') assert.equal(hidesRepetition, name === 'firefox', view.text);
            for (const id of expected.findings ?? []) {
              assert.ok(popup.findings.includes(id), `the popup lacks ${id}: ${popup.findings}`);
              assert.ok(findings.includes(id), `the report lacks ${id}: ${findings}`);
            }
            await situation.check?.(stage);
          } finally {
            await situation.undo?.(stage);
          }
        });
      }

      test('the extension wrote nothing on any console', async () => {
        assert.deepEqual(own(await browser.console()), []);
      });
    });
  }
}

describe('the table of situations', () => {
  test('each has a name of its own and a reason, also where a browser can not produce it', () => {
    assert.equal(new Set(SITUATIONS.map(({ id }) => id)).size, SITUATIONS.length);
    for (const situation of SITUATIONS) {
      assert.ok(situation.title && situation.why, situation.id);
      assert.ok(situation.setup === undefined || situation.setup in SETUPS, situation.id);
      for (const name of BROWSERS) {
        const expected = expectedIn(situation, name);
        if ('cannot' in expected) assert.ok(expected.cannot.length > 20, `${situation.id} in ${name}`);
        else for (const verdict of VERDICTS) assert.match(expected[verdict], /^(pass|warn|fail|unknown|not-applicable)(: [a-z, -]+)?$/, `${situation.id} in ${name}`);
      }
    }
  });

  test('what is unknown has a reason', () => {
    for (const situation of SITUATIONS) {
      for (const name of BROWSERS) {
        for (const verdict of VERDICTS) {
          const said = expectedIn(situation, name)[verdict];
          if (said?.startsWith('unknown')) assert.ok(taken(said).reasons.length > 0, `${situation.id} in ${name}: ${verdict}`);
        }
      }
    }
  });

  test('a reason that nobody knows is told whole', () => {
    assert.deepEqual(reasons(['Something else.']), ['Something else.']);
  });
});
