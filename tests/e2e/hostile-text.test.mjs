// What a site says is text, wherever it is shown: markup, scripts, bidi controls, formulas and paths in every field that
// a site can fill do nothing in popup, audit page, dialogs, comparison and exported report. Nothing of it runs, and
// nothing of it is asked for.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { ROOT } from './lib/demo.mjs';
import { withBrowser } from './lib/suite.mjs';

const HOST = 'hostile-text-demo.org';
/** Who would hear of it. */
const EVIL = 'evil-demo.org';
const PAYLOADS = [
  `<script>window.ran=1;fetch('https://${EVIL}/script')</script>`,
  `"><img src=https://${EVIL}/img onerror=window.ran=1>`,
  `'><svg onload=window.ran=1>`,
  `</style></title></textarea><iframe src=https://${EVIL}/frame></iframe>`,
  `javascript:window.ran=1`,
  `\`<b>\`${'`'.repeat(3)}`,
  `=HYPERLINK("https://${EVIL}/x","y")`,
  `../../../etc/passwd`,
];
const utf8 = (text) => Buffer.from(text, 'utf8').toString('latin1');
/** A value for a field of a header: no line breaks, the rest as it is. */
const value = (text) => utf8(text.replace(/[\r\n]/g, ''));
const BIDI = '\u202Etxt.exe\u2066\u200F';

/** Every field that a check reads, filled with each payload in turn. */
function vectors() {
  const fields = [
    'Server', 'X-Powered-By', 'X-AspNet-Version', 'X-Backend-Server', 'Strict-Transport-Security', 'Content-Security-Policy',
    'X-Frame-Options', 'X-Content-Type-Options', 'Referrer-Policy', 'Permissions-Policy', 'Cross-Origin-Opener-Policy',
    'Cross-Origin-Embedder-Policy', 'Cross-Origin-Resource-Policy', 'X-XSS-Protection', 'Public-Key-Pins', 'Expect-CT', 'Feature-Policy',
  ];
  return PAYLOADS.flatMap((payload, n) => {
    const path_ = `/${n}`;
    const headers = [
      'Content-Type: text/html; charset=utf-8',
      ...fields.map((field) => `${field}: ${value(payload)}${utf8(BIDI)}`),
      `Set-Cookie: ${value(payload).replace(/[;=,]/g, '_')}session=1; Path=/`,
      `Set-Cookie: session${n}=${value(payload).replace(/;/g, '')}; Path=/${value(payload).replace(/;/g, '')}`,
      `Set-Cookie: sessionid=x; Domain=${value(payload).replace(/;/g, '')}`,
      `X-Big: ${'<b>'.repeat(60_000)}`,
    ];
    const html = `<!doctype html><title>x</title><form action="http://${HOST}/${encodeURIComponent(payload)}" method="post"><input type="password" name="p"></form>
      <script src="http://${EVIL.replace('evil', 'mixed')}/a.js?${encodeURIComponent(payload)}"></script>`;
    return [{ host: HOST, path: path_, headers, body: html }];
  });
}

