// The page that asks for access: a popup would close on the browser's own question.
//
// The popup (crate/web/src/popup.rs) says in the address what to ask for: the tab, the site's name and its match
// pattern. Here the browser is asked and its answer told.

const api = globalThis.browser ?? globalThis.chrome;
const asked = new URLSearchParams(location.search);
const tab = Number(asked.get('tab'));
const pattern = asked.get('pattern');
const EVERYWHERE = '<all_urls>';

/** @param {string} selector @returns {HTMLElement[]} */
const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element instanceof HTMLElement);

/** @param {string} words */
const say = (words) => all('[data-said]').forEach((element) => { element.textContent = words; });

/** Tells what there is access to, however it was given: here or in the browser's own settings. */
async function tell() {
  const has = (/** @type {string} */ origin) => api.permissions.contains({ origins: [origin] });
  const everywhere = await has(EVERYWHERE);
  const allowed = everywhere || (pattern !== null && (await has(pattern)));
  if (allowed) say(`Allowed on ${everywhere ? 'all sites' : asked.get('site')}. What was loaded before was not seen: reload the page.`);
  for (const element of all('[data-for="reload"]')) element.hidden = !allowed || !asked.has('tab');
  return allowed;
}

/** @param {string} origin */
function ask(origin) {
  // Before anything is waited for: the browsers take the question only while the click is handled.
  api.permissions.request({ origins: [origin] })
    .then(async (granted) => {
      if (!granted && !(await tell())) say('Not allowed. Nothing has changed.');
    })
    .catch((error) => say(`The browser could not ask: ${error.message}`));
}

async function back() {
  try {
    await api.tabs.reload(tab);
    await api.tabs.update(tab, { active: true });
    const own = await api.tabs.getCurrent();
    if (own?.id !== undefined) await api.tabs.remove(own.id);
  } catch {
    say('That tab is closed.');
  }
}

for (const element of all('[data-site]')) element.textContent = asked.get('site');
for (const element of all('[data-for="site"]')) element.hidden = pattern === null;
for (const [action, act] of /** @type {[string, () => void][]} */ ([
  ['allow-site', () => ask(pattern ?? EVERYWHERE)],
  ['allow-all', () => ask(EVERYWHERE)],
  ['reload', back],
])) all(`[data-action="${action}"]`).forEach((button) => button.addEventListener('click', act));
api.permissions.onAdded.addListener(tell);
api.permissions.onRemoved.addListener(() => { say(''); tell(); });
tell().finally(() => { document.documentElement.dataset.ready = ''; });
