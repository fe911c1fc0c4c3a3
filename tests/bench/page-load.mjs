// Loading a page of 200 sub-resources in two running Chromiums in turn, one with the extension and one without.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { launch, newHome } from '../e2e/lib/chromium-launch.mjs';
import { ROOT, startDemo } from '../e2e/lib/demo.mjs';
import { inPairs } from './lib/figures.mjs';
import { openTab } from './lib/load.mjs';
import { orderSite } from './lib/site.mjs';

/** Milliseconds of rest before each load: what the extension does after a load must not count for the next. */
const REST = 1_000;

/**
 * Milliseconds from the start of the navigation to the end of the load event: `[with, without]` of each pair.
 * @param {{pairs: number, warmUp: number, network: string, extension?: string}} how
 */
export async function pageLoad({ pairs, warmUp, network, extension = path.join(ROOT, 'dist/chromium') }) {
  const demo = await startDemo();
  const open = async (loaded) => {
    const home = newHome(demo);
    return { home, browser: await launch(home, { demo, extension: loaded }) };
  };
  const opened = [];
  try {
    const { url, parts, octets } = await orderSite(demo, network);
    const measure = [];
    for (const loaded of [extension, undefined]) {
      opened.push(await open(loaded));
      const tab = await openTab(opened.at(-1).browser);
      measure.push(async () => {
        const time = await tab.load(url, REST);
        const got = await tab.parts();
        if (got !== parts) throw new Error(`${got} of ${parts} sub-resources came`);
        await tab.leave();
        return time;
      });
    }
    return { measured: await inPairs(pairs, warmUp, measure[0], measure[1]), parts, octets };
  } finally {
    for (const { browser, home } of opened) {
      await browser.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
    await demo.stop();
  }
}
