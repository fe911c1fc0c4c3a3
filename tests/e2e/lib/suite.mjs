// The set-up that the suites share.
import { after, before } from 'node:test';
import { openBrowser } from './browser.mjs';
import { startDemo } from './demo.mjs';

/**
 * Opens a browser that reaches a demo site of its own before the tests of the suite in which it is called, and
 * closes both after them.
 * @param {'chromium' | 'firefox'} name
 * @param {(opened: {demo: import('./demo.mjs').Demo, browser: any}) => void} give called with both before the first test
 * @param {object} [options] further options of openBrowser
 */
export function withBrowser(name, give, options = {}) {
  let demo;
  let browser;
  before(async () => {
    demo = await startDemo();
    browser = await openBrowser(name, { demo, ...options });
    give({ demo, browser });
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });
}
