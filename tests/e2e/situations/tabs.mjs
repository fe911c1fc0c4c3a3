// Tabs, windows, and what belongs to which.
import { WEAK_COOKIE, html, orderSite } from './site.mjs';
import { DIRECT, HIDDEN, WEAK, WELL } from './words.mjs';

const CHROMIUM_HAS_NO_CONTAINERS = { cannot: 'Chromium has no containers; a profile of its own is a browser of its own to extensions' };

export const tabs = [
  {
    id: 'frames',
    title: 'Frames of other sites',
    why: "another site's frame sets its own cookies over its own connection: none is the page's",
    async act({ browser, demo, host }) {
      const inner = 'frames-inner-demo.org';
      await orderSite(demo, host, { pages: { '*': { body: html(`<iframe src="https://${inner}/"></iframe>`) } } });
      await orderSite(demo, inner, { hsts: [], pages: { '*': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { both: WELL },
  },
  {
    id: 'window-open',
    title: 'Pop-up (window.open)',
    why: 'a page opened it; it is a tab like any other',
    async act({ browser, demo, host }) {
      const opener = 'window-opener-demo.org';
      await orderSite(demo, opener);
      await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${opener}/`);
      await browser.inTab(tab, (url) => { open(url, '_blank', 'popup,width=400,height=300'); }, `http://${host}/`);
      return browser.adopt(`https://${host}/`);
    },
    expected: { both: WEAK },
  },
  {
    id: 'several-tabs',
    title: 'Several tabs of one site',
    why: 'what the first tab saw of the site counts in the second: there the browser asked no http server',
    async act({ browser, demo, host }) {
      await orderSite(demo, host);
      const [first, second] = [await browser.newTab(), await browser.newTab()];
      await browser.visit(first, `http://${host}/`);
      await browser.visit(second, `http://${host}/second`);
      return second;
    },
    expected: { both: WELL },
  },
  {
    id: 'several-windows',
    title: 'Several windows',
    why: 'the page of one window is not that of the other',
    async act({ browser, demo, host }) {
      const other = 'other-window-demo.org';
      await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
      await orderSite(demo, other);
      const [first, second] = [await browser.newTab(), await browser.newTab({ inWindow: true })];
      await browser.visit(first, `http://${host}/`);
      await browser.visit(second, `http://${other}/`);
      return first;
    },
    expected: { both: WEAK },
  },
  {
    id: 'private-window',
    title: 'Beside a private window with the same site',
    why: 'the private window saw http redirect and a weak cookie; nothing of it is known, stored or exported',
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '/hidden': { cookies: [WEAK_COOKIE] } } });
      const hidden = await browser.newPrivateTab();
      await browser.visit(hidden, `http://${host}/`);
      await browser.visit(hidden, `https://${host}/hidden`);
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${host}/`);
      return tab;
    },
    expected: { both: DIRECT },
    async check({ browser, host }) {
      const stored = await browser.inExtension(async () => {
        const api = globalThis.browser ?? globalThis.chrome;
        return JSON.stringify([await api.storage.session.get(), await api.storage.local.get()]);
      });
      if (stored.includes('/hidden')) throw new Error(`of the private window is stored: ${stored}`);
      if (!stored.includes(host)) throw new Error('this would not find what is stored');
    },
  },
  {
    id: 'container',
    title: 'Tab in a container, signed in',
    why: "the container's own cookie jar holds a weak session cookie",
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '/sign-in': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab({ container: 1 });
      await browser.visit(tab, `http://${host}/`);
      await browser.visit(tab, `https://${host}/sign-in`);
      await browser.visit(tab, `https://${host}/`);
      return tab;
    },
    expected: { chromium: CHROMIUM_HAS_NO_CONTAINERS, firefox: WEAK },
  },
  {
    id: 'beside-container',
    title: 'Tab beside a container in which the person is signed in',
    why: "the container's cookies are not this tab's; its HSTS is, for Firefox keeps that for all containers",
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '/sign-in': { cookies: [WEAK_COOKIE] } } });
      const contained = await browser.newTab({ container: 1 });
      await browser.visit(contained, `https://${host}/sign-in`);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { chromium: CHROMIUM_HAS_NO_CONTAINERS, firefox: { https: `pass: hidden-by-hsts, ${HIDDEN}`, hsts_preload: 'unknown: hidden-by-hsts', cookies: 'pass' } },
  },
  {
    id: 'push-state',
    title: 'history.pushState',
    why: 'the same document under another address: what was seen of it holds',
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '/': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      await browser.inTab(tab, () => history.pushState({}, '', '/next'));
      return tab;
    },
    expected: { both: WEAK },
  },
  {
    id: 'reload',
    title: 'Reload',
    why: 'a reload asks https alone; how http answered before still counts',
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '/': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      await browser.reload(tab);
      return tab;
    },
    expected: { both: WEAK },
  },
  {
    id: 'many-tabs',
    title: 'A session of 200 tabs',
    why: 'the first of them is still known when the last has come',
    setup: 'bulk',
    async act({ browser, demo, host, tabs: count }) {
      await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      const hosts = Array.from({ length: count - 1 }, (_, index) => `many-tabs-${index}-demo.org`);
      await Promise.all(hosts.map((other) => orderSite(demo, other)));
      await browser.inExtension(async (urls) => {
        const api = globalThis.browser ?? globalThis.chrome;
        for (const url of urls) await api.tabs.create({ url, active: false });
      }, hosts.map((other) => `http://${other}/`));
      for (const other of hosts) await demo.requested((request) => request.host === other && request.scheme === 'https', 60_000);
      return tab;
    },
    expected: { both: WEAK },
  },
];
