// Host access, as a person gives it: in the browser's settings, and on the page of the extension that asks for it.
import { By } from 'selenium-webdriver';
import { eventually, readView } from './view.mjs';

const ACCESS_PAGE = 'access.html';

/** Gives access to one match pattern and to nothing else, or to nothing at all, as the settings of the browser do. */
export async function allowOnly(browser, pattern) {
  if (browser.name === 'chromium' && pattern === null) {
    await browser.setAccess(false);
    return;
  }
  if (browser.name === 'chromium') {
    await onExtensionsPage(browser, async (extensionId, site) => {
      await chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: 'ON_CLICK' });
      await chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: 'ON_SPECIFIC_SITES' });
      // What an earlier choice left comes back with the setting.
      const { permissions } = await chrome.developerPrivate.getExtensionInfo(extensionId);
      for (const { host, granted } of permissions.runtimeHostPermissions.hosts) {
        if (granted && host !== site) await chrome.developerPrivate.removeHostPermission(extensionId, host);
      }
      await chrome.developerPrivate.addHostPermission(extensionId, site);
    }, pattern);
    return;
  }
  const failed = await browser.chromeAsync(
    `const [id, pattern, done] = arguments;
     const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
     const { extension } = WebExtensionPolicy.getByID(id);
     (async () => {
       // The browser's own list, from which it takes one after the other.
       const origins = [...(await ExtensionPermissions.get(id)).origins];
       await ExtensionPermissions.remove(id, { permissions: [], origins }, extension);
       if (pattern !== null) await ExtensionPermissions.add(id, { permissions: [], origins: [pattern] }, extension);
     })().then(() => done(null), (reason) => done(String(reason)));`,
    browser.extensionId,
    pattern,
  );
  if (failed) throw new Error(failed);
}

async function onExtensionsPage(browser, task, ...args) {
  const page = await browser.puppeteer.newPage();
  try {
    await page.goto('chrome://extensions/');
    return await page.evaluate(task, browser.id, ...args);
  } finally {
    await page.close();
  }
}

/** The origins to which the extension has access. */
export const origins = (browser) => browser.inExtension(async () => (await (globalThis.browser ?? globalThis.chrome).permissions.getAll()).origins);

/**
 * From a tab's popup by its button to the page that asks, there the button `allow-site` or `allow-all`, the browser's
 * question answered with yes, and the button that leads back: `{page, asked, said}`.
 */
export async function askForAccess(browser, tab, choice) {
  return browser.name === 'chromium' ? askInChromium(browser, tab, choice) : askInFirefox(browser, tab, choice);
}

async function askInChromium(browser, tab, choice) {
  const popup = await browser.puppeteer.newPage();
  await popup.goto(browser.address(`popup.html?tab=${tab.id}`));
  await popup.waitForSelector('html[data-ready]', { timeout: 10_000 });
  await popup.click('[data-action="grant-access"]');
  const target = await browser.puppeteer.waitForTarget((candidate) => candidate.url().startsWith(browser.address(ACCESS_PAGE)), { timeout: 10_000 });
  const page = await target.page();
  await page.waitForSelector('html[data-ready]', { timeout: 10_000 });
  const before = await page.evaluate(readView);
  // Headless Chromium shows its question nowhere, and nothing can press a button in it. So what is asked, and that
  // the browser took it for the answer to a click, is seen here; the answer is given as its settings give it.
  await page.evaluate(() => {
    const { permissions } = chrome;
    const request = permissions.request.bind(permissions);
    permissions.request = (wanted) => {
      globalThis.asked = { wanted, active: navigator.userActivation.isActive };
      const answer = request(wanted);
      answer.catch((error) => { globalThis.asked.error = String(error); });
      return answer;
    };
  });
  await page.click(`[data-action="${choice}"]`);
  const asked = await eventually(() => page.evaluate(() => globalThis.asked), (value) => value !== undefined);
  if (!asked?.active) throw new Error(`the browser was not asked at the click: ${JSON.stringify(asked)}`);
  // A question that the browser refuses is refused at once; it waits for the person otherwise.
  await new Promise((done) => setTimeout(done, 300));
  const error = await page.evaluate(() => globalThis.asked.error);
  if (error) throw new Error(`the browser refused the question: ${error}`);
  const [pattern] = asked.wanted.origins;
  if (pattern === '<all_urls>') await browser.setAccess(true);
  else await allowOnly(browser, pattern);
  const after = await eventually(() => page.evaluate(readView), (view) => view?.text.includes('Allowed'));
  const gone = new Promise((done) => page.once('close', done));
  await page.click('[data-action="reload"]');
  await gone;
  await popup.close();
  return { before, after, asked: pattern };
}

async function askInFirefox(browser, tab, choice) {
  const { driver } = browser;
  // Firefox then gives what is asked for, as if the person had said yes.
  await browser.chrome(`Services.prefs.setBoolPref('extensions.webextOptionalPermissionPrompts', false)`);
  const known = new Set(await driver.getAllWindowHandles());
  await browser.chrome(
    `gBrowser.selectedTab = gBrowser.addTab(arguments[0], { triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });`,
    browser.address(`popup.html?tab=${tab.id}`),
  );
  const newHandle = async () => {
    const all = await eventually(() => driver.getAllWindowHandles(), (handles) => handles.some((handle) => !known.has(handle)));
    const handle = all.find((candidate) => !known.has(candidate));
    if (!handle) throw new Error('no page opened');
    known.add(handle);
    await driver.switchTo().window(handle);
    return handle;
  };
  const read = () => driver.executeScript(`return (${readView})();`);
  const popup = await newHandle();
  await eventually(read, (view) => view?.ready);
  await driver.findElement(By.css('[data-action="grant-access"]')).click();
  const page = await newHandle();
  const before = await eventually(read, (view) => view?.ready);
  const { searchParams } = new URL(await driver.getCurrentUrl());
  await driver.findElement(By.css(`[data-action="${choice}"]`)).click();
  const after = await eventually(read, (view) => view?.text.includes('Allowed'));
  await driver.findElement(By.css('[data-action="reload"]')).click();
  await eventually(() => driver.getAllWindowHandles(), (handles) => !handles.includes(page));
  await driver.switchTo().window(popup);
  await driver.close();
  await driver.switchTo().window((await driver.getAllWindowHandles())[0]);
  return { before, after, asked: choice === 'allow-site' ? searchParams.get('pattern') : '<all_urls>' };
}
