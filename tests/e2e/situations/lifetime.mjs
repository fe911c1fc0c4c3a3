// Where the extension itself comes and goes.
import { WEAK_COOKIE, html, orderSite } from './site.mjs';
import { HIDDEN, WEAK, unseen } from './words.mjs';

/** A page with a weak cookie whose body waits, but for its first so many octets, for the key that is its host. */
const held = async ({ demo, host }, early = 0) => orderSite(demo, host, { pages: { '/': { cookies: [WEAK_COOKIE], body: html('whole'), held: host, early } } });

/** Waits until a tab's page is whole. */
async function whole({ browser }, tab) {
  await browser.inTab(tab, () => new Promise((done) => {
    const look = () => (document.body?.textContent.includes('whole') ? done() : setTimeout(look, 20));
    look();
  }));
}

export const lifetime = [
  {
    id: 'before-install',
    title: 'Page loaded before the extension was installed',
    why: 'nobody watched it come; only its stored cookie is known, and that one is weak',
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      await browser.reloadExtension();
      return tab;
    },
    expected: { both: { ...unseen('loaded-before-install'), cookies: 'fail: loaded-before-install', findings: ['cookie.secure.missing'] } },
  },
  {
    id: 'while-off',
    title: 'Page loaded while the extension was off',
    why: 'the tab was watched before and shows another page now: nothing said of the one before holds',
    async act({ browser, demo, host }) {
      const other = 'while-off-other-demo.org';
      await orderSite(demo, host);
      await orderSite(demo, other, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${other}/`);
      await browser.setEnabled(false);
      await browser.visit(tab, `http://${host}/`);
      await browser.setEnabled(true);
      return tab;
    },
    expected: { both: unseen('loaded-before-install') },
  },
  {
    id: 'session-restored',
    title: 'Tab of the last session, restored as the browser starts',
    why: 'Chromium loads it while the extension starts, which sees it come up at most; Firefox waits for the blocking listener, and takes the page from its cache',
    setup: 'restart',
    async act({ browser, demo, host }) {
      await orderSite(demo, host);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      await browser.restart();
      return browser.adopt(`https://${host}/`);
    },
    expected: {
      chromium: unseen('loaded-before-install'),
      firefox: { https: `pass: ${HIDDEN}, not-probed`, hsts_preload: 'unknown: from-cache, not-probed', cookies: 'unknown: from-cache' },
    },
  },
  {
    id: 'killed-before-request',
    title: 'Background ended before the request',
    why: 'the next event starts it again and none is lost',
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.killWorker();
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { both: WEAK },
  },
  {
    id: 'killed-between-hops',
    title: 'Background ended between two redirects',
    why: 'the first redirect was written down before, the answer comes after',
    async act({ browser, demo, host }) {
      const away = { status: 301, headers: [`Location: https://${host}/hold?key=${host}`], body: '' };
      await orderSite(demo, host, { overHttp: { '*': away }, pages: { '*': { cookies: [WEAK_COOKIE], body: html('whole') } } });
      const tab = await browser.newTab();
      await browser.go(tab, `http://${host}/`);
      await demo.requested((request) => request.host === host && request.scheme === 'https');
      await browser.killWorker();
      await demo.release(host);
      await browser.arrived(tab, `https://${host}/hold?key=${host}`);
      return tab;
    },
    expected: { both: WEAK },
  },
  {
    id: 'killed-after-head',
    title: 'Background ended between a response head and its body',
    why: 'the head was written down before the end',
    async act(stage) {
      const { browser, demo, host } = stage;
      await held(stage);
      const tab = await browser.newTab();
      await browser.go(tab, `http://${host}/`);
      await demo.requested((request) => request.host === host && request.scheme === 'https');
      await browser.killWorker();
      await demo.release(host);
      await browser.arrived(tab, `https://${host}/`);
      await whole(stage, tab);
      return tab;
    },
    expected: { both: WEAK },
  },
  {
    id: 'killed-after-commit',
    title: 'Background ended after the page came up and before it was whole',
    why: 'page and head were written down before the end',
    async act(stage) {
      const { browser, demo, host } = stage;
      await held(stage, 40);
      const tab = await browser.newTab();
      await browser.go(tab, `http://${host}/`);
      await browser.arrived(tab, `https://${host}/`);
      await browser.killWorker();
      await demo.release(host);
      await whole(stage, tab);
      return tab;
    },
    expected: { both: WEAK },
  },
];
