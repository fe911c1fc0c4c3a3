// What a person or their organisation chooses takes effect, the pages of the extension are in the browser's language, and
// the first page opens once.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { BROWSERS } from './lib/browser.mjs';
import { ROOT } from './lib/demo.mjs';
import { withBrowser } from './lib/suite.mjs';
import { eventually } from './lib/view.mjs';

const WEAK_HOST = 'weak-cookies-demo.org';
const HALF_HOST = 'half.oracle-demo.org';
const BELOW_A_YEAR = 'hsts.max-age.below-one-year';
const ROOMY = { width: 1000, height: 800 };
/** Where screenshots go, if anybody wants to look at them. */
const SHOTS = process.env.SCREENSHOTS;
const shot = (name) => (SHOTS ? path.join(SHOTS, `${name}.png`) : undefined);

/** In the page of options: chooses, and waits until the page says what became of it. */
async function choose(name, value) {
  const select = document.querySelector(`select[name="${name}"]`);
  if (select) {
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  } else {
    document.querySelector(`input[name="${name}"][value="${value}"]`).click();
  }
  const said = document.querySelector('[data-said]');
  for (let tries = 0; tries < 40 && said.textContent === ''; tries += 1) await new Promise((done) => setTimeout(done, 50));
  return said.textContent;
}

const readChosen = () => Object.fromEntries([...document.querySelectorAll('input:checked, select')].map(({ name, value, disabled }) => [name, `${value}${disabled ? ' locked' : ''}`]));
const readText = () => ({ lang: document.documentElement.lang, title: document.title, text: document.body.innerText });

