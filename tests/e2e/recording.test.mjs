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
  });
}