for (const name of BROWSERS) {
  describe(`hostile text in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    const quiet = async (page, where) => {
      assert.ok(!(await page.evaluate(() => 'ran' in window)), `a script ran in ${where}`);
      const elements = await page.evaluate(() => document.querySelectorAll('iframe, img, object, embed, base, script:not([type="module"][src$=".js"])').length);
      assert.equal(elements, 0, `an element of the site's in ${where}`);
      const links = await page.evaluate(() => [...document.querySelectorAll('a[href], form[action], [style]')].map((element) => element.getAttribute('href') ?? '').filter((href) => /^\s*(javascript|data):/i.test(href) || href.includes('evil-demo')));
      assert.deepEqual(links, [], `a link of the site's in ${where}`);
    };

    test('of a site, in popup, audit page, dialogs and exported report', async () => {
      await demo.order(vectors());
      for (let n = 0; n < PAYLOADS.length; n += 1) {
        const tab = await browser.newTab();
        await browser.visit(tab, `https://${HOST}/${n}`);
        await demo.forgetRequests();
        await browser.onPage(`popup.html?tab=${tab.id}`, {}, async (page) => {
          await page.view((view) => view.site === HOST && view.findings.length > 0);
          await quiet(page, `popup of ${PAYLOADS[n]}`);
        });
        await browser.onPage(`audit.html?tab=${tab.id}`, {}, async (page) => {
          const view = await page.view((seen) => seen.site === HOST && seen.findings.length > 0);
          assert.ok(view.findings.length > 10, `many findings: ${view.findings}`);
          await quiet(page, `audit page of ${PAYLOADS[n]}`);
          await page.evaluate(() => document.querySelector('[data-export="evidence"]').click());
          await quiet(page, `preview of ${PAYLOADS[n]}`);
          const { text: evidence } = await page.saved(() => page.click('[data-action="save-evidence"]'));
          await page.evaluate(() => document.querySelector('[data-action="accept"]').click());
          await quiet(page, `dialog of ${PAYLOADS[n]}`);
          await page.click('[data-action="close-dialog"]');
          const { text: html, name: saved } = await page.saved(() => page.evaluate(() => document.querySelector('[data-export="html"]').click()));
          assert.match(saved, /^[a-zA-Z0-9._-]+\.html$/);
          const found = await page.beside(() => browser.inDocument(html, () => ({
            ran: 'ran' in window,
            elements: document.querySelectorAll('iframe, img, object, embed, base, script').length,
          })));
          assert.deepEqual(found, { ran: false, elements: 0 }, 'exported report');
          const file = path.join(mkdtempSync(path.join(tmpdir(), 'https-audit-files-')), '<img src=x onerror=window.ran=1>.json'.replace(/\//g, ''));
          writeFileSync(file, evidence);
          await page.choose('[data-file]', file);
          await page.view((seen) => seen.diff);
          await quiet(page, `comparison of ${PAYLOADS[n]}`);
        });
        const asked = (await demo.requests()).filter(({ host }) => host === EVIL);
        assert.deepEqual(asked, [], `${PAYLOADS[n]} asked for something`);
        await browser.closeTab(tab);
      }
    });

    test('of a file that somebody made up', async () => {
      const evidence = readFileSync(path.join(ROOT, 'tests/fixtures/evidence/hostile.json'), 'utf8');
      const { stdout, status, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never', '--now', '2026-11-28T00:00:00Z'], evidence);
      assert.equal(status, 0, stderr);
      // Every text in the report becomes hostile, those of the tool itself too.
      const hostile = (key, text) => (typeof text === 'string' && !['schema', 'status', 'severity', 'outcome', 'state', 'kind'].includes(key) ? `${text}${PAYLOADS.join(' ')}${BIDI}` : text);
      const whole = JSON.parse(stdout, hostile);
      const text = PAYLOADS.join(' ') + BIDI;
      // A recorded session, which the fixture has none of.
      whole.facts.session = {
        began_at: text, ended_at: text, pages: 1e15, dropped: 1e15, elsewhere: 1e15,
        routes: PAYLOADS.map((payload) => ({ url: payload, method: payload, statuses: [1, 2], requests: 1e15, set_cookies: 1e15, fields: [{ field: payload, sent: 1, missing: 1, unseen: 0 }, { field: 'content-security-policy', sent: 1e15, missing: 1e15, unseen: 0 }] })),
      };
      // And one whose values are of a megabyte.
      const huge = structuredClone(whole);
      const megabyte = '<b>\u202E'.repeat(250_000);
      Object.assign(huge.findings[0], { title: megabyte, message: megabyte });
      huge.findings[0].location.value = megabyte;
      huge.site.host = huge.site.url = megabyte;
      huge.facts.session.routes[0].url = megabyte;
      await demo.forgetRequests();
      const tab = await browser.newTab();
      await browser.onPage(`audit.html?tab=${tab.id}`, {}, async (page) => {
        for (const [named, text] of [['hostile-evidence.json', evidence], ['hostile-report.json', JSON.stringify(whole)], ['huge-report.json', JSON.stringify(huge)]]) {
          const file = path.join(mkdtempSync(path.join(tmpdir(), 'https-audit-files-')), named);
          writeFileSync(file, text);
          await page.choose('[data-file]', file);
          // A report whose words are none of ours may be refused, in words.
          const view = await page.view((seen) => seen.text.includes(named));
          assert.ok(view.findings.length > 0 || /can not be opened/.test(view.text), view.text.slice(0, 500));
          await quiet(page, named);
        }
      });
      assert.deepEqual((await demo.requests()).filter(({ host }) => host === EVIL), [], 'something was asked for');
      await browser.closeTab(tab);
    });

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}