/** A copy of the built extension in which one file is another, and each page runs a script first. */
function copyWith(browser, { script, edit = {} }) {
  const copy = mkdtempSync(path.join(tmpdir(), 'https-audit-copy-'));
  after(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(path.join(ROOT, 'dist', browser), copy, { recursive: true });
  const change = (name, from, to) => {
    const file = path.join(copy, name);
    const text = readFileSync(file, 'utf8');
    assert.ok(text.includes(from), `${name} has no ${from}`);
    writeFileSync(file, text.replace(from, to));
  };
  for (const [name, [from, to]] of Object.entries(edit)) change(name, from, to);
  if (script) {
    writeFileSync(path.join(copy, 'first.js'), script);
    for (const page of ['popup.html', 'options.html', 'welcome.html', 'access.html']) change(page, '</title>', '</title>\n<script src="first.js"></script>');
  }
  return copy;
}

/** Visits a host whose HSTS lasts more than half a year and less than one. */
async function visitHalf(demo, browser) {
  await demo.order([{
    host: HALF_HOST,
    path: '/',
    scheme: 'https',
    headers: ['Content-Type: text/html', 'Cache-Control: no-store', 'Strict-Transport-Security: max-age=16000000; includeSubDomains'],
    body: '<!doctype html><title>half</title>',
  }]);
  const tab = await browser.newTab();
  await browser.visit(tab, `https://${HALF_HOST}/`);
  return tab;
}

for (const name of BROWSERS) {
  describe(`options in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));
    const set = (option, value) => browser.inPage('options.html', choose, {}, option, value);

    test('what nobody chose is the default, and what was chosen stays', async () => {
      assert.deepEqual(await browser.inPage('options.html', readChosen), { badge: 'number', software: 'auto', profile: 'default' });
      assert.equal(await set('software', 'iis'), 'Saved.');
      assert.deepEqual(await browser.inPage('options.html', readChosen), { badge: 'number', software: 'iis', profile: 'default' });
      await set('software', 'auto');
    });

    test('the badge is a number, a sign or nothing', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${WEAK_HOST}/`);
      for (const [value, looks] of [['number', /^\d+$/], ['symbol', /^✕$/], ['none', /^$/], ['number', /^\d+$/]]) {
        await set('badge', value);
        const badge = await eventually(() => browser.badge(tab), ({ text, title }) => looks.test(text) && title.includes('Cookies: Fail'));
        assert.match(badge.text, looks, value);
        assert.match(badge.title, /Cookies: Fail/);
      }
    });

    test('fixes of the chosen software are shown', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${WEAK_HOST}/`);
      const text = async (words) => (await browser.popup(tab, { until: (view) => view.text.includes(words) })).text;
      const reads = () => document.querySelector('[data-finding^="cookie."] .finding__part.muted')?.textContent;
      const shown = () => browser.inPage(`popup.html?tab=${tab.id}`, reads);
      await set('software', 'express');
      assert.equal(await eventually(shown, (words) => words === 'For Express:'), 'For Express:', await text('Express'));
      await set('software', 'auto');
      assert.notEqual(await shown(), 'For Express:');
    });

    test('thresholds are those of the chosen authority', async () => {
      const tab = await visitHalf(demo, browser);
      const severity = () => browser.inPage(`popup.html?tab=${tab.id}`, (id) => document.querySelector(`[data-finding="${id}"]`)?.dataset.severity ?? 'none', {}, BELOW_A_YEAR);
      for (const [profile, expected] of [['default', 'note'], ['owasp', 'warning'], ['mozilla', 'none'], ['browsers', 'none'], ['hstspreload', 'warning'], ['default', 'note']]) {
        await set('profile', profile);
        assert.equal(await severity(), expected, profile);
      }
    });

    test('keys and menu are there', async () => {
      const commands = await browser.inExtension(async () => (await (globalThis.browser ?? globalThis.chrome).commands.getAll()).map(({ name: command, description, shortcut }) => ({ command, description, shortcut })));
      const open = commands.find(({ command }) => command === 'open-audit');
      assert.equal(open?.description, 'Open the audit of this page', JSON.stringify(commands));
      assert.match(open.shortcut, /J$/);
      // Only an entry that is there can be changed.
      const change = async (id) => (globalThis.browser ?? globalThis.chrome).contextMenus.update(id, { enabled: true }).then(() => 'there', (error) => `not there: ${error.message}`);
      assert.equal(await browser.inExtension(change, 'audit'), 'there');
      assert.match(await browser.inExtension(change, 'nothing'), /^not there/);
    });

    test('loaded unpacked, no first page opens', async () => {
      const addresses = await browser.inExtension(async () => (await (globalThis.browser ?? globalThis.chrome).tabs.query({})).map(({ url }) => url ?? ''));
      assert.deepEqual(addresses.filter((url) => url.endsWith('/welcome.html')), []);
    });

    test('the first page says what can be seen in this very browser', async () => {
      const { text } = await browser.inPage('welcome.html', readText, { viewport: ROOMY, screenshot: shot(`${name}-welcome`) });
      assert.match(text, name === 'firefox' ? /The whole chain/ : /web-request-security-info/);
      assert.doesNotMatch(text, name === 'firefox' ? /web-request-security-info/ : /The whole chain/);
      assert.match(text, /Allowed on all sites\./);
    });

    for (const page of ['options.html', 'welcome.html']) {
      for (const theme of ['light', 'dark']) {
        test(`${page} is accessible, ${theme}`, async () => {
          const look = { viewport: ROOMY, theme, axe: true, screenshot: shot(`${name}-${page}-${theme}`) };
          assert.deepEqual(await browser.inPage(page, () => undefined, look), []);
          assert.deepEqual(await browser.inPage(page, () => undefined, { ...look, viewport: { width: 360, height: 700 }, screenshot: undefined }), []);
        });
      }
    }

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });

  describe(`a ${name} in German, with options of an organisation`, () => {
    let demo;
    let browser;
    const script = `
      chrome.i18n.getUILanguage = () => 'de-AT';
      chrome.storage.managed.get = async () => ({ profile: 'owasp', badge: 'huge' });`;
    withBrowser(name, (opened) => ({ demo, browser } = opened), { extension: copyWith(name, { script }) });

    test('shows its pages in German, and reports in English', async () => {
      const options = await browser.inPage('options.html', readText, { viewport: ROOMY, screenshot: shot(`${name}-options-de`) });
      assert.deepEqual([options.lang, options.title], ['de', 'HTTPS Audit: Einstellungen']);
      assert.match(options.text, /Von der Organisation festgelegt/);
      const welcome = await browser.inPage('welcome.html', readText, { viewport: ROOMY, screenshot: shot(`${name}-welcome-de`) });
      assert.match(welcome.text, /Was es in diesem Browser sehen kann/);
      assert.match((await browser.inPage('access.html', readText)).text, /Was darf HTTPS Audit ansehen\?/);
      const tab = await browser.newTab();
      await browser.visit(tab, `http://${WEAK_HOST}/`);
      const view = await browser.popup(tab, { until: ({ statuses }) => statuses.cookies === 'fail', axe: true, screenshot: shot(`${name}-popup-de`) });
      assert.match(view.text, /Ganzes Audit öffnen/);
      assert.match(view.text, /Warum/);
      assert.deepEqual(view.violations, []);
      assert.equal((await browser.inPage(`popup.html?tab=${tab.id}`, readText)).lang, 'de');
    });

    test('takes what the organisation set, and leaves free what it set to no known word', async () => {
      assert.deepEqual(await browser.inPage('options.html', readChosen), { badge: 'number', software: 'auto', profile: 'owasp locked' });
      const tab = await visitHalf(demo, browser);
      const severity = await browser.inPage(`popup.html?tab=${tab.id}`, (id) => document.querySelector(`[data-finding="${id}"]`)?.dataset.severity, {}, BELOW_A_YEAR);
      assert.equal(severity, 'warning');
    });
  });
}

describe('a browser that keeps nothing', () => {
  let browser;
  const script = `chrome.storage.local.set = async () => { throw new Error('the disk is full'); };`;
  withBrowser('chromium', (opened) => ({ browser } = opened), { extension: copyWith('chromium', { script }) });

  test('is told, and the page shows what holds', async () => {
    assert.equal(await browser.inPage('options.html', choose, {}, 'badge', 'none'), 'Not saved, the browser refused: the disk is full');
    assert.equal((await browser.inPage('options.html', readChosen)).badge, 'number');
  });
});

describe('an extension that a person installed', () => {
  let browser;
  // What the browser says of one that is loaded unpacked is taken for something else.
  const edit = { 'menu.js': ["!== 'development'", "!== 'nothing'"] };
  withBrowser('chromium', (opened) => ({ browser } = opened), { extension: copyWith('chromium', { edit }) });

  test('opens its first page once', async () => {
    const opened = () => browser.puppeteer.targets().filter((target) => target.url() === browser.address('welcome.html')).length;
    assert.equal(await eventually(async () => opened(), (count) => count > 0), 1);
    await browser.killWorker();
    const tab = await browser.newTab();
    await browser.visit(tab, `http://${WEAK_HOST}/`);
    assert.equal(opened(), 1);
  });
});
