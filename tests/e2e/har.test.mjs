// HAR files as the developer tools of both browsers write them of each demo host: the command must say of the file what the
// popup says of the page, or that the file does not hold what decides.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VISITS } from './hosts.mjs';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { expectedOf, recordHar, shownOf, statuses } from './lib/har.mjs';
import { withBrowser } from './lib/suite.mjs';

/** What a file does not hold of a visit that is not the browser's first (NOT_IN_FILE has the rest). */
const NOT_IN_LATER_FILE = [
  {
    verdict: 'hsts_preload',
    said: 'unknown',
    why: 'what an earlier visit in the same browser showed: the field of the registrable domain, or how http answers where HSTS is known',
    of: ({ name, expected }) => expected.hsts_preload === 'pass' && (name.startsWith('www.hardened-demo.org') || name.startsWith('mixed-demo.org/')),
  },
];
/** Firefox's files name no error: TLS failed is all that they say. */
const WITHOUT_ERROR = { https: 'unknown', hsts_preload: 'unknown', cookies: 'unknown' };

for (const name of BROWSERS) {
  describe(`HAR files of ${name}`, () => {
    let browser;
    withBrowser(name, (opened) => ({ browser } = opened));

    for (const visit of VISITS) {
      test(visit.name, async () => {
        const tab = await browser.newTab();
        const har = await recordHar(browser, tab, visit.url);
        const { stdout, stderr } = command(['audit', '--format', 'json'], har);
        assert.equal(stderr, '');
        const shown = shownOf(JSON.parse(stdout), visit);
        const expected = visit.refused && name === 'firefox' ? WITHOUT_ERROR : expectedOf(visit, NOT_IN_LATER_FILE);
        assert.deepEqual(statuses(shown), expected, JSON.stringify(shown.verdicts, null, 1));
        const ids = shown.findings.map(({ check }) => check);
        if (!visit.refused && shown.verdicts.https.status === visit.expected.https) for (const id of visit.findings) assert.ok(ids.includes(id), `${id} is not among ${ids}`);
        await browser.closeTab(tab);
      });
    }

    test('several pages of one file are a session', async () => {
      const tab = await browser.newTab();
      const one = JSON.parse(await recordHar(browser, tab, 'http://void-hsts-demo.org/'));
      const two = JSON.parse(await recordHar(browser, tab, 'http://void-hsts-demo.org/junk'));
      const other = JSON.parse(await recordHar(browser, tab, 'http://shop-demo.org/'));
      for (const [at, { log }] of [one, two, other].entries()) {
        for (const page of log.pages) page.id += `-${at}`;
        for (const entry of log.entries) entry.pageref += `-${at}`;
      }
      const pages = [one, two, other].flatMap(({ log }) => log.pages);
      const entries = [one, two, other].flatMap(({ log }) => log.entries);
      const { stdout } = command(['audit', '--format', 'json'], JSON.stringify({ log: { ...one.log, pages, entries } }));
      const { reports } = JSON.parse(stdout);
      assert.deepEqual(reports.map(({ site }) => site.host), ['void-hsts-demo.org', 'shop-demo.org']);
      assert.equal(reports[0].facts.session.elsewhere, 1);
      assert.deepEqual(reports[0].facts.session.routes.map(({ url }) => new URL(url).pathname).filter((path) => path !== '/favicon.ico').sort(), ['/', '/', '/junk', '/junk']);
      assert.equal(reports[1].facts.session, undefined);
    });
  });
}
