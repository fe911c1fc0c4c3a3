// Firefox gives a panel of its developer tools storage and messages, and little else. What the audit page needs besides,
// the background does for it: exactly these calls, for pages of this extension alone (listeners.js sees to that).

/** @type {[string, string][]} */
const CALLS = [
  ['cookies', 'getAll'],
  ['permissions', 'contains'],
  ['scripting', 'executeScript'],
  ['tabs', 'create'],
  ['tabs', 'get'],
  ['tabs', 'query'],
  ['tabs', 'reload'],
];

/** What a panel hears of by storage, which the background writes then. */
const EVENTS = [['cookies', 'onChanged'], ['permissions', 'onAdded'], ['permissions', 'onRemoved']];

/**
 * In the background: does what a panel asks for, and promises the answer.
 * @param {any} api
 * @param {{call: string, args: unknown[]}} message
 */
export function answer(api, { call, args }) {
  const known = CALLS.find(([space, name]) => `${space}.${name}` === call);
  if (!known) return Promise.reject(new Error(`no such call: ${call}`));
  const [space, name] = known;
  const done = api[space][name](...args);
  return call === 'cookies.getAll' ? done.then((/** @type {any[]} */ cookies) => cookies.map(masked)) : done;
}

/** A cookie whose value goes no further: of it only the length in octets is read. @param {any} cookie */
function masked(cookie) {
  return { ...cookie, value: '*'.repeat(new TextEncoder().encode(cookie.value).length) };
}

/**
 * In a page: gives it the interfaces that it lacks.
 * @param {any} api
 */
export function fill(api) {
  /** @param {string} space @param {string} name @param {unknown} value */
  const put = (space, name, value) => {
    api[space] ??= {};
    api[space][name] ??= value;
  };
  for (const [space, name] of CALLS) {
    put(space, name, (/** @type {unknown[]} */ ...args) => api.runtime.sendMessage({ call: `${space}.${name}`, args }));
  }
  for (const [space, name] of EVENTS) put(space, name, { addListener() {} });
}
