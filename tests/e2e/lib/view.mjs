// What a test reads from the extension's pages. The functions run inside the page, in either browser, so
// they use nothing from outside themselves.
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The view of popup or audit page, by the hooks that are public interface (data-verdict and the like). */
export function readView() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (element) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return {
    // A page that has only begun has no element yet, and then no body.
    ready: document.documentElement?.hasAttribute('data-ready') ?? false,
    site: document.querySelector('[data-site]') ? text(document.querySelector('[data-site]')) : null,
    statuses: Object.fromEntries(all('[data-verdict]').map((row) => [row.dataset.verdict, row.dataset.status])),
    findings: all('[data-finding]').map((finding) => finding.dataset.finding),
    unknown: all('[data-unknown]').map(text),
    probe: document.querySelector('[data-probe]')?.dataset.probe ?? null,
    // Folded content counts too.
    requirements: Object.fromEntries(all('[data-requirement]').map((item) => [item.dataset.requirement, item.dataset.status])),
    folds: Object.fromEntries(all('[data-fold]').map((fold) => [fold.dataset.fold, text(fold)])),
    cookies: Object.fromEntries(all('[data-cookie]').map((row) => [row.dataset.cookie, text(row)])),
    removal: text(document.querySelector('[data-removal]')),
    breaks: text(document.querySelector('[data-breaks]')),
    actions: all('[data-action]').map((button) => button.dataset.action),
    accepted: all('[data-accepted]').map((mark) => mark.closest('[data-finding]')?.dataset.finding),
    diff: text(document.querySelector('[data-compare] .diff')) || null,
    text: document.body?.innerText ?? '',
  };
}

/** What audit page and exported report say in words and numbers. */
export function readReport() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (element) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return {
    site: text(document.querySelector('[data-site]')),
    statuses: Object.fromEntries(all('[data-verdict]').map((card) => [card.dataset.verdict, card.dataset.status])),
    findings: all('[data-finding]').map((finding) => finding.dataset.finding),
    unknown: all('[data-unknown]').map(text),
    letter: text(document.querySelector('[data-letter]')),
    score: document.querySelector('[data-score]')?.dataset.score ?? null,
    cookies: all('[data-cookie]').map((row) => text(row)),
    requirements: Object.fromEntries(all('[data-requirement]').map((item) => [item.dataset.requirement, item.dataset.status])),
    requests: all('[data-request]').length,
  };
}

/** Marks what the popup says of the redirect check; the next view has another element in its place. */
export function markProbe() {
  document.querySelector('[data-probe]').setAttribute('data-before', '');
}

/** Whether the popup still says what was marked. */
export function isProbeAsBefore() {
  return document.querySelector('[data-probe][data-before]') !== null;
}

/** Badge text and title of a tab, from a page of the extension. */
export async function readBadge(id) {
  const api = globalThis.browser ?? globalThis.chrome;
  const [text, title] = await Promise.all([
    api.action.getBadgeText({ tabId: id }),
    api.action.getTitle({ tabId: id }),
  ]);
  return { text, title };
}

/** The id of the tab that shows this page of the extension. */
export async function readOwnTab() {
  const api = globalThis.browser ?? globalThis.chrome;
  return (await api.tabs.getCurrent()).id;
}

/** Every tab that the extension knows: `{id, url}`. */
export async function readTabs() {
  const api = globalThis.browser ?? globalThis.chrome;
  return (await api.tabs.query({})).map(({ id, url }) => ({ id, url }));
}

/** Runs axe-core, which must have been injected, on the page: `[{id, impact, nodes}]` of the violations. */
export async function readViolations() {
  const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((node) => `${node.html} ${node.failureSummary}`) }));
}

/** Marks the element that has the keyboard's focus: `{again, verdict, opens}`, null when nothing has it. */
export function readFocus() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const again = element.hasAttribute('data-reached');
  element.setAttribute('data-reached', '');
  return {
    again,
    verdict: element.closest('[data-verdict]')?.dataset.verdict ?? null,
    opens: element.tagName === 'SUMMARY' ? element.parentElement.open : null,
  };
}

/** What can be worked by mouse and was not reached by the Tab key since readFocus began to mark. */
export function readUnreached() {
  return [...document.querySelectorAll('a[href], button, summary, input, select, textarea')]
    .filter((element) => element.checkVisibility() && !element.disabled && !element.hasAttribute('data-reached'))
    // Of a group of radio buttons the Tab key reaches one, the arrow keys the others.
    .filter((element) => element.type !== 'radio' || !document.querySelector(`input[name="${CSS.escape(element.name)}"][data-reached]`))
    .map((element) => element.outerHTML.slice(0, 120));
}

/**
 * Walks through a page by the Tab key and opens the verdicts by Enter.
 * @param {(task: Function) => Promise<any>} evaluate runs a function in the page
 * @param {(key: 'Tab'|'Enter') => Promise<void>} press
 */
export async function walkByKeyboard(evaluate, press) {
  const verdicts = new Set();
  let toggled = false;
  for (let stops = 0; stops < 200; stops += 1) {
    await press('Tab');
    const focus = await evaluate(readFocus);
    if (focus === null || focus.again) break;
    if (focus.verdict) verdicts.add(focus.verdict);
    if (focus.opens !== null && !toggled) {
      await press('Enter');
      const { opens } = await evaluate(readFocus);
      await press('Enter');
      toggled = opens !== focus.opens && (await evaluate(readFocus)).opens === focus.opens;
    }
  }
  return { verdicts: [...verdicts], toggled, unreached: await evaluate(readUnreached) };
}

/** The address of a file with this HTML. */
export function htmlFile(html) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'https-audit-document-')), 'report.html');
  writeFileSync(file, html);
  return pathToFileURL(file).href;
}

/** Saves the evidence in an audit page: its file's text. */
export async function saveEvidence(page) {
  await page.evaluate(() => document.querySelector('[data-export="evidence"]').click());
  const { text } = await page.saved(() => page.click('[data-action="save-evidence"]'));
  return text;
}

/** The file that comes into an empty folder, once it is whole: `{name, text}`. */
export async function savedFile(folder) {
  const whole = (names) => names.length === 1 && !/\.(part|crdownload)$|^\./.test(names[0]);
  const names = await eventually(async () => readdirSync(folder), whole);
  if (!whole(names)) throw new Error(`no file was saved: ${names}`);
  return { name: names[0], text: readFileSync(path.join(folder, names[0]), 'utf8') };
}

/** Asks again and again until the answer is liked; the last answer when it never is. */
export async function eventually(ask, likes, milliseconds = 8_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (likes(answer) || Date.now() > end) return answer;
    await new Promise((done) => setTimeout(done, 150));
  }
}

/** The same, where an answer that is never as wanted ends the test: what it was is in the message. */
export async function certainly(ask, likes, milliseconds) {
  const answer = await eventually(ask, likes, milliseconds);
  if (!likes(answer)) throw new Error(`never as wanted (${likes}): ${JSON.stringify(answer).slice(0, 3_000)}`);
  return answer;
}
