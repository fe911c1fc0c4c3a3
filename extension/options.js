// The options: kept at once, in `storage.local` under one key. What an organisation set (`storage.managed`) counts first
// and can not be changed here. crate/web/src/options.rs reads both likewise.

import { showKeys } from './keys.js';
import { all, api, say, speak } from './say.js';

const KEY = 'options';
/** The names, with what each may be; the first is taken where nothing else is known. @type {Record<string, string[]>} */
const CHOICES = {
  badge: ['number', 'symbol', 'none'],
  software: ['auto', 'django', 'nginx', 'apache', 'caddy', 'express', 'rails', 'aspnet', 'php', 'iis', 'header'],
  profile: ['default', 'browsers', 'owasp', 'mozilla', 'hstspreload'],
};

/** @param {string} words */
const told = (words) => all('[data-said]').forEach((element) => { element.textContent = words; });

/** Those that are known of what was read. @param {any} read @returns {Record<string, string>} */
const valid = (read) =>
  Object.fromEntries(Object.entries(CHOICES).flatMap(([name, words]) => (words.includes(read?.[name]) ? [[name, read[name]]] : [])));

async function stored() {
  const { [KEY]: text } = await api.storage.local.get(KEY);
  try {
    return valid(JSON.parse(/** @type {string} */ (text ?? '{}')));
  } catch {
    return {};
  }
}

/** What the organisation set; Firefox rejects where there is no such file. */
async function managed() {
  try {
    return valid(await api.storage.managed.get(Object.keys(CHOICES)));
  } catch {
    return {};
  }
}

/** @returns {(HTMLInputElement | HTMLSelectElement)[]} */
const fields = (/** @type {string} */ name) =>
  /** @type {any[]} */ (all(`[data-option="${name}"] :is(input, select)`));

async function show() {
  const [own, set] = await Promise.all([stored(), managed()]);
  for (const [name, words] of Object.entries(CHOICES)) {
    const value = set[name] ?? own[name] ?? words[0];
    const locked = name in set;
    for (const field of fields(name)) {
      if (field instanceof HTMLInputElement) field.checked = field.value === value;
      else field.value = value;
      field.disabled = locked;
    }
    for (const note of all(`[data-option="${name}"] [data-locked]`)) note.hidden = !locked;
  }
}

/** @param {Event} event */
async function keep({ target }) {
  const { name, value } = /** @type {HTMLInputElement} */ (target);
  told('');
  try {
    const chosen = { ...(await stored()), [name]: value };
    await api.storage.local.set({ [KEY]: JSON.stringify(chosen) });
    told(say('Saved.'));
  } catch (error) {
    told(say('Not saved, the browser refused: {}', error instanceof Error ? error.message : error));
    // What is shown is what is kept.
    await show();
  }
}

for (const field of Object.keys(CHOICES).flatMap(fields)) field.addEventListener('change', keep);
// Another window, or the organisation.
api.storage.onChanged.addListener(() => { show(); });
speak()
  .then(() => Promise.all([show(), showKeys()]))
  .catch((error) => told(say('The options could not be read: {}', error.message)))
  .finally(() => { document.documentElement.dataset.ready = ''; });
