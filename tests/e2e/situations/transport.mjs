// How a page is reached: upgrades by the browser, certificates, redirects, loads that fail.
import { GOOD_COOKIE, WEAK_COOKIE, html, orderSite, redirect } from './site.mjs';
import { DIRECT, HIDDEN, WEAK, WELL } from './words.mjs';

/** The site's own redirect was seen, its certificate was refused. */
const REFUSED = { https: `fail: load-failed`, hsts_preload: 'warn: load-failed', cookies: 'unknown: load-failed' };

export const transport = [
  {
    id: 'site-redirect',
    title: 'http, and the site redirects to https',
    why: 'everything was seen and is right: the yardstick for what follows',
    async act({ browser, demo, host }) {
      await orderSite(demo, host);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { both: WELL },
  },
  {
    id: 'hsts-learned',
    title: 'HSTS upgrade, learned on an earlier visit',
    why: 'the browser goes from http to https by itself, so how the server answers http is not seen',
    async act({ browser, demo, host }) {
      await orderSite(demo, host);
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${host}/`);
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { both: { https: `pass: hidden-by-hsts, ${HIDDEN}`, hsts_preload: 'unknown: hidden-by-hsts', cookies: 'pass' } },
  },
  {
    id: 'hsts-preloaded',
    title: 'HSTS upgrade, preloaded',
    why: 'all of .dev is on both lists; that alone decides, though the answer over http stays hidden',
    async act({ browser, demo }) {
      const host = 'hsts-preloaded-demo.dev';
      await orderSite(demo, host);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { both: { site: 'hsts-preloaded-demo.dev', https: `pass: hidden-by-hsts, ${HIDDEN}`, hsts_preload: 'pass', cookies: 'pass' } },
  },
  {
    id: 'https-first',
    title: 'The browser tries https first, and it works',
    why: 'http was never asked: nobody knows whether it redirects',
    setup: 'https-first',
    async act({ browser, demo, host }) {
      await orderSite(demo, host);
      return byLink(browser, demo, `http://${host}/`, `https://${host}/`);
    },
    expected: {
      // Chromium makes no event of http at all, Firefox a redirect of its own.
      chromium: DIRECT,
      firefox: { https: `pass: https-upgrade, ${HIDDEN}`, hsts_preload: 'unknown: https-upgrade', cookies: 'pass' },
    },
  },
  {
    id: 'https-first-fallback',
    title: 'The browser tries https first, and falls back to http',
    why: 'the page came over http in the end, and its session cookie with it',
    setup: 'https-first',
    act: ({ browser, demo }) => byLink(browser, demo, 'http://http-only-demo.org/', 'http://http-only-demo.org/'),
    expected: { both: { site: 'http-only-demo.org', https: 'fail', hsts_preload: 'fail: not-probed', cookies: 'fail', findings: ['https.page.insecure', 'cookie.set-over-http'] } },
  },
  {
    id: 'connection-shown',
    title: 'The browser shows its connection',
    why: 'Chromium does with a flag, Firefox always: what was missing of the certificate is there',
    setup: 'connection-shown',
    async act({ browser, demo, host }) {
      await orderSite(demo, host);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { both: WELL },
  },
  {
    id: 'certificate-refused',
    title: 'Certificate refused',
    why: 'the browser refused the certificate; page, field and cookies never came, and hstspreload.org calls such a chain invalid',
    async act({ browser }) {
      const tab = await browser.newTab();
      await browser.visit(tab, 'http://name-mismatch-demo.org/');
      return tab;
    },
    expected: { both: { site: 'name-mismatch-demo.org', ...REFUSED } },
  },
  {
    id: 'certificate-overridden',
    title: 'Certificate error overridden by the person',
    why: 'the refusal was seen, so the page that came all the same came past it',
    async act({ browser }) {
      const tab = await browser.newTab();
      await browser.visit(tab, 'http://untrusted-demo.org/');
      await browser.overrideCertificate(tab, 'https://untrusted-demo.org/');
      return tab;
    },
    expected: { both: { site: 'untrusted-demo.org', https: `fail: ${HIDDEN}`, hsts_preload: 'warn', cookies: 'pass' } },
  },
  {
    id: 'redirect-chain',
    title: 'Redirects across hosts and schemes',
    why: 'one hop in the middle goes over http; the host where it ends does everything right',
    async act({ browser, demo, host }) {
      const end = 'redirect-end-demo.org';
      await orderSite(demo, host, { pages: { '/': redirect(`http://${end}/`) } });
      await orderSite(demo, end);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { both: { site: 'redirect-end-demo.org', ...WELL, https: `fail: ${HIDDEN}`, findings: ['https.redirect.insecure-hop'] } },
  },
  {
    id: 'error-page',
    title: 'Error page: the server speaks no TLS',
    why: 'the server took the connection and dropped it, which hstspreload.org calls domain.tls.cannot_connect; no more is known of it',
    async act({ browser }) {
      const tab = await browser.newTab();
      await browser.visit(tab, 'https://http-only-demo.org/');
      return tab;
    },
    expected: { both: { site: 'http-only-demo.org', https: 'unknown: load-failed, not-probed', hsts_preload: 'warn: load-failed, not-probed', cookies: 'unknown: load-failed' } },
  },
  {
    id: 'unreachable',
    title: 'Error page: no server was reached',
    why: 'that may be the network on this side: it says nothing of the site',
    async act({ browser, host }) {
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${host}:4430/`);
      return tab;
    },
    expected: { both: { https: 'unknown: load-failed, not-probed', hsts_preload: 'unknown: load-failed, not-probed', cookies: 'unknown: load-failed' } },
  },
  {
    id: 'mixed-content',
    read: true,
    title: 'An https page asks for scripts over http',
    why: 'the page names them, whether the browser loads them or not',
    async act({ browser }) {
      const tab = await browser.newTab();
      await browser.visit(tab, 'http://mixed-demo.org/');
      return tab;
    },
    expected: {
      chromium: { site: 'mixed-demo.org', ...WELL, https: `fail: ${HIDDEN}`, findings: ['https.mixed.active'] },
      firefox: { site: 'mixed-demo.org', ...WELL, https: 'fail', findings: ['https.mixed.active'] },
    },
  },
  {
    id: 'refused-cookie',
    title: 'The browser refuses a cookie',
    why: 'SameSite=None without Secure is set against the rules, and no session travels in clear',
    async act({ browser, demo, host }) {
      await orderSite(demo, host, { pages: { '*': { cookies: [GOOD_COOKIE, 'Set-Cookie: widget=1; Path=/; SameSite=None'] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { both: { ...WELL, cookies: 'warn', findings: ['cookie.samesite.none-without-secure'] } },
  },
  {
    id: 'header-octets',
    title: 'Header fields that are not UTF-8',
    why: 'such a value comes as octets and hinders nothing else',
    async act({ browser, demo, host }) {
      const headers = ['Content-Type: text/html; charset=utf-8', 'Server: caf\u00c3\u00a9', 'X-Powered-By: caf\u00e9'];
      await orderSite(demo, host, { pages: { '*': { headers, cookies: [WEAK_COOKIE] } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      return tab;
    },
    expected: { both: WEAK },
  },
  {
    id: 'no-content',
    title: 'A navigation that ends with 204',
    why: 'no page came: the one before stays, with what was said of it',
    act: (stage) => nothingComes(stage, { status: 204, body: '' }),
    expected: { both: WEAK },
  },
  {
    id: 'download',
    title: 'A navigation that becomes a download',
    why: 'no page came: the one before stays, with what was said of it',
    act: (stage) => nothingComes(stage, { headers: ['Content-Type: application/octet-stream', 'Content-Disposition: attachment; filename="demo.bin"'], body: 'demo' }),
    expected: { both: WEAK },
  },
  {
    id: 'aborted',
    title: 'A navigation that the person stops',
    why: 'no page came: the one before stays, with what was said of it',
    async act({ browser, demo, host }) {
      const other = 'aborted-other-demo.org';
      await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE] } } });
      await orderSite(demo, other);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${host}/`);
      await browser.go(tab, `https://${other}/hold?key=aborted`);
      await demo.requested((request) => request.host === other);
      await browser.stop(tab);
      await demo.release('aborted');
      await browser.inTab(tab, () => fetch('/after').then((answer) => answer.text()));
      return tab;
    },
    expected: { both: WEAK },
  },
];

/** By a link on a page of another site: an address that a person types is left alone by Firefox. */
async function byLink(browser, demo, url, arrives) {
  const start = 'https-first-start-demo.org';
  await orderSite(demo, start, { pages: { '*': { body: html(`<a href="${url}">away</a>`) } } });
  const tab = await browser.newTab();
  await browser.visit(tab, `https://${start}/`);
  await browser.follow(tab, 'a', arrives);
  return tab;
}

/** From a page to an address of another site that answers with no page. */
async function nothingComes({ browser, demo, host }, answer) {
  const other = host.replace('-demo', '-other-demo');
  await orderSite(demo, host, { pages: { '*': { cookies: [WEAK_COOKIE], body: html() } } });
  await orderSite(demo, other, { pages: { '/nothing': answer } });
  const tab = await browser.newTab();
  await browser.visit(tab, `http://${host}/`);
  await browser.go(tab, `https://${other}/nothing`);
  await demo.requested((request) => request.host === other);
  // An answer that the browser takes in after that one: what it tells of that one is told by now.
  await browser.inTab(tab, () => fetch('/after').then((page) => page.text()));
  return tab;
}
