// Pages that do not come from the server, or not now.
import { WEAK_COOKIE, html, orderSite } from './site.mjs';
import { HIDDEN, WEAK, unseen } from './words.mjs';

const QUIRKS = 'quirks-demo.org';

/** A page is stored, what was seen of it is forgotten, then it is shown again. */
async function shownAgain({ browser, demo, forget }, page, asksAgain) {
  const tab = await browser.newTab();
  await browser.visit(tab, `https://${QUIRKS}${page}`);
  await browser.visit(tab, 'about:blank');
  await forget();
  await demo.forgetRequests();
  await browser.visit(tab, `https://${QUIRKS}${page}`);
  const asked = (await demo.requests()).filter(({ target }) => target === page);
  const conditional = asked.map(({ fields }) => fields.some(([field]) => field === 'if-none-match'));
  if (conditional.join() !== (asksAgain ? 'true' : '')) throw new Error(`the cache was not used as it should be: ${conditional}`);
  return tab;
}

/**
 * Chromium strips Strict-Transport-Security from what it stores. Firefox keeps it, so the policy is known; but not
 * what the server sends now, which preloading is about. Neither keeps Set-Cookie.
 */
const CACHED = { site: QUIRKS, https: `pass: ${HIDDEN}, not-probed`, hsts_preload: 'unknown: from-cache, not-probed', cookies: 'unknown: from-cache' };

export const caches = [
  {
    id: 'cached',
    title: 'Page from the cache',
    why: 'a field that the browser did not keep is not a field that the server did not send',
    act: (stage) => shownAgain(stage, '/fresh', false),
    expected: { both: CACHED },
  },
  {
    id: 'revalidated',
    title: 'Page from the cache after a 304',
    why: 'the same: what the extension sees is the stored answer',
    act: (stage) => shownAgain(stage, '/revalidated', true),
    expected: { both: CACHED },
  },
  {
    id: 'service-worker',
    title: "Page served by the site's own service worker",
    why: 'no server answered, so nothing is known of one',
    async act({ browser, demo, host, forget }) {
      await orderSite(demo, host);
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${QUIRKS}/worker`);
      await browser.inTab(tab, () => new Promise((done) => {
        const look = () => (document.documentElement.dataset.worker === 'active' ? done() : setTimeout(look, 20));
        look();
      }));
      await forget();
      // That a page has no request says something only where requests are told.
      await browser.visit(tab, `https://${host}/`);
      await browser.visit(tab, `https://${QUIRKS}/scope/`);
      const title = await browser.inTab(tab, () => document.title);
      if (title !== 'from the service worker') throw new Error(`not from the service worker: ${title}`);
      return tab;
    },
    expected: { both: { site: QUIRKS, ...unseen('service-worker') } },
  },
  {
    id: 'back-forward-cache',
    title: 'Back to a page that the browser kept',
    why: 'no request is made; what was seen of that page when it came counts, and not the page that was left',
    act: (stage) => backTo(stage, async () => {}),
    expected: { both: WEAK },
  },
  {
    id: 'back-to-forgotten',
    title: 'Back to a page that the browser kept and nobody saw',
    why: 'no request is made, and what was seen when it came is gone; the stored cookie is still known',
    act: (stage) => backTo(stage, stage.forget),
    expected: { both: { ...unseen('back-forward-cache'), cookies: 'fail: back-forward-cache', findings: ['cookie.secure.missing'] } },
  },
  {
    id: 'prerendered',
    title: 'Page that was prerendered',
    why: 'it was loaded while another page was shown; what was seen of it then counts once it is shown',
    async act({ browser, demo, host }) {
      const rules = '<script type="speculationrules">{"prerender": [{"urls": ["/next"]}]}</script><a href="/next">next</a>';
      await orderSite(demo, host, { pages: { '/': { body: html(rules) }, '/next': { cookies: [WEAK_COOKIE], body: html('next') } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      await demo.requested((request) => request.target === '/next');
      await browser.follow(tab, 'a', `https://${host}/next`);
      const start = await browser.inTab(tab, () => performance.getEntriesByType('navigation')[0].activationStart);
      if (!(start > 0)) throw new Error('the page was not prerendered');
      return tab;
    },
    expected: { chromium: WEAK, firefox: { cannot: 'Firefox 153 does not prerender pages (no speculation rules)' } },
  },
];

async function backTo({ browser, demo, host }, between) {
  const other = host.replace('-demo', '-other-demo');
  await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
  await orderSite(demo, other);
  const tab = await browser.newTab();
  await browser.visit(tab, `http://${host}/`);
  await browser.inTab(tab, () => addEventListener('pageshow', ({ persisted }) => { document.title = persisted ? 'kept' : 'loaded'; }));
  await browser.visit(tab, `http://${other}/`);
  await between();
  await browser.back(tab);
  const title = await browser.inTab(tab, () => document.title);
  if (title !== 'kept') throw new Error(`the page was not kept: ${title}`);
  return tab;
}
