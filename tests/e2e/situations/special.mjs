// Pages that are no ordinary pages of the web, and addresses that are no ordinary names.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { WEAK_COOKIE, html, orderSite } from './site.mjs';
import { DIRECT, HIDDEN, NONE, WEAK, WELL, unread, unseen } from './words.mjs';

const BEFORE = 'page-before-demo.org';

/** A situation that is a visit to one address, in a tab that showed another page before: of that one nothing stays. */
const visiting = (address, prepare = async () => {}) => async (stage) => {
  await prepare(stage);
  await orderSite(stage.demo, BEFORE, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
  const tab = await stage.browser.newTab();
  await stage.browser.visit(tab, `https://${BEFORE}/`);
  await stage.browser.visit(tab, address(stage));
  return tab;
};

const PDF = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
  + '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';

export const special = [
  {
    id: 'view-source',
    title: 'view-source: of a page',
    why: 'Chromium tells its address and its request as those of the page, so that much was seen, but runs nothing in it; in Firefox it is a page of the browser',
    act: visiting(({ host }) => `view-source:https://${host}/`, ({ demo, host }) => orderSite(demo, host)),
    expected: { chromium: unread(DIRECT, 'timed-out'), firefox: { site: 'view-source:https://view-source-demo.org/', ...NONE } },
  },
  {
    id: 'browser-page',
    title: "The browser's own page",
    why: 'no server has a part in it',
    act: visiting(({ browser }) => (browser.name === 'chromium' ? 'chrome://version/' : 'about:license')),
    expected: { chromium: { site: 'chrome://version/', ...NONE }, firefox: { site: 'about:license', ...NONE } },
  },
  {
    id: 'empty-tab',
    title: 'An empty tab (about:blank), after a page',
    why: 'no server has a part in it, and the page before is gone',
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      await browser.visit(tab, 'about:blank');
      return tab;
    },
    expected: { both: { site: 'about:blank', ...NONE } },
  },
  {
    id: 'file',
    title: 'file:, after a page',
    why: 'no server has a part in it, no browser tells its address, and the page before is gone',
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      const file = path.join(demo.directory, 'page.html');
      writeFileSync(file, html('a file'));
      const url = pathToFileURL(file).href;
      await browser.go(tab, url);
      await browser.arrived(tab, url);
      return tab;
    },
    expected: { both: { site: /^file:/, ...NONE } },
  },
  {
    id: 'pdf-viewer',
    title: "PDF in the browser's viewer",
    why: "the viewer is the browser's, but the document came from the server and that was seen; Firefox lets nobody read its viewer",
    act: visiting(({ host }) => `http://${host}/paper.pdf`, ({ demo, host }) => orderSite(demo, host, {
      overHttp: { '/paper.pdf': { status: 301, headers: [`Location: https://${host}/paper.pdf`], body: '' } },
      pages: { '/paper.pdf': { headers: ['Content-Type: application/pdf'], body: PDF, cookies: [WEAK_COOKIE] } },
    })),
    expected: { chromium: WEAK, firefox: unread(WEAK, 'restricted-page') },
  },
  {
    id: 'store-of-mozilla',
    title: 'addons.mozilla.org',
    why: 'Firefox lets no extension watch it; to Chromium it is a site like any other',
    act: visiting(() => 'https://addons.mozilla.org/', ({ demo }) => orderSite(demo, 'addons.mozilla.org')),
    expected: { chromium: { site: 'addons.mozilla.org', ...DIRECT }, firefox: { site: 'addons.mozilla.org', ...unseen('restricted-page') } },
  },
  {
    id: 'store-of-chrome',
    title: 'chromewebstore.google.com',
    why: 'Chromium lets no extension watch it; to Firefox it is a site like any other',
    act: visiting(() => 'https://chromewebstore.google.com/', ({ demo }) => orderSite(demo, 'chromewebstore.google.com')),
    expected: { chromium: { site: 'chromewebstore.google.com', ...unseen('restricted-page') }, firefox: { site: 'chromewebstore.google.com', ...DIRECT } },
  },
  {
    id: 'access-withdrawn',
    title: 'Access to the site withdrawn',
    why: 'nothing may be watched',
    async act({ browser, demo, host }) {
      await orderSite(demo, host);
      const tab = await browser.newTab();
      await browser.setAccess(false);
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    undo: ({ browser }) => browser.setAccess(true),
    expected: { both: unseen('access-not-granted') },
  },
  {
    id: 'localhost',
    title: 'http://localhost',
    why: 'the machine itself is trustworthy without TLS (Secure Contexts §3.1) and has no registrable domain',
    act: visiting(({ demo }) => `http://localhost:${demo.httpPort}/`),
    expected: { both: { site: 'localhost', https: 'not-applicable', hsts_preload: 'not-applicable', cookies: 'pass' } },
  },
  {
    id: 'loopback-address',
    title: 'http://127.0.0.1',
    why: 'the same by its address',
    act: visiting(({ demo }) => `${demo.control}/`),
    expected: { both: { site: '127.0.0.1', https: 'not-applicable', hsts_preload: 'not-applicable', cookies: 'pass' } },
  },
  {
    id: 'localhost-https',
    title: 'https://localhost',
    why: 'a connection that is there is judged',
    act: visiting(({ demo }) => `https://localhost:${demo.httpsPort}/`, ({ demo }) => orderSite(demo, 'localhost')),
    expected: { both: { site: 'localhost', https: `pass: ${HIDDEN}`, hsts_preload: 'not-applicable', cookies: 'pass' } },
  },
  {
    id: 'ip-address',
    title: 'IP address over http',
    why: 'the page came in clear; an address can not be preloaded',
    act: visiting(() => 'http://192.0.2.1/', ({ demo }) => orderSite(demo, '192.0.2.1', { overHttp: { '*': {} } })),
    expected: { both: { site: '192.0.2.1', https: 'fail', hsts_preload: 'not-applicable', cookies: 'pass', findings: ['https.page.insecure'] } },
  },
  {
    id: 'idn',
    title: 'Internationalised domain name',
    why: 'a name like any other; it is shown in its ASCII form, which nobody can forge',
    act: visiting(() => 'http://b\u00fccher-demo.org/', ({ demo }) => orderSite(demo, 'xn--bcher-demo-9db.org')),
    expected: { both: { site: 'xn--bcher-demo-9db.org', ...WELL } },
  },
  {
    id: 'other-port',
    title: 'A port other than 443',
    why: 'the page is judged as it is; preloading is about the default ports, which nobody asked',
    act: visiting(({ host }) => `https://${host}:8443/`, ({ demo, host }) => orderSite(demo, host)),
    expected: { both: DIRECT },
  },
];
