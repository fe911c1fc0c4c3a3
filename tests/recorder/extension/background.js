// Records every event that the product's listeners get, for tests/traces/.
import { api, listen } from './listeners.js';

const trace = [];

/** Octets of a binary value as base64, so that a line of JSON holds it. */
const base64 = (octets) => btoa(String.fromCharCode(...new Uint8Array(octets)));

/** Cookie values become as many `x`: a trace holds no secret, and lengths stay true. */
const masked = (line) => line.replace(/^([^=;]*=)([^;]*)/u, (_, name, value) => name + 'x'.repeat(value.length));

function plain(key, value) {
  if (key === 'rawDER') return base64(value);
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return base64(value);
  return value;
}

listen((event, details) => {
  const copy = JSON.parse(JSON.stringify({ event, details }, plain));
  for (const header of copy.details.responseHeaders ?? []) {
    if (header.name.toLowerCase() === 'set-cookie') header.value = header.value.split('\n').map(masked).join('\n');
  }
  if (copy.details.cookie) copy.details.cookie.value = 'x'.repeat(copy.details.cookie.value.length);
  trace.push(copy);
});

api.runtime.onMessage.addListener((message, sender, answer) => {
  if (message === 'take') answer(trace.splice(0));
});
