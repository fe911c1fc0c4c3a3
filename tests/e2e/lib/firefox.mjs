// Real Firefox with the extension, by selenium and geckodriver. Same interface as chromium.mjs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { By, Key, error as errors } from 'selenium-webdriver';
import { ROOT } from './demo.mjs';
import { UUID, idOf, launch, packed } from './firefox-launch.mjs';
import { FirefoxPage } from './page-firefox.mjs';
import { eventually, htmlFile, isProbeAsBefore, markProbe, readBadge, readOwnTab, readTabs, readView, readViolations, saveEvidence, walkByKeyboard } from './view.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A window in which somebody works with the audit page. */
const AUDIT = { width: 1280, height: 1000 };
const POPUP = { width: 380, height: 600 };

/**
 * Opens Firefox with a fresh profile.
 * @param {object} options
 * @param {import('./demo.mjs').Demo} [options.demo] all names lead to it, and its CA is trusted; without it, the real network
 * @param {string} [options.extension] unpacked extension; dist/firefox if not given
 * @param {Record<string, string|number|boolean>} [options.preferences]
 * @param {boolean} [options.headless]
 * @param {boolean} [options.stays] profile and extension outlive a restart
 */
export async function openFirefox({ demo, extension = path.join(ROOT, 'dist/firefox'), preferences = {}, headless = true, stays = false } = {}) {
  const home = mkdtempSync(path.join(tmpdir(), 'https-audit-firefox-'));
  return Firefox.connect(home, { demo, extension, preferences, headless, stays });
}

/** A running Firefox. */
export class Firefox {
  name = 'firefox';
  #home;
  #log;
  #options;
  #handles = new Map();
  /** A tab in a window that is not private, from which others are opened. */
  #base;

  constructor(home, options) {
    this.#home = home;
    this.#log = path.join(home, 'output.txt');
    this.#options = options;
    this.extensionId = idOf(options.extension);
  }

  static async connect(home, options) {
    const self = new Firefox(home, options);
    await self.#start();
    try {
      await self.driver.installAddon(options.stays ? await packed(options.extension, home) : options.extension, !options.stays);
      // Installed for good, as by a person, it opens its first page.
      if (options.stays) await self.#leaveWelcome();
    } catch (error) {
      await self.close();
      throw new Error(`Firefox did not load the extension: ${error.message}`);
    }
    return self;
  }

  async #start(restore = false) {
    /** selenium's driver, for what only Firefox can do. */
    this.driver = await launch(this.#home, this.#log, { ...this.#options, restore });
    this.#base = await this.driver.getWindowHandle();
    if (this.#options.headless && !restore) await this.driver.manage().window().setRect({ width: 1100, height: 800 });
  }

  async #leaveWelcome() {
    const shown = `return gBrowser.tabs.map((tab) => tab.linkedBrowser.currentURI.spec).includes(arguments[0]);`;
    const welcome = this.address('welcome.html');
    if (!(await eventually(() => this.chrome(shown, welcome), Boolean))) throw new Error('the first page does not open');
    await this.chrome(`gBrowser.removeTab(gBrowser.tabs.find((tab) => tab.linkedBrowser.currentURI.spec === arguments[0]));`, welcome);
    await this.driver.switchTo().window(this.#base);
  }

  /** Ends the browser and starts it again with the tabs that it had (`stays`): each is found again by `adopt`. */
  async restart() {
    await this.driver.quit();
    this.#handles.clear();
    await this.#start(true);
  }

  /** Address of a page of the extension. */
  address(page) {
    return `moz-extension://${UUID}/${page}`;
  }

  /** Runs script text with the browser's own privileges; `arguments` are the values given. */
  async chrome(script, ...args) {
    await this.driver.setContext('chrome');
    try {
      return await this.driver.executeScript(script, ...args);
    } finally {
      await this.driver.setContext('content');
    }
  }

  /** As chrome, for a script that calls the last of its arguments when it is done. */
  async chromeAsync(script, ...args) {
    await this.driver.setContext('chrome');
    try {
      return await this.driver.executeAsyncScript(script, ...args);
    } finally {
      await this.driver.setContext('content');
    }
  }

  /** Runs a function in the current page and waits for its promise; `browser` is the extension's in its pages. */
  async #evaluate(task, ...args) {
    // The driver's scripts run beside the page and not in it, so that the page's policy (no eval) holds; from
    // there the extension's interface is seen without the wrapper.
    const answer = await this.driver.executeAsyncScript(
      `const [args, done] = arguments;
       globalThis.browser ??= window.wrappedJSObject?.browser;
       const task = ${task};
       const give = (value) => done({ value: value === undefined ? null : JSON.stringify(value) });
       const fail = (reason) => done({ error: String(reason?.stack ?? reason) });
       try { Promise.resolve(task(...JSON.parse(args))).then(give, fail); } catch (reason) { fail(reason); }`,
      JSON.stringify(args),
    );
    if (answer.error) throw new Error(answer.error);
    return answer.value === null ? undefined : JSON.parse(answer.value);
  }

