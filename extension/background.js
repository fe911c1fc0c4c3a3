// The background of the extension, a service worker in Chromium and an event page in Firefox.
//
// It registers every listener at once, keeps the events until the module is up, and hands
// them over in the order in which they happened. All the rest is Rust (crate/web/src/background.rs).
import init, { Background } from './wasm/background.js';
import { inOrder, listen } from './listeners.js';
import { offer } from './menu.js';

/** @type {import('./listeners.js').Early[] | undefined} */
let early = [];
/** @type {Background | undefined} */
let background;

listen((event, details) => {
  if (background) background.deliver({ event, details });
  else early?.push({ event, details, came: Date.now() });
});

offer();

init()
  .then(() => Background.start())
  .then((started) => {
    background = started;
    for (const event of inOrder(early ?? [])) background.deliver(event);
    early = undefined;
  })
  .catch((error) => {
    // Without the module nothing can be recorded; the popup says so.
    early = undefined;
    console.error('https-audit: the background could not start:', error);
  });
