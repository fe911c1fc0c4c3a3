// Where the extension itself comes and goes.
import { eventually } from '../lib/view.mjs';
import { WEAK_COOKIE, html, orderSite } from './site.mjs';
import { HIDDEN, WEAK, unseen } from './words.mjs';

/** A page with a weak cookie whose body waits, but for its first so many octets, for the key that is its host. */
const held = async ({ demo, host }, early) => orderSite(demo, host, { pages: { '/': { cookies: [WEAK_COOKIE], body: html('whole'), held: host, early } } });

/** As a page from the cache that was watched. */
const RESTORED = { https: `pass: ${HIDDEN}, not-probed`, hsts_preload: 'unknown: from-cache, not-probed', cookies: 'unknown: from-cache' };

/** Waits until a tab's page is whole. */
async function whole({ browser }, tab) {
  await browser.inTab(tab, () => new Promise((done) => {
    const look = () => (document.body?.textContent.includes('whole') ? done() : setTimeout(look, 20));
    look();
  }));
}

/** In a page of the extension: whether something that is stored of this host holds this text too. */
const stores = async (host, text) => {
  const all = await (globalThis.browser ?? globalThis.chrome).storage.session.get();
  return Object.values(all).map((value) => JSON.stringify(value)).some((value) => value.includes(host) && value.includes(text));
};

/** Waits until it was written down that the host's answer held this text: what is told and not written is lost. */
async function noted({ browser, host }, text) {
  if (!(await eventually(() => browser.inExtension(stores, host, text), (found) => found))) throw new Error(`${text} of ${host} is not noted`);
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
    why: 'it is taken from the cache while the extension starts; Firefox waits for the blocking listener, Chromium for nothing, so there it depends on who is quicker',
    setup: 'restart',
    async act({ browser, demo, host }) {
      await orderSite(demo, host);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      await browser.restart();
      return browser.adopt(`https://${host}/`);
    },
    expected: {
      chromium: { ...unseen('loaded-before-install'), or: RESTORED },
      firefox: RESTORED,
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
    async act(stage) {
      const { browser, demo, host } = stage;
      const away = { status: 301, headers: [`Location: https://${host}/hold?key=${host}`], body: '' };
      await orderSite(demo, host, { overHttp: { '*': away }, pages: { '*': { cookies: [WEAK_COOKIE], body: html('whole') } } });
      const tab = await browser.newTab();
      await browser.go(tab, `http://${host}/`);
      await demo.requested((request) => request.host === host && request.scheme === 'https');
      await noted(stage, `https://${host}/hold`);
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
      // One octet of the body goes along: without it Firefox tells nothing of the head.
      await held(stage, 1);
      const tab = await browser.newTab();
      await browser.go(tab, `http://${host}/`);
      await demo.requested((request) => request.host === host && request.scheme === 'https');
      await noted(stage, 'sessionid=');
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
      await noted(stage, 'sessionid=');
      await browser.killWorker();
      await demo.release(host);
      await whole(stage, tab);
      return tab;
    },
    expected: { both: WEAK },
  },
];
