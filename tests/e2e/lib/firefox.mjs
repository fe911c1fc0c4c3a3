// Real Firefox with the extension, by selenium and geckodriver. Same interface as chromium.mjs.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Builder, By, Key, error as errors } from 'selenium-webdriver';
import firefox from 'selenium-webdriver/firefox.js';
import { ROOT } from './demo.mjs';
import { findProgram } from './find.mjs';
import { trustIn } from './trust.mjs';
import { downloaded, eventually, readBadge, readOwnTab, readView, readViolations, walkByKeyboard } from './view.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The extension's address inside this profile; Firefox would draw one at random. */
const UUID = '9a3c5f0e-6d1b-4c57-8e42-0f7b21d6a9c4';
const NAMES = ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];
const POPUP = { width: 380, height: 600 };

/**
 * Opens Firefox with a fresh profile.
 * @param {object} options
 * @param {import('./demo.mjs').Demo} [options.demo] all names lead to it, and its CA is trusted; without it, the real network
 * @param {string} [options.extension] unpacked extension; dist/firefox if not given
 * @param {Record<string, string|number|boolean>} [options.preferences]
 * @param {boolean} [options.headless]
 */
export async function openFirefox({ demo, extension = path.join(ROOT, 'dist/firefox'), preferences = {}, headless = true } = {}) {
  const home = mkdtempSync(path.join(tmpdir(), 'https-audit-firefox-'));
  const profile = path.join(home, 'profile');
  const { id } = JSON.parse(readFileSync(path.join(extension, 'manifest.json'), 'utf8')).browser_specific_settings.gecko;
  const all = {
    'extensions.webextensions.uuids': JSON.stringify({ [id]: UUID }),
    // HTTPS-First is on by default (153) and would hide the site's own answer to http; a test that wants it asks.
    'dom.security.https_first': false,
    // What the extension writes to the console is read from the program's output.
    'devtools.console.stdout.content': true,
    'browser.dom.window.dump.enabled': true,
    // Files are saved where a test says, without a question.
    'browser.download.folderList': 2,
    'browser.download.alwaysOpenPanel': false,
    ...preferences,
  };
  if (demo) {
    trustIn(profile, demo.ca);
    // Firefox maps names to an address but not ports, so it goes through the demo's SOCKS proxy.
    Object.assign(all, {
      'network.proxy.type': 1,
      'network.proxy.socks': '127.0.0.1',
      'network.proxy.socks_port': demo.socksPort,
      'network.proxy.socks_version': 5,
      'network.proxy.socks_remote_dns': true,
    });
  }
  const options = new firefox.Options()
    .setBinary(findProgram('FIREFOX', NAMES, 'install Firefox'))
    .setAcceptInsecureCerts(false);
  if (demo) options.setProfile(profile);
  if (headless) options.addArguments('-headless');
  for (const [name, value] of Object.entries(all)) options.setPreference(name, value);
  const log = path.join(home, 'output.txt');
  writeFileSync(log, '');
  const output = openSync(log, 'a');
  const service = new firefox.ServiceBuilder(findProgram('GECKODRIVER', ['geckodriver'], 'cargo install geckodriver'))
    .addArguments('--allow-system-access')
    .setStdio(['ignore', output, output]);
  try {
    const driver = await new Builder().forBrowser('firefox').setFirefoxOptions(options).setFirefoxService(service).build();
    const self = new Firefox(driver, home, log);
    await driver.manage().setTimeouts({ script: 120_000, pageLoad: 60_000 });
    try {
      await driver.installAddon(extension, true);
      self.extensionId = id;
      if (headless) await driver.manage().window().setRect({ width: 1100, height: 800 });
    } catch (error) {
      await self.close();
      throw new Error(`Firefox did not load the extension: ${error.message}`);
    }
    return self;
  } finally {
    closeSync(output);
  }
}

/** A running Firefox. */
export class Firefox {
  name = 'firefox';
  #home;
  #log;
  #handles = new Map();

  constructor(driver, home, log) {
    /** selenium's driver, for what only Firefox can do. */
    this.driver = driver;
    this.#home = home;
    this.#log = log;
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
  async #openPage(address) {
    const before = new Set(await this.driver.getAllWindowHandles());
    await this.chrome(
      `gBrowser.selectedTab = gBrowser.addTab(arguments[0], {
         triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });`,
      address,
    );
    const handles = await eventually(() => this.driver.getAllWindowHandles(), (all) => all.some((handle) => !before.has(handle)));
    const handle = handles.find((candidate) => !before.has(candidate));
    if (!handle) throw new Error(`${address} did not open`);
    await this.driver.switchTo().window(handle);
    await eventually(() => this.driver.getCurrentUrl(), (url) => url === address);
    return handle;
  }

  /** Opens a tab: `{id}`, its id as the extension knows it. */
  async newTab() {
    const handle = await this.#openPage(this.address('popup.html'));
    // Left before it is ready, the page would complain of its aborted start.
    await eventually(() => this.#evaluate(readView), (view) => view.ready, 10_000);
    const id = await this.#evaluate(readOwnTab);
    this.#handles.set(id, handle);
    await this.driver.get('about:blank');
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
      await this.driver.switchTo().window(back ?? (await this.driver.getAllWindowHandles())[0]);
    }
  }

  /** The popup for a tab, read from `popup.html?tab=ID`; options as in chromium.mjs. */
  async popup(tab, { until = () => true, screenshot, axe = false, page = 'popup.html', ...look } = {}) {
    return this.#withPage(`${page}?tab=${tab.id}`, look, async () => {
      const view = await eventually(() => this.#evaluate(readView), until);
      if (screenshot) writeFileSync(screenshot, await this.driver.takeScreenshot(), 'base64');
      if (axe) {
        view.violations = await this.#evaluate(`async () => { ${AXE}; return (${readViolations})(); }`);
      }
      return view;
    });
  }

  /** The evidence that the popup's export button saves: its file's text. */
  async exportEvidence(tab) {
    const folder = mkdtempSync(path.join(this.#home, 'downloads-'));
    await this.chrome(`Services.prefs.setStringPref('browser.download.dir', arguments[0])`, folder);
    return this.#withPage(`popup.html?tab=${tab.id}`, {}, async () => {
      await this.driver.findElement(By.css('[data-export="evidence"]')).click();
      return downloaded(folder);
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

  /** Whether the event page runs. */
  async workerRuns() {
    return this.chrome(
      `const { extension } = WebExtensionPolicy.getByID(arguments[0]);
       return extension.backgroundState === 'running' || extension.backgroundState === 'starting';`,
      this.extensionId,
    );
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

  /** Everything that the extension wrote to any console, and every error. */
  async console() {
    const script = await this.chrome(
      `return Services.console.getMessageArray()
         .filter((message) => message instanceof Ci.nsIScriptError && message.sourceName.startsWith(arguments[0]))
         .map((message) => message.toString());`,
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
    await this.driver.quit().catch(() => {});
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
