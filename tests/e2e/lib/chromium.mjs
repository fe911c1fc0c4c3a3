// Real Chromium with the extension, by puppeteer. Same interface as firefox.mjs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { platform, tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { ROOT } from './demo.mjs';
import { findProgram } from './find.mjs';
import { trustIn } from './trust.mjs';
import { downloaded, eventually, readBadge, readOwnTab, readView, readViolations, walkByKeyboard } from './view.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/**
 * What Chromium itself notes in the worker's own console, and nowhere else, when an extension asks for the
 * connection while the flag is off. Nothing tells the extension beforehand.
 */
const NO_SECURITY_INFO = 'ExtraInfoSpec.securityInfo is allowed only with WebRequestSecurityInfo developer flag';
/** The popup's size on screen is the page's own; this is the most that a browser gives it. */
const POPUP = { width: 380, height: 600 };
/**
 * Chromium's own remark, at each start, on a listener that asks for what only its flag gives. Nobody can know
 * whether the flag is on but by asking, and the remark can not be caught.
 */
const FLAG_IS_OFF = 'ExtraInfoSpec.securityInfo is allowed only with WebRequestSecurityInfo developer flag';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * Opens Chromium with a fresh profile.
 * @param {object} options
 * @param {import('./demo.mjs').Demo} [options.demo] all names lead to it, and its CA is trusted; without it, the real network
 * @param {string} [options.extension] unpacked extension; dist/chromium if not given
 * @param {string[]} [options.enable] features to switch on, such as WebRequestSecurityInfo, HttpsUpgrades
 * @param {boolean} [options.headless]
 */
