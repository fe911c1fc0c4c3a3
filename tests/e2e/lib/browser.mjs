// Either browser by its name.
import { openChromium } from './chromium.mjs';
import { openFirefox } from './firefox.mjs';

/** The browsers that every test runs in. */
export const BROWSERS = ['chromium', 'firefox'];

/** Opens a browser; options as in chromium.mjs and firefox.mjs. */
export async function openBrowser(name, options) {
  if (name === 'chromium') return openChromium(options);
  if (name === 'firefox') return openFirefox(options);
  throw new Error(`no such browser: ${name} (chromium or firefox)`);
}
