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

const WWW = 'www.walked-demo.org';
const ACCOUNTS = 'accounts.walked-demo.org';
const FORMATS = ['html', 'json', 'sarif', 'junit', 'markdown', 'csv'];
const SESSION = 'sessionid=k3Vb9Qe2XwLm7Kc5RzVn1HsJ8fGp6dUa; Path=/; Domain=walked-demo.org; Secure; HttpOnly; SameSite=Lax';
const HTML = ['Content-Type: text/html; charset=utf-8', 'Cache-Control: no-store', 'X-Content-Type-Options: nosniff'];
const HSTS = 'Strict-Transport-Security: max-age=63072000; includeSubDomains';

/** The site: `rotates` says whether the sign-in gives the session cookie anew. */
const site = (rotates) => [
  { host: WWW, path: '/', scheme: 'https', headers: [...HTML, HSTS, "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'"], body: `<!doctype html><title>shop</title><a id=go href="https://${ACCOUNTS}/login">sign in</a>` },
  { host: ACCOUNTS, path: '/login', scheme: 'https', headers: [...HTML, `Set-Cookie: ${SESSION}`], body: '<!doctype html><title>sign in</title><form method=post action=/session><input name=user><input type=password name=word><button id=go>in</button></form>' },
  { host: ACCOUNTS, path: '/session', scheme: 'https', status: 302, headers: [`Location: https://${WWW}/account`, 'Cache-Control: no-store', ...(rotates ? [`Set-Cookie: ${SESSION.replace('k3V', 'm4W')}`] : [])] },
  { host: WWW, path: '/account', scheme: 'https', headers: [...HTML, 'Set-Cookie: lang=de; Path=/'], body: '<!doctype html><title>account</title>' },
  { host: 'elsewhere-demo.org', path: '/private-matter', scheme: 'https', headers: HTML, body: '<!doctype html><title>other</title>' },
];

const file = (name, text) => {
  const at = path.join(mkdtempSync(path.join(tmpdir(), 'https-audit-files-')), name);
  writeFileSync(at, text);
  return at;
};

/** What the page says of the recording, and the matrix: by route, by field. */
function readRecording() {
  const text = (element) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return {
    recording: document.querySelector('[data-recording]')?.dataset.recording ?? null,
    said: text(document.querySelector('[data-recording]')),
    routes: Object.fromEntries([...document.querySelectorAll('[data-route]')].map((row) => [
      text(row.querySelector('th .mono')),
      Object.fromEntries([...row.querySelectorAll('[data-field]')].map((cell) => [cell.dataset.field, text(cell)])),
    ])),
  };
}

async function pick(page, format) {
  if (!(await page.evaluate(() => document.querySelector('.menu').open))) await page.click('.menu > summary');
  await page.click(`[data-export="${format}"]`);
}

async function until(page, wanted, what) {
  for (let waited = 0; ; waited += 1) {
    const seen = await page.evaluate(readRecording);
    if (wanted(seen)) return seen;
    if (waited > 100) throw new Error(`${what}: ${JSON.stringify(seen)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
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

    /** Walks over the site and works with the audit page that recorded it. */
    const walked = async (rotates, task, look = {}) => {
      await demo.order(site(rotates));
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${WWW}/`);
      const done = await browser.onPage(`audit.html?tab=${tab.id}`, look, async (page) => {
        await page.view((seen) => seen.site === WWW && seen.actions.includes('record'));
        await page.click('[data-action="record"]');
        await until(page, ({ recording }) => recording === 'on', 'it records');
        await page.beside(async () => {
          await browser.follow(tab, '#go', `https://${ACCOUNTS}/login`);
          await browser.follow(tab, '#go', `https://${WWW}/account`);
          await browser.visit(tab, 'https://elsewhere-demo.org/private-matter');
          await browser.visit(tab, `https://${WWW}/`);
        });
        await until(page, ({ said }) => said.includes('3 pages'), 'three pages were left');
        await page.click('[data-action="stop-record"]');
        await until(page, ({ recording }) => recording === 'ended', 'it has ended');
        const result = await task(page, tab);
        await page.click('[data-action="drop-record"]');
        await until(page, ({ recording }) => recording === null, 'it is forgotten');
        return result;
      });
      await browser.closeTab(tab);
      return done;
    };

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
        await page.beside(async () => {
          await browser.follow(tab, '#go', `https://${ACCOUNTS}/login`);
          await browser.killWorker();
          await browser.follow(tab, '#go', `https://${WWW}/account`);
          await browser.closeTab(tab);
        });
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
          assert.ok(!(await beside.view()).actions.includes('record'));
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
