// The page that opens once, when the extension was installed (menu.js).

import { EVERYWHERE, ask, has, onAccess } from './grant.js';
import { BROWSER, showKeys } from './keys.js';
import { all, api, say, speak } from './say.js';

/** @param {string} words */
const told = (words) => all('[data-said]').forEach((element) => { element.textContent = words; });

async function tell() {
  const everywhere = await has(EVERYWHERE);
  const some = everywhere ? [] : (await api.permissions.getAll()).origins ?? [];
  const words = everywhere ? say('Allowed on all sites.') : say('Not allowed on all sites yet.');
  for (const element of all('[data-access]')) {
    element.textContent = some.length > 0 ? say('Allowed on: {}', some.join(', ')) : words;
  }
  for (const element of all('[data-for="no-access"]')) element.hidden = everywhere;
  if (everywhere) told('');
  return everywhere;
}

/** Chromium before 144 knows nothing of certificates; whether the flag is set shows only as a page loads. */
function showCertificate() {
  /** @type {string[]} */
  const options = Object.values(api.webRequest?.OnHeadersReceivedOptions ?? {});
  const offered = options.includes('securityInfo');
  if (BROWSER !== 'chromium' || offered) return;
  for (const element of all('[data-certificate]')) {
    element.dataset.sees = 'no';
    element.textContent = say('no');
  }
}

all('[data-action="allow-all"]').forEach((button) => button.addEventListener('click', () => ask(EVERYWHERE, tell, told)));
onAccess(tell);
speak()
  .then(() => Promise.all([tell(), showKeys()]))
  .then(showCertificate)
  .finally(() => { document.documentElement.dataset.ready = ''; });
