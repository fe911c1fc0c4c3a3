// From the click on the toolbar button to the painted popup, in two running Chromiums in turn: one with HTTPS Audit,
// one with an extension whose popup is a static page (empty/).
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, newHome } from '../e2e/lib/chromium-launch.mjs';
import { ROOT, startDemo } from '../e2e/lib/demo.mjs';
import { eventually } from '../e2e/lib/view.mjs';
import { inPairs } from './lib/figures.mjs';
import { orderSite } from './lib/site.mjs';

const OURS = path.join(ROOT, 'dist/chromium');
const EMPTY = fileURLToPath(new URL('./empty', import.meta.url));
/** Milliseconds of rest before each click. */
const REST = 500;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** In the popup: when its first paint with any content was, milliseconds since the epoch; null before it. */
function painted() {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return paint ? performance.timeOrigin + paint.startTime : null;
}

/** In the popup: what it shows. */
const shown = () => ({ text: document.body.innerText, verdicts: document.querySelectorAll('[data-verdict][data-status]').length });

/** A running Chromium with an extension and the page of the other benchmark in front; `click` measures. */
async function open(demo, extension, url) {
  const home = newHome(demo);
  const browser = await launch(home, { demo, extension });
  const [[, installed]] = await eventually(() => browser.extensions().then((all) => [...all]), (all) => all.length > 0);
  const page = await browser.newPage();
  await page.goto(url);
  const click = async () => {
    await page.bringToFront();
    await pause(REST);
    const clicked = performance.timeOrigin + performance.now();
    await installed.triggerAction(page);
    const target = await browser.waitForTarget((candidate) => candidate.url().endsWith('/popup.html'), { timeout: 10_000 });
    const popup = await target.asPage();
    const at = await eventually(() => popup.evaluate(painted), (time) => time !== null, 10_000);
    const view = await popup.evaluate(shown);
    await popup.close();
    return { time: at - clicked, view };
  };
  return { home, browser, click };
}

/** Milliseconds from the click to the first paint with content: `[HTTPS Audit, empty]` of each pair. */
export async function popups({ pairs, warmUp }) {
  // The first paint is the view only as long as nothing is painted before it.
  const [, body] = /<body[^>]*>([\s\S]*)<\/body>/.exec(readFileSync(path.join(OURS, 'popup.html'), 'utf8'));
  if (body.trim()) throw new Error('the popup paints something before its view');
  const demo = await startDemo();
  const opened = [];
  try {
    const { url } = await orderSite(demo, '');
    const measure = async (index, check) => {
      const { time, view } = await opened[index].click();
      if (!check(view)) throw new Error(`not the popup that was to be measured: ${view.text}`);
      return time;
    };
    opened.push(await open(demo, OURS, url), await open(demo, EMPTY, url));
    const ours = () => measure(0, ({ verdicts }) => verdicts === 3);
    const empty = () => measure(1, ({ text }) => text.includes('Nothing.'));
    return { measured: await inPairs(pairs, warmUp, ours, empty) };
  } finally {
    for (const { browser, home } of opened) {
      await browser.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
    await demo.stop();
  }
}
