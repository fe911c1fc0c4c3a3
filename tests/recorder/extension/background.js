// Records every event that the product's listeners get, for tests/traces/. Each is written down at once, under a
// name that sorts by time: this worker is ended in some situations, and its storage lives as long as the product's.
import { api, listen } from './listeners.js';

const started = Date.now();
let told = 0;

/** Octets of a binary value as base64, so that a line of JSON holds it. */
const base64 = (octets) => btoa(String.fromCharCode(...new Uint8Array(octets)));

/** Cookie values become as many `x`: a trace holds no secret, and lengths stay true. */
const masked = (line) => line.replace(/^([^=;]*=)([^;]*)/u, (_, name, value) => name + 'x'.repeat(value.length));

const plain = (key, value) => (key === 'rawDER' || value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? base64(value) : value);

listen(async (event, details) => {
  const name = `event ${started} ${String((told += 1)).padStart(7, '0')}`;
  const copy = JSON.parse(JSON.stringify({ event, details }, plain));
  for (const header of copy.details.responseHeaders ?? []) {
    if (header.name.toLowerCase() === 'set-cookie') header.value = header.value.split('\n').map(masked).join('\n');
  }
  if (copy.details.cookie) copy.details.cookie.value = 'x'.repeat(copy.details.cookie.value.length);
  // As the product's background does: no browser tells it with the event.
  if (event === 'committed' && details.frameId === 0 && /^https?:/.test(details.url)) {
    copy.details.access = await api.permissions.contains({ origins: [`${new URL(details.url).origin.replace(/:\d+$/, '')}/*`] });
  }
  await api.storage.session.set({ [name]: copy });
});
