// What is read in a page when its popup is opened, and never before: forms, password fields, http-equiv elements,
// anti-CSRF tokens without their values; from hostile pages a bounded part, and of a page that was left nothing.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { withBrowser } from './lib/suite.mjs';
import { eventually } from './lib/view.mjs';
import { html, orderSite } from './situations/site.mjs';

const TOKEN = 'kq7Zt3Vb9Xw2Lm5Rn8Yc1Hd4Js6Gf0Pa';
const NOT_GRANTED = 'The extension has no access to this site.';

/** Runs in a page of the extension: what storage holds of a tab, as text. */
const storedOf = async (id) => JSON.stringify((await (globalThis.browser ?? globalThis.chrome).storage.session.get())[`tab:${id}`] ?? null);

/** The report that the command makes of exported evidence. */
function report(evidence) {
  const { status, stdout, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never'], evidence);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

/** The lines of the document in exported evidence. */
const linesOf = (evidence) => JSON.parse(evidence).visits.at(-1).document;

for (const name of BROWSERS) {
  describe(`page facts in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    /** Orders a page, visits it, and reads its popup once it has a finding (or at once). */
    async function opened(host, body, { finding, path = '/', overHttp = false, prepare = async () => {} } = {}) {
      const page = { [path]: { body: html(body) } };
      await orderSite(demo, host, overHttp ? { overHttp: page } : { pages: page });
      const tab = await browser.newTab();
      await browser.visit(tab, `${overHttp ? 'http' : 'https'}://${host}${path}`);
      await prepare(tab);
      const view = await browser.popup(tab, { evidence: true, until: ({ findings }) => !finding || findings.includes(finding) });
      return { tab, view, evidence: view.evidence, facts: report(view.evidence).facts.page, report: report(view.evidence) };
    }

    test('nothing is read before the popup is opened; then a form that posts to http is an error', async () => {
      const host = 'page-facts-demo.org';
      await orderSite(demo, host, { pages: { '/': { body: html('<form action="http://plain-demo.org/post?q=1" method="POST"><input type=password></form>') } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${host}/`);
      const before = await browser.inExtension(storedOf, tab.id);
      assert.ok(before.includes(host), 'the page itself is stored');
      assert.ok(!before.includes('plain-demo.org'), before);
      const view = await browser.popup(tab, { evidence: true });
      assert.ok(view.findings.includes('https.form.insecure-action'), `the first view is complete: ${view.findings}`);
      assert.equal(view.statuses.https, 'fail');
      assert.deepEqual(linesOf(view.evidence), { seen: ['form post http://plain-demo.org/post password', 'passwords 1'] });
      const { findings, facts } = report(view.evidence);
      const found = findings.find(({ check }) => check === 'https.form.insecure-action');
      assert.equal(found.severity, 'error');
      assert.equal(found.location.url, 'http://plain-demo.org/post');
      assert.deepEqual(facts.page.forms, [{ action: 'http://plain-demo.org/post', method: 'post', password: true }]);
      // The background keeps it: the button says so when the popup is gone.
      const after = await browser.inExtension(storedOf, tab.id);
      assert.ok(after.includes('http://plain-demo.org/post'), after);
      const { title } = await eventually(() => browser.badge(tab), (badge) => /HTTPS: Fail/i.test(badge.title));
      assert.match(title, /HTTPS: Fail/i);
    });

    test('a password field on an http page is a warning', async () => {
      const { view, report: { findings } } = await opened('page-facts-http-demo.org', '<form action="https://safe-demo.org/"><input type="PassWord"></form>', { overHttp: true });
      assert.ok(view.findings.includes('https.form.insecure-page'), `${view.findings}`);
      const found = findings.find(({ check }) => check === 'https.form.insecure-page');
      assert.equal(found.severity, 'warning');
      assert.match(found.title, /password/);
    });

    test('Strict-Transport-Security in a meta element is a warning; cookies there are not kept', async () => {
      const { view, evidence, report: { findings } } = await opened('page-facts-meta-demo.org',
        `<meta http-equiv="Strict-Transport-Security" content="max-age=1;\n includeSubDomains"><meta http-equiv="set-cookie" content="sid=${TOKEN}">`);
      assert.ok(view.findings.includes('hsts.field.in-meta'), `${view.findings}`);
      assert.equal(view.statuses.hsts_preload, 'warn');
      assert.equal(findings.find(({ check }) => check === 'hsts.field.in-meta').severity, 'warning');
      assert.deepEqual(linesOf(evidence).seen, ['meta strict-transport-security max-age=1; includeSubDomains', 'passwords 0']);
      assert.ok(!evidence.includes(TOKEN));
    });

    test('of an anti-CSRF token its name is known, and its value nowhere', async () => {
      const body = `<form action="/save?_csrf=${TOKEN}#${TOKEN}" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="${TOKEN}">`
        + `<input type="password" value="${TOKEN}"></form><meta name="csrf-token" content="${TOKEN}">`;
      const { tab, view, evidence, facts } = await opened('page-facts-token-demo.org', body);
      assert.deepEqual(facts.csrf_tokens, ['csrfmiddlewaretoken']);
      assert.deepEqual(facts.forms, [{ action: 'https://page-facts-token-demo.org/save', method: 'post', password: true }]);
      const stored = await browser.inExtension(async () => JSON.stringify(await (globalThis.browser ?? globalThis.chrome).storage.session.get()));
      assert.ok(stored.includes('csrfmiddlewaretoken'), 'this would not find what is stored');
      for (const text of [view.text, evidence, stored, JSON.stringify(report(evidence)), await browser.inExtension(storedOf, tab.id)]) assert.ok(!text.includes(TOKEN));
    });

    test('scripts of other origins, with integrity and without, and a debug page', async () => {
      const { facts } = await opened('page-facts-parts-demo.org', '<script src="https://cdn-demo.org/a.js?v=1" integrity="sha256-x"></script>'
        + '<link rel="Stylesheet" href="//cdn-demo.org/b.css"><script src="/own.js"></script><script src="//page-facts-parts-demo.org/own.js" integrity="sha256-x"></script>'
        + '<div id="explanation"><p>You see this because you have <code>DEBUG = True</code> in your settings.</p></div>');
      assert.deepEqual(facts.parts, [
        { url: 'https://cdn-demo.org/b.css', kind: 'stylesheet', integrity: false, relative_scheme: true },
        { url: 'https://cdn-demo.org/a.js', kind: 'script', integrity: true, relative_scheme: false },
      ]);
      assert.deepEqual(facts.scripts, { all: 3, own: 2, own_integrity: 1, own_relative: 1, own_relative_integrity: 1 });
      assert.deepEqual(facts.debug_pages, ['django-404']);
    });

    test('policies of the page are those in its head, and none of its frames; name=referrer is one', async () => {
      const { facts } = await opened('page-facts-policy-demo.org', '<meta name="Referrer" content="no-referrer"><meta http-equiv="referrer-policy" content="unsafe-url">'
        + '<iframe srcdoc="<meta name=referrer content=origin>"></iframe><meta http-equiv="content-security-policy" content="img-src *">');
      assert.deepEqual(facts.metas, [{ name: 'referrer-policy', value: 'no-referrer' }]);
    });

    test('a stack trace is known by its language, and nothing of it is kept', async () => {
      const { evidence, facts } = await opened('page-facts-trace-demo.org', `<pre>Traceback (most recent call last):\n  File "/srv/${TOKEN}.py", line 3, in view\nValueError</pre>`
        + '<p>Error: x<br> &nbsp; &nbsp;at view (/srv/app.js:3:9)</p><script>/* app.rb:3:in `view\' */</script>');
      assert.deepEqual(facts.traces, ['python', 'node']);
      assert.ok(!evidence.includes(TOKEN));
    });

    test('elements that take the place of properties mislead nobody, and frames of the same origin are read', async () => {
      const { facts } = await opened('page-facts-clobber-demo.org', '<base href="https://base-demo.org/deep/"><form name="querySelectorAll"></form><form name="URL" action="up">'
        + '<input name="action"><input name="method"><input name="getAttribute"><input name="ownerDocument"><input name="baseURI"></form><img name="baseURI">'
        + '<form id="sender"></form><button form="sender" formaction="http://plain-demo.org/by-button" formmethod="post">Send</button>'
        + '<iframe srcdoc="<form action=\'http://plain-demo.org/in-frame\'></form>"></iframe><iframe sandbox srcdoc="<form action=\'http://plain-demo.org/in-sandbox\'></form>"></iframe>');
      assert.deepEqual(facts.forms.map(({ action, method }) => `${method} ${action}`).sort(), [
        'get http://plain-demo.org/in-frame',
        'get https://base-demo.org/deep/up',
        'get https://page-facts-clobber-demo.org/',
        'post http://plain-demo.org/by-button',
      ]);
    });

    test('50,000 forms with actions of up to a megabyte neither hang the popup nor fill storage', async () => {
      const many = (count) => {
        const long = 'x'.repeat(1 << 20);
        // By the parser: each form that a script adds takes Chromium longer than the one before.
        document.body.innerHTML = Array.from({ length: count }, (_, index) => (
          `<form action="${index === 4000 ? 'http' : 'https'}://plain-demo.org/${index}/${index % 500 === 0 ? long : ''}"></form>`
          + `<meta http-equiv="refresh" content="${1e6 + index};url=/${index % 5000 === 0 ? long : ''}">`)).join('');
      };
      const began = Date.now();
      const { tab, evidence, facts } = await opened('page-facts-hostile-demo.org', '', { finding: 'https.form.insecure-action', prepare: (at) => browser.inTab(at, many, 50_000) });
      assert.ok(Date.now() - began < 60_000);
      assert.equal(facts.forms.length, 50);
      assert.ok(facts.forms[0].action.startsWith('http://plain-demo.org/4000/xxx'), 'the worst come first');
      assert.equal(facts.beyond.forms, 49_950);
      assert.equal(facts.metas.length, 16);
      assert.ok(facts.beyond.metas > 49_000, `${facts.beyond.metas}`);
      assert.ok(evidence.length < 200_000, `${evidence.length} characters of evidence`);
      const stored = await browser.inExtension(storedOf, tab.id);
      assert.ok(stored.length < 200_000, `${stored.length} characters stored`);
      await browser.closeTab(tab);
    });

    test('a page that is left while its popup is open gives nothing to the next, nor the next to it', async () => {
      const [first, second] = ['page-facts-first-demo.org', 'page-facts-second-demo.org'];
      const sender = (to) => html(`<form action="http://plain-demo.org/${to}"></form>`);
      await orderSite(demo, first, { pages: { '/': { body: sender('of-first') } } });
      await orderSite(demo, second, { pages: { '/': { body: sender('of-second') } } });
      const tab = await browser.newTab();
      await browser.visit(tab, `https://${first}/`);
      await browser.inTab(tab, (url) => { setTimeout(() => { location.href = url; }, 1500); }, `https://${second}/`);
      const sites = new Set();
      const view = await browser.popup(tab, {
        evidence: true,
        until: ({ site, text }) => {
          sites.add(site);
          assert.ok(!text.includes(site === first ? 'of-second' : 'of-first'), `${site}: ${text}`);
          return site === second && text.includes('of-second');
        },
      });
      assert.deepEqual([...sites], [first, second], 'the popup was open on both');
      assert.deepEqual(linesOf(view.evidence), { seen: ['form get http://plain-demo.org/of-second', 'passwords 0'] });
      // What comes of the first page only now, or of no extension page, is not taken.
      await browser.inExtension(async (id, url) => {
        const api = globalThis.browser ?? globalThis.chrome;
        await api.runtime.sendMessage({ tabId: id, url, documentId: 'gone', holds: 'form post http://plain-demo.org/too-late' });
      }, tab.id, `https://${first}/`);
      const stored = await browser.inExtension(storedOf, tab.id);
      assert.ok(stored.includes('of-second') && !stored.includes('of-first') && !stored.includes('too-late'), stored);
      // The next load of the same page was not read by anybody.
      await browser.reload(tab);
      assert.ok(!(await browser.inExtension(storedOf, tab.id)).includes('of-second'));
    });

    test('without access the page is not read, and the popup says why', async () => {
      const host = 'page-facts-access-demo.org';
      await orderSite(demo, host, { pages: { '/': { body: html('<form action="http://plain-demo.org/"></form>') } } });
      const tab = await browser.newTab();
      await browser.setAccess(false);
      try {
        await browser.visit(tab, `https://${host}/`);
        const view = await browser.popup(tab, { until: ({ unknown }) => unknown.some((text) => text.includes(NOT_GRANTED)) });
        assert.ok(view.unknown.some((text) => text.includes(NOT_GRANTED)), view.text);
        assert.ok(!view.findings.includes('https.form.insecure-action'));
      } finally {
        await browser.setAccess(true);
      }
    });

    test('the extension wrote nothing on any console', async () => {
      const own = (await browser.console()).filter((line) => /https-audit|(moz|chrome)-extension:/.test(line));
      assert.deepEqual(own, []);
    });
  });
}
