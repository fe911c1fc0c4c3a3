// Real Chromium with the extension, by puppeteer. Same interface as firefox.mjs.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { launch, newHome } from './chromium-launch.mjs';
import { ROOT } from './demo.mjs';
import { ChromiumPage, printed } from './page-chromium.mjs';
import { extensionOctets } from './processes.mjs';
import { eventually, htmlFile, isProbeAsBefore, markProbe, readBadge, readOwnTab, readTabs, readView, readViolations, saveEvidence, walkByKeyboard } from './view.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The popup's size on screen is the page's own; this is the most that a browser gives it. */
const POPUP = { width: 380, height: 600 };
/** A window in which somebody works with the audit page. */
const AUDIT = { width: 1280, height: 1000 };
/**
 * Chromium's own remark, at each start, on a listener that asks for what only its flag gives. Nobody can know
 * whether the flag is on but by asking, and the remark can not be caught.
 */
const FLAG_IS_OFF = 'ExtraInfoSpec.securityInfo is allowed only with WebRequestSecurityInfo developer flag';
/**
 * Opens Chromium with a fresh profile.
 * @param {object} options
 * @param {import('./demo.mjs').Demo} [options.demo] all names lead to it, and its CA is trusted; without it, the real network
 * @param {string} [options.extension] unpacked extension; dist/chromium if not given
 * @param {string[]} [options.enable] features to switch on, such as WebRequestSecurityInfo, HttpsUpgrades
 * @param {boolean} [options.headless]
 */
export async function openChromium({ demo, extension = path.join(ROOT, 'dist/chromium'), enable = [], headless = true } = {}) {
  const home = newHome(demo);
  const options = { demo, extension, enable, headless };
  return Chromium.connect(home, options);
}

/** A running Chromium. */
export class Chromium {
  name = 'chromium';
  #home;
  #options;
  #messages = [];
  #pages = new Map();
  #sessions = new Map();

  constructor(home, options) {
    this.#home = home;
    this.#options = options;
  }

  static async connect(home, options) {
    const self = new Chromium(home, options);
    await self.#start(false);
    return self;
  }

