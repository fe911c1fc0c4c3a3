// A site of two hosts with a sign-in, and a walk over it that the audit page records.

import assert from 'node:assert/strict';
import { eventually } from './view.mjs';

export const WWW = 'www.walked-demo.org';
export const ACCOUNTS = 'accounts.walked-demo.org';
const SESSION = 'sessionid=k3Vb9Qe2XwLm7Kc5RzVn1HsJ8fGp6dUa; Path=/; Domain=walked-demo.org; Secure; HttpOnly; SameSite=Lax';
const HTML = ['Content-Type: text/html; charset=utf-8', 'Cache-Control: no-store', 'X-Content-Type-Options: nosniff'];
const HSTS = 'Strict-Transport-Security: max-age=63072000; includeSubDomains';

/** The site: `rotates` says whether the sign-in gives the session cookie anew. */
export const site = (rotates) => [
  { host: WWW, path: '/', scheme: 'https', headers: [...HTML, HSTS, "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'"], body: `<!doctype html><title>shop</title><a id=go href="https://${ACCOUNTS}/login">sign in</a>` },
  { host: ACCOUNTS, path: '/login', scheme: 'https', headers: [...HTML, `Set-Cookie: ${SESSION}`], body: '<!doctype html><title>sign in</title><form method=post action=/session><input name=user><input type=password name=word><button id=go>in</button></form>' },
  { host: ACCOUNTS, path: '/session', scheme: 'https', status: 302, headers: [`Location: https://${WWW}/account`, 'Cache-Control: no-store', ...(rotates ? [`Set-Cookie: ${SESSION.replace('k3V', 'm4W')}`] : [])] },
  { host: WWW, path: '/account', scheme: 'https', headers: [...HTML, 'Set-Cookie: lang=de; Path=/'], body: '<!doctype html><title>account</title>' },
  { host: 'elsewhere-demo.org', path: '/private-matter', scheme: 'https', headers: HTML, body: '<!doctype html><title>other</title>' },
];

/** What the page says of the recording, and the matrix: by route, by field. */
export function readRecording() {
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

/** Waits until the page says of the recording what is wanted. */
export async function until(page, wanted, what) {
  for (let waited = 0; ; waited += 1) {
    const seen = await page.evaluate(readRecording);
    if (wanted(seen)) return seen;
    if (waited > 300) throw new Error(`${what}: ${JSON.stringify(seen)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Walks over the site in a tab while the audit page of it records, and works with what was recorded. */
export async function walked({ browser, demo }, rotates, task, look = {}) {
  await demo.order(site(rotates));
  const tab = await browser.newTab();
  await browser.visit(tab, `https://${WWW}/`);
  const done = await browser.onPage(`audit.html?tab=${tab.id}`, look, async (page) => {
    await page.view((seen) => seen.site === WWW && seen.actions.includes('record'));
    await page.click('[data-action="record"]');
    await until(page, ({ recording }) => recording === 'on', 'it records');
    const { title } = await page.beside(() => eventually(() => browser.badge(tab), (badge) => badge.title.includes('recorded')));
    assert.match(title, /; this tab is recorded$/);
    await page.beside(async () => {
      await browser.follow(tab, '#go', `https://${ACCOUNTS}/login`);
      await browser.follow(tab, '#go', `https://${WWW}/account`);
      // Where another site came in between, not everything that could set the cookie was seen.
      if (rotates) await browser.visit(tab, 'https://elsewhere-demo.org/private-matter');
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
}
