// The audit page of a large report while somebody filters its findings: the longest task of the page's main thread, as
// Chromium's trace has it, beside a report of a tenth of the size.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser } from '../e2e/lib/browser.mjs';
import { command } from '../e2e/lib/command.mjs';
import { startDemo } from '../e2e/lib/demo.mjs';

/** Words that are searched for, letter by letter, and boxes that are clicked. */
const WORDS = 'cookie samesite';
const BOXES = ['note', 'warning', 'note', 'warning'];

/** Evidence of a visit with so many requests, and some cookies that are set wrongly. */
function evidence(requests) {
  const unseen = { unseen: 'not-in-input' };
  const exchange = (url, kind, fields, at) => ({ url, method: 'GET', kind, at, response: { seen: { status: 200, fields } }, connection: unseen });
  const field = (name, value) => ({ name, value });
  const cookies = Array.from({ length: 8 }, (_, n) => field('Set-Cookie', `sessionid_${n}=; Path=/p${n}; SameSite=None`));
  const html = field('Content-Type', 'text/html');
  const page = exchange('https://large-demo.org/', 'main-frame', [html, ...cookies], 1_790_000_000_000);
  const parts = Array.from({ length: requests - 1 }, (_, n) => exchange(`https://large-demo.org/part/${n}?of=${requests}`, 'image', [field('Content-Type', 'image/png')], 1_790_000_000_000 + n));
  return {
    schema: 'https-audit/evidence@1',
    recorder: { name: 'bench' },
    visits: [{ url: page.url, began_at: page.at, watched: { seen: null }, exchanges: [page, ...parts] }],
    jar: unseen,
  };
}

/**
 * A report as a file: `{file, findings, requests}`. An audit folds what it finds by the hundred into one finding, so those
 * that it made stand here several times, each as one of its own.
 */
function report(requests, findings) {
  const { stdout, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never'], JSON.stringify(evidence(requests)));
  if (!stdout) throw new Error(stderr);
  const made = JSON.parse(stdout);
  made.findings = Array.from({ length: findings }, (_, n) => ({ ...made.findings[n % made.findings.length], fingerprint: n.toString(16).padStart(16, '0') }));
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'https-audit-bench-')), `${requests}.json`);
  writeFileSync(file, JSON.stringify(made));
  return { file, findings: made.findings.length, requests: made.facts.requests.length };
}

/** Filters the findings of a report: the tasks of the page's main thread, ms, the longest first. */
async function filtered(browser, tab, { file, findings }) {
  return browser.onPage(`audit.html?tab=${tab.id}`, {}, async (page) => {
    await page.choose('[data-file]', file);
    await page.view((view) => view.findings.length === findings || view.actions.includes('show-file'));
    if ((await page.view()).actions.includes('show-file')) await page.click('[data-action="show-file"]');
    await page.view((view) => view.findings.length === findings);
    const search = '[data-filter="text"]';
    await page.evaluate((selector) => document.querySelector(selector).scrollIntoView(), search);
    await page.click(search);
    await page.page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'] });
    await page.type(WORDS);
    for (const box of BOXES) await page.click(`[data-filter="${box}"]`);
    await page.evaluate((selector) => { const field = document.querySelector(selector); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); }, search);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const { traceEvents } = JSON.parse(Buffer.from(await page.page.tracing.stop()).toString());
    const threads = new Set(traceEvents.filter((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain').map((event) => `${event.pid} ${event.tid}`));
    const tasks = traceEvents.filter((event) => event.name === 'RunTask' && event.dur && threads.has(`${event.pid} ${event.tid}`));
    if (tasks.length === 0) throw new Error('the trace holds no task');
    return tasks.map(({ dur }) => dur / 1000).sort((a, b) => b - a);
  });
}

/** `{large, small}`, each `{findings, requests, longest}`: of several rounds, in turn, the longest task of each, ms. */
export async function filters(rounds) {
  const demo = await startDemo();
  const browser = await openBrowser('chromium', { demo });
  try {
    const tab = await browser.newTab();
    const sides = { large: { ...report(5_000, 500), longest: [] }, small: { ...report(500, 50), longest: [] } };
    for (let round = 0; round < rounds; round += 1) {
      for (const side of Object.values(sides)) side.longest.push((await filtered(browser, tab, side))[0]);
    }
    return sides;
  } finally {
    await browser.close();
    await demo.stop();
  }
}
