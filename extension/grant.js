// Access to sites: whether there is some, and the browser's own question for it. For the pages that ask.

import { api, say } from './say.js';

export const EVERYWHERE = '<all_urls>';

/** @param {string} origin */
export const has = (origin) => api.permissions.contains({ origins: [origin] });

/**
 * Asks the browser, which asks the person. To be called while a click is handled, before anything is waited for: the
 * browsers take the question only then.
 * @param {string} origin
 * @param {() => Promise<boolean>} tell shows what there is access to now; whether it is what was asked for
 * @param {(words: string) => void} told what is said besides
 */
export function ask(origin, tell, told) {
  api.permissions.request({ origins: [origin] })
    .then(async (granted) => {
      if (!granted && !(await tell())) told(say('Not allowed. Nothing has changed.'));
    })
    .catch((error) => told(say('The browser could not ask: {}', error.message)));
}

/** Calls `changed` when access is given or taken, here or in the browser's own settings. @param {() => void} changed */
export function onAccess(changed) {
  api.permissions.onAdded.addListener(changed);
  api.permissions.onRemoved.addListener(changed);
}