  /** Opens a page of the extension in a tab and switches to it; plain navigation to it is refused. */
  async #openPage(address, userContextId = 0) {
    const before = new Set(await this.driver.getAllWindowHandles());
    await this.chrome(
      `gBrowser.selectedTab = gBrowser.addTab(arguments[0], {
         triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal(), userContextId: arguments[1] });`,
      address,
      userContextId,
    );
    const handles = await eventually(() => this.driver.getAllWindowHandles(), (all) => all.some((handle) => !before.has(handle)));
    const handle = handles.find((candidate) => !before.has(candidate));
    if (!handle) throw new Error(`${address} did not open`);
    await this.driver.switchTo().window(handle);
    await eventually(() => this.driver.getCurrentUrl(), (url) => url === address);
    return handle;
  }

  /**
   * Opens a tab: `{id}`, its id as the extension knows it.
   * @param {{inWindow?: boolean, container?: number}} options inWindow: in a new window; container: its number
   */
  async newTab({ inWindow = false, container = 0 } = {}) {
    if (inWindow) await this.driver.switchTo().newWindow('window');
    else await this.driver.switchTo().window(this.#base);
    const handle = await this.#openPage(this.address('popup.html'), container);
    // Left before it is ready, the page would complain of its aborted start.
    await eventually(() => this.#evaluate(readView), (view) => view.ready, 10_000);
    const id = await this.#evaluate(readOwnTab);
    this.#handles.set(id, handle);
    await this.driver.get('about:blank');
    return { id };
  }

  /** Opens a tab in a private window of its own. The extension knows nothing of it, so the id is ours. */
  async newPrivateTab() {
    const before = new Set(await this.driver.getAllWindowHandles());
    await this.chrome(`OpenBrowserWindow({ private: true });`);
    const handles = await eventually(() => this.driver.getAllWindowHandles(), (all) => all.some((handle) => !before.has(handle)));
    const id = `private ${this.#handles.size}`;
    this.#handles.set(id, handles.find((handle) => !before.has(handle)));
    return { id };
  }

  /** The tab that shows this address and that nobody opened by newTab: the browser or a page did. */
  async adopt(url) {
    const known = new Set(this.#handles.values());
    const find = async () => {
      for (const handle of await this.driver.getAllWindowHandles()) {
        if (known.has(handle)) continue;
        await this.driver.switchTo().window(handle);
        if ((await this.driver.getCurrentUrl()) === url) return handle;
      }
      return undefined;
    };
    const handle = await eventually(find, (found) => found !== undefined);
    if (!handle) throw new Error(`no tab shows ${url}`);
    const { id } = (await this.inExtension(readTabs)).find((tab) => tab.url === url && !this.#handles.has(tab.id));
    this.#handles.set(id, handle);
    return { id };
  }

  async #switch(tab) {
    await this.driver.switchTo().window(this.#handles.get(tab.id));
  }

  async closeTab(tab) {
    await this.#switch(tab);
    await this.driver.close();
    this.#handles.delete(tab.id);
    await this.driver.switchTo().window((await this.driver.getAllWindowHandles())[0]);
  }

  /**
   * Goes to an address and waits until the page is loaded: `{url, error}`; a page that did not load is told
   * by its error and is no exception.
   */
  async visit(tab, url) {
    await this.#switch(tab);
    let error = null;
    try {
      await this.driver.get(url);
    } catch (reason) {
      // The driver refuses error pages; the browser shows them all the same.
      if (!(reason instanceof errors.WebDriverError)) throw reason;
      error = `${reason.name}: ${reason.message}`.split('\n')[0];
    }
    return { url: await this.driver.getCurrentUrl(), error };
  }

  /** Goes to an address without waiting for anything. */
  async go(tab, url) {
    await this.#switch(tab);
    await this.chrome(
      `gBrowser.selectedBrowser.loadURI(Services.io.newURI(arguments[0]), {
         triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });`,
      url,
    );
  }

  /** Waits until a tab shows the page of an address, whole or not. */
  async arrived(tab, url) {
    await this.#switch(tab);
    const shown = () => this.chrome('return gBrowser.selectedBrowser.currentURI.spec;');
    const there = await eventually(shown, (address) => address === url, 30_000);
    if (there !== url) throw new Error(`the tab shows ${there}`);
  }

  /** Clicks on the link that a selector names, and waits until the tab shows where it leads. */
  async follow(tab, selector, url) {
    await this.#switch(tab);
    await this.driver.findElement(By.css(selector)).click();
    await this.arrived(tab, url);
  }

  /** Gives up what is being loaded, as the stop button does. */
  async stop(tab) {
    await this.#switch(tab);
    await this.chrome('gBrowser.selectedBrowser.stop();');
  }

  /** Goes past the certificate error that the tab shows. */
  async overrideCertificate(tab, url) {
    await this.#switch(tab);
    // What the button of the error page calls.
    await this.driver.executeAsyncScript('document.addCertException(true).then(arguments[arguments.length - 1]);');
    return this.visit(tab, url);
  }

  async back(tab) {
    await this.#switch(tab);
    await this.driver.navigate().back();
  }

  async reload(tab) {
    await this.#switch(tab);
    await this.driver.navigate().refresh();
  }

  /** Runs a function in a tab's page. */
  async inTab(tab, task, ...args) {
    await this.#switch(tab);
    return this.#evaluate(task, ...args);
  }

  /** Opens a page of the extension beside the tabs, runs a task, closes it. */
  async #withPage(address, { theme = 'light', viewport = POPUP } = {}, task) {
    const back = await this.driver.getWindowHandle().catch(() => undefined);
    await this.driver.switchTo().window(this.#base);
    await this.chrome(`Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0])`, theme === 'dark' ? 0 : 1);
    await this.#openPage(this.address(address));
    try {
      // The popup is narrower than any window: the page's own area is made as wide as the popup.
      await this.chrome(
        `const { style } = gBrowser.selectedBrowser;
         style.setProperty('flex', 'none', 'important'); style.setProperty('align-self', 'start', 'important'); style.setProperty('justify-self', 'start', 'important');
         style.setProperty('width', arguments[0] + 'px', 'important'); style.setProperty('height', arguments[1] + 'px', 'important');`,
        viewport.width,
        viewport.height,
      );
      const ready = await eventually(() => this.#evaluate(readView), (view) => view.ready, 10_000);
      if (!ready.ready) throw new Error(`${address} is not ready: ${ready.text}`);
      return await task();
    } finally {
      await this.driver.close();
      // The task may have closed the tab that was in front before.
      const left = await this.driver.getAllWindowHandles();
      await this.driver.switchTo().window(left.includes(back) ? back : left[0]);
    }
  }

  /** Opens a page of the extension, hands it to a task (page-firefox.mjs) and closes it; options as in chromium.mjs. */
  async onPage(address, look, task) {
    const page = new FirefoxPage(this, { evaluate: (...of) => this.#evaluate(...of), click: (selector) => this.#click(selector) });
    return this.#withPage(address, { viewport: AUDIT, ...look }, () => task(page));
  }

  /** Opens a text as an HTML file, as somebody who was sent it, and runs a function in it. */
  async inDocument(html, task, ...args) {
    const back = await this.driver.getWindowHandle();
    await this.driver.switchTo().newWindow('tab');
    try {
      await this.driver.get(htmlFile(html));
      return await this.#evaluate(task, ...args);
    } finally {
      await this.driver.close();
      await this.driver.switchTo().window(back);
    }
  }

  /** The audit page in the panel of the developer tools that inspect a tab. */
  async inPanel(tab, task) {
    await this.#switch(tab);
    const evaluate = async (asked, ...args) => {
      const script = `const done = (value) => JSON.stringify(value ?? null);
        globalThis.browser ??= window.wrappedJSObject?.browser;
        return Promise.resolve((${asked})(...${JSON.stringify(args)})).then(done);`;
      const text = await this.chromeAsync(
        `const [id, script, done] = arguments;
         (async () => {
           const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
           const { gDevTools } = require('devtools/client/framework/devtools');
           const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, {});
           const ours = () => [...toolbox.additionalToolDefinitions.values()].find(({ label }) => label === 'HTTPS Audit')?.id;
           for (let waited = 0; waited < 80 && !ours(); waited += 1) await new Promise((next) => setTimeout(next, 100));
           if (!ours()) throw new Error('the developer tools have no such panel');
           await toolbox.selectTool(ours());
           const frames = () => [...toolbox.doc.querySelectorAll('iframe')].flatMap((frame) => [...frame.contentDocument.querySelectorAll('browser')]);
           const shown = () => frames().find((frame) => frame.currentURI.spec.includes('/audit.html'));
           for (let waited = 0; waited < 80 && !shown(); waited += 1) await new Promise((next) => setTimeout(next, 100));
           const actor = shown().browsingContext.currentWindowGlobal.getActor('MarionetteCommands');
           return actor.executeScript(script, [], { async: false, timeout: 10_000 });
         })().then(done, (reason) => done('!' + reason + reason.stack));`,
        this.extensionId,
        script,
      );
      if (text.startsWith('!')) throw new Error(text);
      return JSON.parse(text);
    };
    try {
      return await task({ evaluate, view: (until = () => true) => eventually(() => evaluate(readView), until) });
    } finally {
      await this.chromeAsync(
        `const done = arguments[arguments.length - 1];
         const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
         require('devtools/client/framework/devtools').gDevTools.closeToolboxForTab(gBrowser.selectedTab).then(() => done(), () => done());`,
      );
    }
  }

  /** The popup for a tab, read from `popup.html?tab=ID`; options as in chromium.mjs. */
  async popup(tab, { until = () => true, screenshot, axe = false, page = 'popup.html', evidence = false, ...look } = {}) {
    const view = await this.#withPage(`${page}?tab=${tab.id}`, look, async () => {
      const seen = await eventually(() => this.#evaluate(readView), until);
      if (screenshot) writeFileSync(screenshot, await this.driver.takeScreenshot(), 'base64');
      if (axe) {
        seen.violations = await this.#evaluate(`async () => { ${AXE}; return (${readViolations})(); }`);
      }
      return seen;
    });
    if (evidence) view.evidence = await this.exportEvidence(tab);
    return view;
  }

  /** The evidence that the audit page saves: its file's text. */
  async exportEvidence(tab) {
    return this.onPage(`audit.html?tab=${tab.id}`, {}, saveEvidence);
  }

  /** Clicks what a selector finds: again, where the page was drawn anew between finding it and the click. */
  async #click(selector, tries = 5) {
    try {
      const element = await this.driver.findElement(By.css(selector));
      // Out from under what stays at the top of a page.
      await this.driver.executeScript('arguments[0].scrollIntoView({ block: "center" });', element);
      await element.click();
    } catch (fault) {
      // Drawn anew meanwhile, or still being scrolled.
      const passes = fault instanceof errors.StaleElementReferenceError || fault instanceof errors.ElementClickInterceptedError;
      if (!passes || tries === 1) throw fault;
      await new Promise((done) => setTimeout(done, 200));
      await this.#click(selector, tries - 1);
    }
  }

  /** Orders the redirect check in a tab's popup and reads the popup when it has ended; `during`: while it runs. */
  async probe(tab, { screenshot, during = async () => {}, ...look } = {}) {
    return this.#withPage(`popup.html?tab=${tab.id}`, look, async () => {
      await this.#evaluate(markProbe);
      await this.#click('[data-action="probe"]');
      await eventually(() => this.#evaluate(isProbeAsBefore), (before) => !before, 3_000);
      await during((selector) => this.#click(selector));
      const view = await eventually(() => this.#evaluate(readView), ({ probe }) => probe !== 'running' && probe !== 'none', 60_000);
      if (screenshot) writeFileSync(screenshot, await this.driver.takeScreenshot(), 'base64');
      return view;
    });
  }

  /** Walks through a tab's popup by keyboard: `{verdicts, toggled, unreached}`. */
  async byKeyboard(tab) {
    const press = (key) => this.driver.actions().sendKeys(Key[key.toUpperCase()]).perform();
    return this.#withPage(`popup.html?tab=${tab.id}`, {}, () => walkByKeyboard((task) => this.#evaluate(task), press));
  }

  /** Badge and title of a tab: `{text, title}`. */
  async badge(tab) {
    return this.inExtension(readBadge, tab.id);
  }

  /** Runs a function in a page of the extension, where `browser` is the extension's. */
  async inExtension(task, ...args) {
    return this.#withPage('popup.html', {}, () => this.#evaluate(task, ...args));
  }

  /**
   * Runs a function in a page of the extension by its name, where the interface is the extension's.
   * @param {{theme?: 'light'|'dark', viewport?: object, screenshot?: string, axe?: boolean}} look axe: its violations are the answer
   */
  async inPage(name, task, { screenshot, axe = false, ...look } = {}, ...args) {
    return this.#withPage(name, look, async () => {
      const answer = await this.#evaluate(task, ...args);
      if (screenshot) writeFileSync(screenshot, await this.driver.takeScreenshot(), 'base64');
      return axe ? this.#evaluate(`async () => { ${AXE}; return (${readViolations})(); }`) : answer;
    });
  }

  /** Octets of the extensions' process after a collection, as about:memory reports them, wasm memory included. */
  async memory() {
    const { octets, wasm } = await this.chromeAsync(
      `const done = arguments[arguments.length - 1];
       const manager = Cc['@mozilla.org/memory-reporter-manager;1'].getService(Ci.nsIMemoryReporterManager);
       Services.obs.notifyObservers(null, 'child-gc-request');
       Services.obs.notifyObservers(null, 'child-cc-request');
       setTimeout(() => {
         let octets = 0;
         let wasm = 0;
         manager.getReports((process, path, kind, units, amount) => {
           if (!/extension/i.test(process) || units !== 0 || !path.startsWith('explicit/')) return;
           octets += amount;
           if (path.includes('wasm')) wasm += amount;
         }, null, () => done({ octets, wasm }), null, false);
       }, 500);`,
    );
    if (!(wasm > 0)) throw new Error(`no wasm memory is reported (${octets} octets in all)`);
    return octets;
  }

  /** Whether the event page runs. */
  async workerRuns() {
    return this.chrome(
      `const { extension } = WebExtensionPolicy.getByID(arguments[0]);
       return extension.backgroundState === 'running' || extension.backgroundState === 'starting';`,
      this.extensionId,
    );
  }

  /** Takes the network away from the browser, or gives it back. */
  async setOffline(offline) {
    await this.chrome('Services.io.offline = arguments[0];', offline);
  }

  /** Ends the event page, as Firefox does after a while of idleness. */
  async killWorker() {
    // Firefox would put it off while anything is under way; here the very point is to end it then. Told is
    // whether it ended, for the next event may have started it again already.
    const ended = await this.chromeAsync(
      `const [id, done] = arguments;
       const { extension } = WebExtensionPolicy.getByID(id);
       let ended = false;
       extension.once('shutdown-background-script', () => { ended = true; });
       extension.terminateBackground({ disableResetIdleForTest: true }).then(() => done(ended), (reason) => done(String(reason)));`,
      this.extensionId,
    );
    if (ended !== true) throw new Error(`the event page does not end: ${ended}`);
  }

  /** Loads the extension anew, as an update does: tabs that are open were loaded before it. */
  async reloadExtension() {
    await this.chromeAsync(
      `const [id, done] = arguments;
       const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
       AddonManager.getAddonByID(id).then((addon) => addon.reload()).then(done, (reason) => done(String(reason)));`,
      this.extensionId,
    );
    if (!(await eventually(() => this.workerRuns(), (runs) => runs))) throw new Error('the extension does not start again');
  }

  /** Switches the extension off or on, as the person does on about:addons. */
  async setEnabled(on) {
    await this.chromeAsync(
      `const [id, on, done] = arguments;
       const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
       AddonManager.getAddonByID(id).then((addon) => on ? addon.enable() : addon.disable()).then(() => done(), (reason) => done(String(reason)));`,
      this.extensionId,
      on,
    );
    if (on && !(await eventually(() => this.workerRuns(), (runs) => runs))) throw new Error('the extension does not start again');
  }

  /** Gives the extension access to all sites, or takes it, as the person does on about:addons. */
  async setAccess(on) {
    const failed = await this.chromeAsync(
      `const [id, on, done] = arguments;
       const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
       const { extension } = WebExtensionPolicy.getByID(id);
       ExtensionPermissions[on ? 'add' : 'remove'](id, { permissions: [], origins: ['<all_urls>'] }, extension)
         .then(() => done(null), (reason) => done(String(reason)));`,
      this.extensionId,
      on,
    );
    if (failed) throw new Error(failed);
  }

  /** Everything that the extension wrote to any console, and every error. */
  async console() {
    const script = await this.chrome(
      `return Services.console.getMessageArray()
         .filter((message) => message instanceof Ci.nsIScriptError && message.sourceName.startsWith(arguments[0]))
         .map((message) => message.toString())
         // Firefox says so of every popup that is closed before its question is answered.
         .filter((message) => !message.includes("Promise rejected after context unloaded: Actor 'Conduits' destroyed"));`,
      this.address(''),
    );
    // console.* of pages: their strings stand in quotes and their objects in brackets; Firefox's own
    // messages do not. Demo pages write nothing.
    const written = readFileSync(this.#log, 'utf8')
      .split('\n')
      .filter((line) => /^console\.\w+: ["(]/.test(line) && !line.includes('resource://'));
    return [...script, ...written];
  }

  /** Resolves when the person closes the browser. */
  async closed() {
    for (;;) {
      const open = await this.driver.getAllWindowHandles().then((handles) => handles.length > 0, () => false);
      if (!open) return;
      await new Promise((done) => setTimeout(done, 500));
    }
  }

  async close() {
    await this.driver?.quit().catch(() => {});
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
