// The page that asks for access: a popup would close on the browser's own question.
//
// The popup (crate/web/src/popup.rs) says in the address what to ask for: the tab, the site's name and its match
// pattern. Here the browser is asked and its answer told.

import { EVERYWHERE, ask, has, onAccess } from './grant.js';
import { all, api, say, speak } from './say.js';

const asked = new URLSearchParams(location.search);
const tab = Number(asked.get('tab'));
const pattern = asked.get('pattern');

/** @param {string} words */
const told = (words) => all('[data-said]').forEach((element) => { element.textContent = words; });

/** Tells what there is access to, however it was given: here or in the browser's own settings. */
async function tell() {
  const everywhere = await has(EVERYWHERE);
  const allowed = everywhere || (pattern !== null && (await has(pattern)));
  if (everywhere) told(say('Allowed on all sites. What was loaded before was not seen: reload the page.'));
  else told(allowed ? say('Allowed on {}. What was loaded before was not seen: reload the page.', asked.get('site')) : '');
  for (const element of all('[data-for="reload"]')) element.hidden = !allowed || !asked.has('tab');
  return allowed;
}

async function back() {
  try {
    await api.tabs.reload(tab);
    await api.tabs.update(tab, { active: true });
    const own = await api.tabs.getCurrent();
    if (own?.id !== undefined) await api.tabs.remove(own.id);
  } catch {
    told(say('That tab is closed.'));
  }
}

for (const element of all('[data-site]')) element.textContent = asked.get('site');
for (const element of all('[data-for="site"]')) element.hidden = pattern === null;
for (const [action, act] of /** @type {[string, () => void][]} */ ([
  ['allow-site', () => ask(pattern ?? EVERYWHERE, tell, told)],
  ['allow-all', () => ask(EVERYWHERE, tell, told)],
  ['reload', back],
])) all(`[data-action="${action}"]`).forEach((button) => button.addEventListener('click', act));
onAccess(tell);
speak().then(tell).finally(() => { document.documentElement.dataset.ready = ''; });
