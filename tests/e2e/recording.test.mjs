// A session is recorded: a walk over several pages and hosts of a site with a sign-in, and another site in between. Then it
// is audited as a whole, exported, opened again, compared, accepted in part, and printed.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { withBrowser } from './lib/suite.mjs';
import { readReport } from './lib/view.mjs';
import { ACCOUNTS, WWW, readRecording, site, until, walked as walkOver } from './lib/walked.mjs';

const FORMATS = ['html', 'json', 'sarif', 'junit', 'markdown', 'csv'];

const file = (name, text) => {
  const at = path.join(mkdtempSync(path.join(tmpdir(), 'https-audit-files-')), name);
  writeFileSync(at, text);
  return at;
};

async function pick(page, format) {
  if (!(await page.evaluate(() => document.querySelector('.menu').open))) await page.click('.menu > summary');
  await page.click(`[data-export="${format}"]`);
}

const evidenceOf = async (page) => {
  await pick(page, 'evidence');
  return (await page.saved(() => page.click('[data-action="save-evidence"]'))).text;
};

for (const name of BROWSERS) {
  describe(`recording in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    const walked = (...of) => walkOver({ browser, demo }, ...of);

    test('a walk with a sign-in over two hosts is one audit, with a matrix of its routes', async () => {
      await walked(true, async (page) => {
        const { routes, said } = await page.evaluate(readRecording);
        assert.match(said, /4 pages/);
        assert.deepEqual(Object.keys(routes), [
          `GET https://${WWW}/`, `GET https://${ACCOUNTS}/login`, `POST https://${ACCOUNTS}/session`, `GET https://${WWW}/account`,
        ]);
        const of = (route) => routes[route];
        assert.deepEqual(of(`GET https://${WWW}/`), { 'strict-transport-security': 'sent', 'content-security-policy': 'sent', 'x-frame-options': 'sent', 'x-content-type-options': 'sent', 'referrer-policy': 'missing', 'permissions-policy': 'missing', 'cross-origin-opener-policy': 'missing' });
        assert.equal(of(`GET https://${WWW}/account`)['strict-transport-security'], 'missing');
        assert.equal(of(`GET https://${ACCOUNTS}/login`)['content-security-policy'], 'missing');
        assert.deepEqual(of(`POST https://${ACCOUNTS}/session`), { 'strict-transport-security': 'missing', 'content-security-policy': '–', 'x-frame-options': '–', 'x-content-type-options': '–', 'referrer-policy': '–', 'permissions-policy': '–', 'cross-origin-opener-policy': '–' });
        const report = JSON.parse((await page.saved(() => pick(page, 'json'))).text);
        assert.equal(report.site.host, WWW);
        assert.deepEqual([report.facts.session.pages, report.facts.session.elsewhere, report.facts.session.dropped], [4, 1, 0]);
        const found = report.findings.map((finding) => finding.check);
        for (const id of ['hsts.field.some-responses-only', 'csp.policy.missing', 'cookie.secure.missing', 'header.framing.unprotected']) assert.ok(found.includes(id), `${id} of ${found}`);
        assert.ok(!JSON.stringify(report).includes('private-matter'), 'nothing of the other site');
        assert.deepEqual(await page.violations(), []);
      });
    });

    test('all seven formats are what the command makes of the evidence, and it opens again', async () => {
      const evidence = await walked(true, async (page) => {
        const text = await evidenceOf(page);
        for (const secret of ['k3Vb9Qe2XwLm7Kc5RzVn1HsJ8fGp6dUa', 'm4Wb9Qe2XwLm7Kc5RzVn1HsJ8fGp6dUa', 'private-matter']) assert.ok(!text.includes(secret), secret);
        const { text: json } = await page.saved(() => pick(page, 'json'));
        const { generated_at: now } = JSON.parse(json);
        for (const format of FORMATS) {
          const { text: saved } = await page.saved(() => pick(page, format));
          const { stdout, status, stderr } = command(['audit', '-', '--format', format, '--fail-on', 'never', '--now', now], text);
          assert.equal(status, 0, stderr);
          assert.ok(saved === stdout, `${format} differs`);
        }
        const { text: html } = await page.saved(() => pick(page, 'html'));
        const inPage = await page.evaluate(readReport);
        assert.deepEqual(await page.beside(() => browser.inDocument(html, readReport)), inPage, 'exported HTML and audit page');
        return text;
      });
      // Yesterday there was no HSTS at the root, and a cookie that is gone.
      const yesterday = JSON.parse(evidence);
      const root = yesterday.visits[0].exchanges[0].response.seen;
      root.fields = root.fields.filter((field) => field.name.toLowerCase() !== 'strict-transport-security');
      await walked(true, async (page) => {
        await page.choose('[data-file]', file('yesterday.json', JSON.stringify(yesterday)));
        const compared = await page.view((seen) => seen.diff);
        assert.match(compared.diff, /[Ff]ixed/);
        await page.click('[data-action="show-file"]');
        const shown = await page.view((seen) => !seen.actions.includes('show-file'));
        assert.equal(shown.site, WWW);
        assert.equal(Object.keys((await page.evaluate(readRecording)).routes).length, 4, 'the routes of the file');
        await page.click('[data-action="close-file"]');
        await page.view((seen) => seen.actions.includes('drop-record'));
      });
    });

    if (name === 'chromium') {
      test('the page and the exported report are printed as A4 pages that nothing is cut off of', async () => {
        await walked(true, async (page) => {
          const { text: html } = await page.saved(() => pick(page, 'html'));
          for (const printed of [await page.printed(), await page.beside(() => browser.printedDocument(html))]) {
            assert.equal(printed.pdf.subarray(0, 5).toString(), '%PDF-');
            assert.ok(printed.pages >= 3 && printed.pages < 40, `${printed.pages} pages`);
            assert.deepEqual(printed.cut, [], 'wider than the paper');
          }
        });
      });
    }

    test('a session that keeps its cookie through the sign-in is told, and can be accepted', async () => {
      await walked(false, async (page) => {
        const rotation = '[data-finding="cookie.rotation.missing"]';
        const view = await page.view();
        assert.ok(view.findings.includes('cookie.rotation.missing'), String(view.findings));
        await page.evaluate((selector) => { document.querySelector(selector).open = true; }, rotation);
        await page.click(`${rotation} [data-action="accept"]`);
        await page.click('[name="why"]');
        await page.type('the sign-in is a demo');
        await page.click('[data-action="accept-now"]');
        const accepted = await page.view((seen) => seen.accepted.length > 0);
        assert.deepEqual(accepted.accepted, ['cookie.rotation.missing']);
        const { text } = await page.saved(() => pick(page, 'json'));
        assert.equal(JSON.parse(text).findings.find((finding) => finding.check === 'cookie.rotation.missing').accepted.why, 'the sign-in is a demo');
      });
    });

    test('a tab that is closed, and a background that is ended, lose nothing', async () => {
      await demo.order(site(true));
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${WWW}/`);
      await browser.onPage(`audit.html?tab=${tab.id}`, {}, async (page) => {
        await page.view((seen) => seen.actions.includes('record'));
        await page.click('[data-action="record"]');
        await until(page, ({ recording }) => recording === 'on', 'it records');
        // A page counts once it was left.
        const left = (pages) => until(page, ({ said }) => said.startsWith(`${pages}, `), `${pages} left`);
        await page.beside(() => browser.follow(tab, '#go', `https://${ACCOUNTS}/login`));
        await left('1 page');
        await page.beside(async () => {
          await browser.killWorker();
          await browser.follow(tab, '#go', `https://${WWW}/account`);
        });
        await left('2 pages');
        await page.beside(() => browser.closeTab(tab));
        const { said } = await until(page, ({ recording }) => recording === 'ended', 'it has ended');
        assert.match(said, /3 pages/);
        const { routes } = await page.evaluate(readRecording);
        assert.equal(Object.keys(routes).length, 4);
        await page.click('[data-action="drop-record"]');
      });
    });

    test('one at a time: another tab says so', async () => {
      await demo.order(site(true));
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${WWW}/`);
      const other = await browser.newTab();
      await browser.visit(other, `https://${WWW}/`);
      await browser.onPage(`audit.html?tab=${tab.id}`, {}, async (page) => {
        await page.view((seen) => seen.actions.includes('record'));
        await page.click('[data-action="record"]');
        await until(page, ({ recording }) => recording === 'on', 'it records');
        await page.beside(() => browser.onPage(`audit.html?tab=${other.id}`, {}, async (beside) => {
          await until(beside, ({ recording }) => recording === 'elsewhere', 'the other tab');
          const { actions } = await beside.view();
          assert.ok(!actions.includes('record') && actions.includes('open-record'), 'it leads to the recording');
        }));
        await page.click('[data-action="stop-record"]');
        await until(page, ({ recording }) => recording === 'ended', 'it has ended');
        await page.click('[data-action="drop-record"]');
        await page.view((seen) => seen.actions.includes('record'));
      });
      await browser.closeTab(other);
      await browser.closeTab(tab);
    });

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}
