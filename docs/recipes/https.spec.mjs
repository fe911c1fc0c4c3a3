// Walks through the site in a browser, and audits what came. Needs @playwright/test, and `https-audit` on PATH.
import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';

/** As people type it, so that the way from http to https is seen too; then what else is looked at. */
const SITE = process.env.SITE ?? 'http://example.com/';
const PATHS = (process.env.SITE_PATHS ?? '').split(' ').filter(Boolean);

test('HTTPS, HSTS and cookies', async ({ browser }, info) => {
  const file = info.outputPath('site.har');
  // A context of its own: it has no cookies yet, and knows no HSTS policy that would hide how http answers.
  const context = await browser.newContext({ recordHar: { path: file, content: 'omit' } });
  const page = await context.newPage();
  await page.goto(SITE);
  for (const path of PATHS) await page.goto(new URL(path, page.url()).href);
  // Sign in here: the session cookie is what matters most.
  await context.close(); // writes the file

  const { error, status, stdout, stderr } = spawnSync('https-audit', ['audit', file], { encoding: 'utf8' });
  if (error) throw error;
  await info.attach('https-audit.txt', { body: stdout, contentType: 'text/plain' });
  expect(status, `https-audit ended with status ${status}\n${stderr}${stdout}`).toBe(0);
});
