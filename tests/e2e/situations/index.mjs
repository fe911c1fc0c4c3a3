// Every situation that a browser can produce and that a verdict must survive, one table for the end-to-end test, the
// recorded traces and docs/what-we-see.md.
//
// What is expected follows from the meaning of the words, not from what the product happens to say: `fail` with an
// error in the area, else `warn` with a warning, else `unknown` where a deciding fact was not observed, else `pass`.
// `'unknown: from-cache'` is a status and every reason that is given for something that was not observed.
import { caches } from './caches.mjs';
import { lifetime } from './lifetime.mjs';
import { special } from './special.mjs';
import { tabs } from './tabs.mjs';
import { transport } from './transport.mjs';

/**
 * @typedef {object} Situation
 * @property {string} id its host is `ID-demo.org`
 * @property {string} title
 * @property {string} why the reason for what is expected
 * @property {(stage: Stage) => Promise<{id: number}>} act brings it about; gives the tab that the verdicts are about
 * @property {string} [setup] the settings of a browser of its own (SETUPS)
 * @property {Record<'chromium'|'firefox'|'both', Expected>} expected
 * @property {boolean} [read] its trace holds what the popup reads in the page
 * @property {(stage: Stage) => Promise<void>} [check] what must hold besides
 * @property {(stage: Stage) => Promise<void>} [undo] puts the browser back
 *
 * @typedef {object} Stage
 * @property {any} browser
 * @property {import('../lib/demo.mjs').Demo} demo
 * @property {string} host
 * @property {() => Promise<void>} forget makes the extension forget all that it saw
 * @property {number} tabs how many tabs are many
 *
 * @typedef {{site: string | RegExp, https: string, hsts_preload: string, cookies: string, findings?: string[], or?: Expected} | {cannot: string}} Expected
 *   or: what else may be said, where the browser leaves it to chance
 */

/** Settings of the browsers that some situations need; every other situation shares one browser. */
export const SETUPS = {
  plain: {},
  'https-first': { chromium: { enable: ['HttpsUpgrades'] }, firefox: { preferences: { 'dom.security.https_first': true } } },
  'connection-shown': { chromium: { enable: ['WebRequestSecurityInfo'] } },
  restart: { firefox: { stays: true } },
  bulk: {},
};

/** By theme, as docs/what-we-see.md tells them. @type {Record<string, Situation[]>} */
export const THEMES = {
  'How a page is reached': transport,
  'Pages that do not come from the server now': caches,
  'Where the extension comes and goes': lifetime,
  'Tabs, windows, and what belongs to which': tabs,
  'No ordinary page, no ordinary name': special,
};

export const SITUATIONS = Object.values(THEMES).flat();

/** What is expected of a situation in a browser. */
export function expectedIn(situation, browser) {
  const expected = situation.expected[browser] ?? situation.expected.both;
  return expected.cannot ? expected : { site: hostOf(situation), ...expected };
}

/** The same and what may be said instead, one by one. */
export function alternatives(situation, browser) {
  const { or, ...expected } = expectedIn(situation, browser);
  return or ? [expected, { ...expected, ...or }] : [expected];
}

/** The host that a situation happens on. */
export const hostOf = ({ id }) => `${id}-demo.org`;
