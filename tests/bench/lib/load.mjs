// Loads a page in a tab and takes its time, as the page itself tells it.

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** How long a load may take before the bench gives up. */
const PATIENCE = 60_000;

/** A tab for loads in a running Chromium: puppeteer's own pages are not used, as they watch the network at a cost. */
export async function openTab(browser) {
  const root = await browser.target().createCDPSession();
  const before = new Set(browser.targets());
  await root.send('Target.createTarget', { url: 'about:blank' });
  const target = await browser.waitForTarget((candidate) => candidate.type() === 'page' && !before.has(candidate));
  const session = await target.createCDPSession();
  const evaluate = async (expression) => (await session.send('Runtime.evaluate', { expression, returnByValue: true })).result.value;
  return {
    /** Milliseconds from the start of the navigation to the end of its load event, after so many of rest. */
    async load(url, rest) {
      await pause(rest);
      await session.send('Page.bringToFront');
      await session.send('Page.navigate', { url });
      for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
        // Asked seldom, since each question is work for the page too.
        await pause(250);
        const time = await evaluate(
          `location.href === ${JSON.stringify(url)} && (([entry]) => entry?.loadEventEnd > 0 && entry.loadEventEnd - entry.startTime)(performance.getEntriesByType('navigation'))`,
        );
        if (time) return time;
      }
      throw new Error(`${url} did not load`);
    },
    /** How many sub-resources the page that is shown really got. */
    parts: () => evaluate(`performance.getEntriesByType('resource').filter((entry) => entry.responseEnd > 0 && !entry.name.endsWith('favicon.ico')).length`),
    async leave() {
      await session.send('Page.navigate', { url: 'about:blank' });
    },
  };
}