  async #start(restore) {
    /** puppeteer's browser, for what only Chromium can do. */
    this.puppeteer = await launch(this.#home, { ...this.#options, restore });
    try {
      const [[id, extension]] = await eventually(() => this.puppeteer.extensions().then((all) => [...all]), (all) => all.length > 0);
      Object.assign(this, { id, extension });
    } catch (error) {
      await this.close();
      throw new Error(`Chromium did not load the extension: ${error.message}`);
    }
    await this.#developerMode();
    this.puppeteer.on('targetcreated', (target) => this.#listen(target));
    for (const target of this.puppeteer.targets()) await this.#listen(target);
  }

  /** Ends the browser and starts it again with the tabs that it had: each is found again by `adopt`. */
  async restart() {
    await this.puppeteer.close();
    // An extension can not write any more then, and may say so.
    this.#messages = this.#messages.filter((message) => !message.includes('The browser is shutting down'));
    this.#pages.clear();
    this.#sessions.clear();
    await this.#start(true);
  }

  /** Makes Chromium keep the errors that it would show on chrome://extensions. */
  async #developerMode() {
    await this.#manage(() => chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }));
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

  /** Opens a tab, in a new window if asked to: `{id}`, its id as the extension knows it. */
  async newTab({ inWindow = false } = {}) {
    const page = await this.puppeteer.newPage(inWindow ? { type: 'window' } : {});
    await page.goto(this.address('popup.html'));
    // Left before it is ready, the page would complain of its aborted start.
    await page.waitForSelector('html[data-ready]', { timeout: 10_000 });
    const id = await page.evaluate(readOwnTab);
    this.#pages.set(id, page);
    await page.goto('about:blank');
    return { id };
  }

  /** Opens a tab in a private window of its own. The extension knows nothing of it, so the id is ours. */
  async newPrivateTab() {
    const context = await this.puppeteer.createBrowserContext();
    const id = `private ${this.#pages.size}`;
    this.#pages.set(id, await context.newPage());
    return { id };
  }

  /** The tab that shows this address and that nobody opened by newTab: the browser or a page did. */
  async adopt(url) {
    const known = new Set(this.#pages.values());
    const find = async () => (await this.puppeteer.pages()).find((page) => page.url() === url && !known.has(page));
    const page = await eventually(find, (found) => found !== undefined);
    if (!page) throw new Error(`no tab shows ${url}`);
    const tabs = await eventually(() => this.inExtension(readTabs), (all) => all.some((tab) => tab.url === url && !this.#pages.has(tab.id)));
    const { id } = tabs.find((tab) => tab.url === url && !this.#pages.has(tab.id));
    this.#pages.set(id, page);
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

  /** Waits until a tab shows the page of an address, whole or not. */
  async arrived(tab, url) {
    // Asked in the page: puppeteer does not hear of a prerendered one that comes up.
    const shown = () => this.inTab(tab, () => location.href).catch(() => '');
    const there = await eventually(shown, (address) => address === url, 30_000);
    if (there !== url) throw new Error(`the tab shows ${there}`);
  }

  /** Clicks on the link that a selector names, and waits until the tab shows where it leads. */
  async follow(tab, selector, url) {
    // Clicks wait for a frame, and a tab that is not in front draws none.
    await this.page(tab).bringToFront();
    await this.page(tab).click(selector);
    await this.arrived(tab, url);
  }

  /** Gives up what is being loaded, as the stop button does. */
  async stop(tab) {
    const session = await this.page(tab).createCDPSession();
    await session.send('Page.stopLoading');
    await session.detach();
  }

  /** Goes past the certificate error that the tab shows. */
  async overrideCertificate(tab, url) {
    // The error page's own button ends headless Chromium 156; to the page and to extensions this is the same.
    const session = await this.page(tab).createCDPSession();
    await session.send('Security.setIgnoreCertificateErrors', { ignore: true });
    const visited = await this.visit(tab, url);
    await session.detach();
    return visited;
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
   * Opens a page of the extension, hands it to a task (page-chromium.mjs) and closes it.
   * @param {string} address such as `audit.html?tab=7`
   * @param {{theme?: 'light'|'dark', viewport?: {width: number, height: number}}} look
   */
  async onPage(address, look, task) {
    return this.#withPage(address, { viewport: AUDIT, ...look }, (page) => task(new ChromiumPage(page, this.puppeteer)));
  }

  /** Opens a text as an HTML file, as somebody who was sent it, and runs a function in it. */
  async inDocument(html, task, ...args) {
    const page = await this.puppeteer.newPage();
    try {
      await page.goto(htmlFile(html));
      return await page.evaluate(task, ...args);
    } finally {
      await page.close();
    }
  }

  /** A text as an HTML file on A4 paper: see page-chromium.mjs. */
  async printedDocument(html) {
    const page = await this.puppeteer.newPage();
    try {
      await page.goto(htmlFile(html));
      return await printed(page);
    } finally {
      await page.close();
    }
  }

  /** The audit page in the panel of the developer tools that inspect a tab. */
  async inPanel(tab, task) {
    const tools = await this.page(tab).openDevTools();
    try {
      const session = await tools.createCDPSession();
      const show = `(async () => {
        const UI = await import('./ui/legacy/legacy.js');
        const tabs = UI.InspectorView.InspectorView.instance().tabbedPane.tabIds();
        const panel = tabs.find((id) => id.startsWith('chrome-extension:') && id.endsWith('HTTPSAudit'));
        if (panel) await UI.ViewManager.ViewManager.instance().showView(panel);
        return Boolean(panel);
      })()`;
      const shown = async () => (await session.send('Runtime.evaluate', { expression: show, awaitPromise: true, returnByValue: true })).result.value;
      // One that was asked for before it is whole is not shown.
      const find = async () => (await shown()) && this.puppeteer.targets().find((target) => target.url() === this.address(`audit.html?tab=${tab.id}`));
      const target = await eventually(find, Boolean);
      if (!target) throw new Error('the developer tools show no such panel');
      const panel = await target.createCDPSession();
      const evaluate = async (task, ...args) => {
        const expression = `(${task})(...${JSON.stringify(args)})`;
        const { result, exceptionDetails } = await panel.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
      };
      return await task({ evaluate, view: (until = () => true) => eventually(() => evaluate(readView), until) });
    } finally {
      await tools.close();
    }
  }

  /**
   * The popup for a tab, read from `popup.html?tab=ID`.
   * @param {{until?: (view: object) => boolean, theme?: 'light'|'dark', screenshot?: string, axe?: boolean, page?: string, evidence?: boolean}} options
   *   until: read again for some seconds while this does not hold; evidence: the audit page saves it then
   */
  async popup(tab, { until = () => true, screenshot, axe = false, page: name = 'popup.html', evidence = false, ...look } = {}) {
    const view = await this.#withPage(`${name}?tab=${tab.id}`, look, async (page) => {
      const seen = await eventually(() => page.evaluate(readView), until);
      if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
      if (axe) {
        await page.evaluate(AXE);
        seen.violations = await page.evaluate(readViolations);
      }
      return seen;
    });
    if (evidence) view.evidence = await this.exportEvidence(tab);
    return view;
  }

  /** Opens the popup as a person does, by the toolbar button, and reads it. */
  async openPopup(tab, { until = () => true, screenshot } = {}) {
    const page = this.page(tab);
    await page.bringToFront();
    const address = this.address('popup.html');
    // An earlier press may have left a popup that this one closes.
    const created = [];
    const note = (target) => created.push(target);
    this.puppeteer.on('targetcreated', note);
    await this.extension.triggerAction(page);
    const target = await eventually(async () => created.find((candidate) => candidate.url() === address), Boolean);
    this.puppeteer.off('targetcreated', note);
    if (!target) throw new Error('the press opens no popup');
    // Its own session, not a page of puppeteer's: one that is taken up before the popup has a frame never gets one.
    const session = await target.createCDPSession();
    const evaluate = async (task) => {
      const { result } = await session.send('Runtime.evaluate', { expression: `(${task})()`, returnByValue: true, awaitPromise: true });
      return result.value;
    };
    const isReady = () => evaluate(() => document.documentElement?.hasAttribute('data-ready')).catch(() => false);
    if (!(await eventually(isReady, Boolean))) throw new Error('the popup does not come up');
    const view = await eventually(() => evaluate(readView), until);
    view.size = await evaluate(() => ({ width: innerWidth, height: innerHeight }));
    if (screenshot) writeFileSync(screenshot, (await session.send('Page.captureScreenshot')).data, 'base64');
    await evaluate(() => window.close()).catch(() => {});
    return view;
  }

  /** The evidence that the audit page saves: its file's text. */
  async exportEvidence(tab) {
    return this.onPage(`audit.html?tab=${tab.id}`, {}, saveEvidence);
  }

  /** Orders the redirect check in a tab's popup and reads the popup when it has ended; `during`: while it runs. */
  async probe(tab, { screenshot, during = async () => {}, ...look } = {}) {
    return this.#withPage(`popup.html?tab=${tab.id}`, look, async (page) => {
      await page.evaluate(markProbe);
      await page.locator('[data-action="probe"]').click();
      await eventually(() => page.evaluate(isProbeAsBefore), (before) => !before, 3_000);
      await during((selector) => page.locator(selector).click());
      const view = await eventually(() => page.evaluate(readView), ({ probe }) => probe !== 'running' && probe !== 'none', 60_000);
      if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
      return view;
    });
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

  /**
   * Runs a function in a page of the extension by its name, where the interface is the extension's.
   * @param {{theme?: 'light'|'dark', viewport?: object, screenshot?: string, axe?: boolean}} look axe: its violations are the answer
   */
  async inPage(name, task, { screenshot, axe = false, ...look } = {}, ...args) {
    return this.#withPage(name, look, async (page) => {
      const answer = await page.evaluate(task, ...args);
      if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
      if (!axe) return answer;
      await page.evaluate(AXE);
      return page.evaluate(readViolations);
    });
  }

  #workers() {
    return this.puppeteer.targets().filter((target) => target.type() === 'service_worker' && target.url().startsWith(this.address('')));
  }

  /** Takes the network away from the service worker, or gives it back. */
  async setOffline(offline) {
    for (const target of this.#workers()) {
      const session = this.#sessions.get(target);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    }
  }

  /** A worker does not end while anything but the one who ends it is attached. */
  async #detach() {
    for (const target of this.#workers()) await this.#sessions.get(target)?.detach().catch(() => {});
  }

  /** Ends the service worker, as Chromium does after a while. */
  async killWorker() {
    const running = this.#workers();
    if (running.length === 0) throw new Error('no service worker is running');
    await this.#detach();
    // An event may start the next at once: what counts is that these are gone.
    const left = () => running.filter((target) => this.#workers().includes(target));
    for (let attempt = 0; attempt < 3 && left().length > 0; attempt += 1) {
      for (const target of left()) await target.worker().then((worker) => worker?.close()).catch(() => {});
      await eventually(async () => left().length, (count) => count === 0, 3_000);
    }
    if (left().length > 0) throw new Error('the service worker does not end');
  }

  async #ended() {
    await eventually(async () => this.workerRuns(), (runs) => !runs);
    if (this.workerRuns()) throw new Error('the service worker does not end');
  }

  /** Loads the extension anew, as an update does: tabs that are open were loaded before it. */
  async reloadExtension() {
    await this.#detach();
    await this.#manage((id) => chrome.developerPrivate.reload(id, { failQuietly: false }));
    const [[id, extension]] = await eventually(() => this.puppeteer.extensions().then((all) => [...all]), (all) => all.length > 0);
    Object.assign(this, { id, extension });
    if (!(await eventually(async () => this.workerRuns(), (runs) => runs))) throw new Error('the extension does not start again');
  }

  /** Runs a function on chrome://extensions, where the browser's own interface for it is. */
  async #manage(task, ...args) {
    const page = await this.puppeteer.newPage();
    try {
      await page.goto('chrome://extensions/');
      return await page.evaluate(task, this.id, ...args);
    } finally {
      await page.close();
    }
  }

  /** Switches the extension off or on, as the person does on chrome://extensions. */
  async setEnabled(on) {
    await this.#detach();
    await this.#manage((id, enabled) => chrome.management.setEnabled(id, enabled), on);
    if (!on) {
      await this.#ended();
      return;
    }
    [[, this.extension]] = await eventually(() => this.puppeteer.extensions().then((all) => [...all]), (all) => all.length > 0);
    if (!(await eventually(async () => this.workerRuns(), (runs) => runs))) throw new Error('the extension does not start again');
  }

  /** Gives the extension access to all sites, or takes it, as the person does on chrome://extensions. */
  async setAccess(on) {
    await this.#manage((extensionId, hostAccess) => chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess }), on ? 'ON_ALL_SITES' : 'ON_CLICK');
  }

  /**
   * Octets of the extension's process after a collection, as the system counts them, wasm memory included. (To ask
   * V8 for the wasm memory, `Runtime.queryObjects`, makes about one worker in ten stop answering for good.)
   */
  async memory() {
    const worker = this.#workers().at(-1);
    if (!worker) throw new Error('no service worker is running');
    await this.#sessions.get(worker).send('HeapProfiler.collectGarbage');
    return extensionOctets(this.puppeteer.process().pid);
  }

  /** Whether the service worker runs. */
  workerRuns() {
    return this.#workers().length > 0;
  }

  /** What chrome://extensions holds against the extension: manifest and run-time errors, install warnings. */
  async complaints() {
    return this.#manage(async (id) => {
      const info = await chrome.developerPrivate.getExtensionInfo(id);
      const errors = [...info.manifestErrors, ...info.runtimeErrors].map((error) => `${error.severity ?? ''} ${error.message}`);
      return [...errors, ...(info.installWarnings ?? [])];
    });
  }

  /** Everything that the extension wrote to any console, and every error. */
  async console() {
    return this.#messages.filter((message) => !message.includes(FLAG_IS_OFF));
  }

  /** Resolves when the person closes the browser. */
  async closed() {
    if (this.puppeteer.connected) await new Promise((done) => this.puppeteer.once('disconnected', done));
  }

  async close() {
    await this.puppeteer?.close().catch(() => {});
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