export async function openChromium({ demo, extension = path.join(ROOT, 'dist/chromium'), enable = [], headless = true } = {}) {
  const home = mkdtempSync(path.join(tmpdir(), 'https-audit-chromium-'));
  // Off unless asked for, or no http answer would ever be seen.
  const disable = ['HttpsUpgrades', 'HttpsFirstBalancedMode', 'HttpsFirstBalancedModeAutoEnable'].filter((feature) => !enable.includes(feature));
  const args = [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${disable.join(',')}`,
  ];
  if (enable.length) args.push(`--enable-features=${enable.join(',')}`);
  if (headless) args.push('--disable-gpu');
  // Chromium refuses its sandbox to root, as whom containers run.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  if (demo) {
    args.push(`--host-resolver-rules=MAP *:443 127.0.0.1:${demo.httpsPort}, MAP *:80 127.0.0.1:${demo.httpPort}`);
    // On Linux, Chromium reads the person's own authorities from a database in the home folder: with one of
    // its own it truly trusts the CA and tells bad certificates apart. Elsewhere it is told to overlook.
    if (platform() === 'linux') trustIn(path.join(home, '.pki/nssdb'), demo.ca);
    else args.push(`--ignore-certificate-errors-spki-list=${demo.spki.join(',')}`);
  }
  const browser = await puppeteer.launch({
    executablePath: findProgram('CHROMIUM', NAMES, 'install Chromium'),
    headless,
    pipe: true,
    enableExtensions: [extension],
    userDataDir: path.join(home, 'profile'),
    env: platform() === 'linux' ? { ...process.env, HOME: home } : process.env,
    args,
    defaultViewport: headless ? { width: 1100, height: 800 } : null,
  });
  return Chromium.connect(browser, home);
}

/** A running Chromium. */
export class Chromium {
  name = 'chromium';
  #home;
  #messages = [];
  #pages = new Map();
  #sessions = new Map();

  constructor(browser, home) {
    /** puppeteer's browser, for what only Chromium can do. */
    this.puppeteer = browser;
    this.#home = home;
  }

  static async connect(puppeteerBrowser, home) {
    const self = new Chromium(puppeteerBrowser, home);
    try {
      const [[id, extension]] = await eventually(() => puppeteerBrowser.extensions().then((all) => [...all]), (all) => all.length > 0);
      self.id = id;
      self.extension = extension;
    } catch (error) {
      await self.close();
      throw new Error(`Chromium did not load the extension: ${error.message}`);
    }
    await self.#developerMode();
    puppeteerBrowser.on('targetcreated', (target) => self.#listen(target));
    for (const target of puppeteerBrowser.targets()) await self.#listen(target);
    return self;
  }

  /** Makes Chromium keep the errors that it would show on chrome://extensions. */
  async #developerMode() {
    const page = await this.puppeteer.newPage();
    await page.goto('chrome://extensions/');
    await page.evaluate(() => chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }));
    await page.close();
  }

  /** Address of a page of the extension. */
  address(page) {
    return `chrome-extension://${this.id}/${page}`;
  }

  /** Notes what a page or worker of the extension writes to the console, and every error in it. */
  async #listen(target) {
    if (!target.url().startsWith(this.address(''))) return;
    try {
      const session = await target.createCDPSession();
      this.#sessions.set(target, session);
      const note = (level, text) => {
        if (text.trim() !== FLAG_IS_OFF) this.#messages.push(`${target.type()} ${level}: ${text}`);
      };
      session.on('Runtime.consoleAPICalled', ({ type, args }) => note(type, args.map((arg) => arg.value ?? arg.description ?? arg.type).join(' ')));
      session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) => note('exception', exception?.description ?? text));
      session.on('Log.entryAdded', ({ entry }) => note(entry.level, `${entry.text} ${entry.url ?? ''}`));
      await Promise.all([session.send('Runtime.enable'), session.send('Log.enable')]);
    } catch {
      // Gone again before it could be listened to.
    }
  }

  /** Opens a tab: `{id}`, its id as the extension knows it. */
  async newTab() {
    const page = await this.puppeteer.newPage();
    await page.goto(this.address('popup.html'));
    // Left before it is ready, the page would complain of its aborted start.
    await page.waitForSelector('html[data-ready]', { timeout: 10_000 });
    const id = await page.evaluate(readOwnTab);
    this.#pages.set(id, page);
    await page.goto('about:blank');
    return { id };
  }

  /** puppeteer's page of a tab. */
  page(tab) {
    return this.#pages.get(tab.id);
  }

  async closeTab(tab) {
    await this.page(tab).close();
    this.#pages.delete(tab.id);
  }

  /**
   * Goes to an address and waits until the page is loaded: `{url, error}`; a page that did not load is told
   * by its error and is no exception.
   */
  async visit(tab, url, { wait = 'load' } = {}) {
    const page = this.page(tab);
    await page.bringToFront();
    const error = await page.goto(url, { waitUntil: wait }).then(() => null, (reason) => reason.message.split('\n')[0]);
    return { url: page.url(), error };
  }

  /** Goes to an address without waiting for anything. */
  async go(tab, url) {
    const session = await this.page(tab).createCDPSession();
    // Page.navigate answers only when the response has begun.
    session.send('Page.navigate', { url }).catch(() => {}).finally(() => session.detach().catch(() => {}));
  }

  async back(tab) {
    await this.page(tab).goBack();
  }

  async reload(tab) {
    await this.page(tab).reload();
  }

  /** Runs a function in a tab's page. */
  async inTab(tab, task, ...args) {
    return this.page(tab).evaluate(task, ...args);
  }

  /** Opens a page of the extension beside the tabs, runs a task with puppeteer's page, closes it. */
  async #withPage(address, { theme = 'light', viewport = POPUP } = {}, task) {
    const page = await this.puppeteer.newPage();
    try {
      await page.setViewport(viewport);
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      await page.goto(this.address(address));
      await page.waitForSelector('html[data-ready]', { timeout: 10_000 });
      return await task(page);
    } finally {
      await page.close();
    }
  }

  /**
   * The popup for a tab, read from `popup.html?tab=ID`.
   * @param {{until?: (view: object) => boolean, theme?: 'light'|'dark', screenshot?: string, axe?: boolean, page?: string}} options
   *   until: read again for some seconds while this does not hold
   */
  async popup(tab, { until = () => true, screenshot, axe = false, page: name = 'popup.html', ...look } = {}) {
    return this.#withPage(`${name}?tab=${tab.id}`, look, async (page) => {
      const view = await eventually(() => page.evaluate(readView), until);
      if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
      if (axe) {
        await page.evaluate(AXE);
        view.violations = await page.evaluate(readViolations);
      }
      return view;
    });
  }

  /** Opens the popup as a person does, by the toolbar button, and reads it. */
  async openPopup(tab, { until = () => true, screenshot } = {}) {
    const page = this.page(tab);
    await page.bringToFront();
    const address = this.address('popup.html');
    await this.extension.triggerAction(page);
    const target = await this.puppeteer.waitForTarget((candidate) => candidate.url() === address, { timeout: 10_000 });
    const popup = await target.asPage();
    await popup.waitForSelector('html[data-ready]', { timeout: 10_000 });
    const view = await eventually(() => popup.evaluate(readView), until);
    view.size = await popup.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    if (screenshot) await popup.screenshot({ path: screenshot });
    await popup.close();
    return view;
  }

  /** The evidence that the popup's export button saves: its file's text. */
  async exportEvidence(tab) {
    const session = await this.puppeteer.target().createCDPSession();
    const downloadPath = mkdtempSync(path.join(this.#home, 'downloads-'));
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath });
    try {
      return await this.#withPage(`popup.html?tab=${tab.id}`, {}, async (page) => {
        await page.click('[data-export="evidence"]');
        return downloaded(downloadPath);
      });
    } finally {
      await session.detach();
    }
  }

  /** Walks through a tab's popup by keyboard: `{verdicts, toggled, unreached}`. */
  async byKeyboard(tab) {
    return this.#withPage(`popup.html?tab=${tab.id}`, {}, (page) => walkByKeyboard((task) => page.evaluate(task), (key) => page.keyboard.press(key)));
  }

  /** Badge and title of a tab: `{text, title}`. */
  async badge(tab) {
    return this.inExtension(readBadge, tab.id);
  }

  /** Runs a function in a page of the extension, where `chrome` is the extension's. */
  async inExtension(task, ...args) {
    return this.#withPage('popup.html', {}, (page) => page.evaluate(task, ...args));
  }

  /** Ends the service worker, as Chromium does after a while. */
  async killWorker() {
    const running = this.puppeteer.targets().filter((target) => target.type() === 'service_worker' && target.url().startsWith(this.address('')));
    if (running.length === 0) throw new Error('no service worker is running');
    for (const target of running) {
      // A worker does not end while anything but the one who ends it is attached.
      await this.#sessions.get(target)?.detach();
      await (await target.worker()).close();
    }
    await eventually(async () => this.workerRuns(), (runs) => !runs);
    if (this.workerRuns()) throw new Error('the service worker does not end');
  }

  /** Loads the extension anew, as an update does: tabs that are open were loaded before it. */
  async reloadExtension() {
    const page = await this.puppeteer.newPage();
    await page.goto('chrome://extensions/');
    await page.evaluate((id) => chrome.developerPrivate.reload(id, { failQuietly: false }), this.id);
    await page.close();
    const [[id, extension]] = await eventually(() => this.puppeteer.extensions().then((all) => [...all]), (all) => all.length > 0);
    Object.assign(this, { id, extension });
    if (!(await eventually(async () => this.workerRuns(), (runs) => runs))) throw new Error('the extension does not start again');
  }

  /** Whether the service worker runs. */
  workerRuns() {
    return this.puppeteer.targets().some((target) => target.type() === 'service_worker' && target.url().startsWith(this.address('')));
  }

  /** What chrome://extensions holds against the extension: manifest and run-time errors, install warnings. */
  async complaints() {
    const page = await this.puppeteer.newPage();
    try {
      await page.goto('chrome://extensions/');
      return await page.evaluate(async (id) => {
        const info = await chrome.developerPrivate.getExtensionInfo(id);
        const errors = [...info.manifestErrors, ...info.runtimeErrors].map((error) => `${error.severity ?? ''} ${error.message}`);
        return [...errors, ...(info.installWarnings ?? [])];
      }, this.id);
    } finally {
      await page.close();
    }
  }

  /** Everything that the extension wrote to any console, and every error. */
  async console() {
    return this.#messages.filter((message) => !message.includes(NO_SECURITY_INFO));
  }

  /** Resolves when the person closes the browser. */
  async closed() {
    if (this.puppeteer.connected) await new Promise((done) => this.puppeteer.once('disconnected', done));
  }

  async close() {
    await this.puppeteer.close().catch(() => {});
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
