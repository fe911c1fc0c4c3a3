// Starts the popup. What it shows and does is Rust (crate/web/src/popup.rs).
import init, { popup } from './wasm/popup.js';

// A popup that is closed while it starts has nothing to tell.
let closing = false;
for (const event of ['beforeunload', 'pagehide']) addEventListener(event, () => { closing = true; });

init()
  .then(() => popup())
  .catch((error) => {
    if (closing) return;
    console.error('https-audit: the popup could not start:', error);
    const words = document.createElement('p');
    words.setAttribute('role', 'alert');
    words.textContent = `HTTPS Audit could not start: ${error?.message ?? error}. Open this popup again, or reload the extension.`;
    document.body.replaceChildren(words);
    document.documentElement.dataset.ready = '';
  });
