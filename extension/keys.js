// What depends on the browser that a page is shown in: its keyboard shortcuts as they are set now, and words that are
// true of one browser only.

import { all, api, say } from './say.js';

/** The browser's name in `data-for`. */
export const BROWSER = api.runtime.getURL('').startsWith('moz-extension:') ? 'firefox' : 'chromium';

/** Fills in the keys, and shows what is for this browser. */
export async function showKeys() {
  for (const element of all(`[data-for="${BROWSER}"]`)) element.hidden = false;
  const commands = await api.commands.getAll();
  for (const element of all('[data-command]')) {
    const command = commands.find(({ name }) => name === element.dataset.command);
    element.textContent = command?.shortcut || say('no key');
  }
}
