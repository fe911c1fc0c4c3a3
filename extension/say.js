// The words of the extension's own pages, in the language of the browser. The English ones stand in the pages, the others
// in data/words.txt, which `xtask words` keeps whole; the popup reads the same file (https_audit_core::view::Language).

export const api = globalThis.browser ?? globalThis.chrome;

/** @type {Map<string, string>} */
const words = new Map();

/**
 * Words, with a value in each `{}`; English where there is no translation.
 * @param {string} english
 * @param {...unknown} values
 */
export const say = (english, ...values) =>
  (words.get(english) ?? english).split('{}').map((part, n) => (n ? String(values[n - 1] ?? '') : '') + part).join('');

/**
 * The elements of a selector.
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export const all = (selector, root = document) =>
  [...root.querySelectorAll(selector)].filter((element) => element instanceof HTMLElement);

/** Puts the page into the browser's language, if the catalogue has it. An English one is ready as it stands. */
export async function speak() {
  const tag = api.i18n.getUILanguage().split(/[-_]/)[0].toLowerCase();
  if (tag === 'en') return;
  try {
    read(await (await fetch(api.runtime.getURL('data/words.txt'))).text(), tag);
  } catch (error) {
    console.error('https-audit: the words could not be read:', error);
  }
  if (words.size === 0) return;
  document.documentElement.lang = tag;
  for (const element of all('[data-say]')) translate(element);
  for (const element of all('*')) {
    for (const { name } of [...element.attributes]) {
      const of = name.startsWith('data-say-') ? name.slice('data-say-'.length) : null;
      if (of !== null) element.setAttribute(of, say(element.getAttribute(of) ?? ''));
    }
  }
}

/** @param {string} catalogue @param {string} tag */
function read(catalogue, tag) {
  for (const record of catalogue.split('\n\n')) {
    const [english, ...lines] = record.split('\n').filter((line) => line !== '');
    const translated = lines.find((line) => line.startsWith(`${tag} `))?.slice(tag.length + 1);
    if (translated) words.set(english, translated);
  }
}

/** Elements inside stay, each in the place of its `{}`. @param {HTMLElement} element */
function translate(element) {
  const inside = [...element.children];
  const english = [...element.childNodes].map((node) => (node instanceof Element ? '{}' : node.textContent ?? '')).join('');
  const translated = words.get(english.replace(/\s+/g, ' ').trim());
  if (translated === undefined) return;
  const parts = translated.split('{}');
  element.replaceChildren(...parts.flatMap((part, n) => (n > 0 && inside[n - 1] ? [inside[n - 1], part] : [part])));
}
