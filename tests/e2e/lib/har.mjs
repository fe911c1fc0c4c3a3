// HAR files as the browsers' own developer tools write them of one page load.
import { eventually } from './view.mjs';

/** What no HAR file of one page holds, with what is said instead: by verdict. */
export const NOT_IN_FILE = [
  { verdict: 'cookies', said: 'unknown', why: "the browser's jar", of: ({ expected }) => expected.cookies === 'pass' },
];

/** The statuses that a report has to have of a visit: the popup's, but for what the file does not hold. */
export function expectedOf(visit, more = []) {
  const weaker = [...NOT_IN_FILE, ...more].filter(({ of }) => of(visit)).map(({ verdict, said }) => [verdict, said]);
  return { ...visit.expected, ...Object.fromEntries(weaker) };
}

/** Of one report or several the one on the site that the tab shows. */
export function shownOf(report, visit) {
  const shown = report.reports?.find(({ site }) => site.host === visit.site) ?? report;
  if (shown.site?.host !== visit.site) throw new Error(`no report on ${visit.site}: ${JSON.stringify(report).slice(0, 500)}`);
  return shown;
}

/** The status of each verdict. */
export function statuses({ verdicts }) {
  return Object.fromEntries(Object.entries(verdicts).map(([verdict, { status }]) => [verdict, status]));
}

/**
 * Loads an address in a tab with the developer tools open, and exports what they saw.
 * @param {{sanitize?: boolean}} options sanitize: as Chromium's "Export HAR (sanitized)", without cookies and authorization
 * @returns {Promise<string>} the file's text
 */
export function recordHar(browser, tab, url, options = {}) {
  return browser.name === 'chromium' ? fromChromium(browser, tab, url, options) : fromFirefox(browser, tab, url);
}

async function fromChromium(browser, tab, url, { sanitize = false }) {
  const tools = await browser.page(tab).openDevTools();
  try {
    const session = await tools.createCDPSession();
    const run = async (expression) => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression: `(async () => { ${expression} })()`, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    const log = `const { NetworkLog } = await import('./models/logs/logs.js'); const requests = NetworkLog.NetworkLog.instance().requests();`;
    // The tools listen once they know the page, and have been told so by it.
    const listens = `${log} const { TargetManager, NetworkManager } = await import('./core/sdk/sdk.js');
      const page = TargetManager.TargetManager.instance().primaryPageTarget();
      if (!page?.model(NetworkManager.NetworkManager)) return false;
      return !(await page.networkAgent().invoke_enable({})).getError();`;
    if (!(await eventually(() => run(listens).catch(() => false), Boolean))) throw new Error('the developer tools do not listen');
    await browser.visit(tab, url);
    await eventually(() => run(`${log} return requests.length > 0 && requests.every((request) => request.finished || request.failed);`), Boolean);
    return await run(`${log} const { Writer } = await import('./models/har/har.js'); const { Progress } = await import('./core/common/common.js');
      const parts = []; await Writer.Writer.write({ write: async (part) => void parts.push(part) }, requests, { sanitize: ${sanitize} }, new Progress.Progress());
      return parts.join('');`);
  } finally {
    await tools.close();
  }
}

async function fromFirefox(browser, tab, url) {
  await browser.inTab(tab, () => true);
  const inTools = (script) =>
    browser.chromeAsync(
      `const done = arguments[arguments.length - 1];
       (async () => {
         const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
         const { gDevTools } = require('devtools/client/framework/devtools');
         ${script}
       })().then(done, (reason) => done('!' + reason + reason.stack));`,
    ).then((text) => {
      if (typeof text === 'string' && text.startsWith('!')) throw new Error(text);
      return text;
    });
  await inTools(`await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'netmonitor' }); return '';`);
  try {
    await browser.visit(tab, url);
    // A short wait of the tools' own: what they saw comes to them from another process.
    await new Promise((done) => setTimeout(done, 1000));
    return await inTools(`const toolbox = gDevTools.getToolboxForTab(gBrowser.selectedTab); return JSON.stringify({ log: await toolbox.getHARFromNetMonitor() }, null, 2);`);
  } finally {
    await inTools(`await gDevTools.closeToolboxForTab(gBrowser.selectedTab); return '';`);
  }
}
