// Every browser event that the background wants, in one fixed order.
//
// A worker that sleeps is woken only for listeners that are registered while its module is
// evaluated, so nothing here waits for anything. Events go out as the browser made them. What they
// mean is decided in Rust (https_audit_core::capture).
import { answer } from './bridge.js';

export const api = globalThis.browser ?? globalThis.chrome;

/** @type {chrome.webRequest.RequestFilter} */
const EVERYWHERE = { urls: ['<all_urls>'] };
/** @type {chrome.webRequest.RequestFilter} */
const PAGES = { ...EVERYWHERE, types: ['main_frame'] };
/** @type {chrome.webRequest.RequestFilter} */
const NO_TAB = { ...EVERYWHERE, types: ['xmlhttprequest'], tabId: -1 };

/**
 * Those of `wanted` that this browser offers: Firefox throws on a name it does not know.
 * @template {string} T
 * @param {Record<string, string> | undefined} options
 * @param {T[]} wanted
 */
const offered = (options, ...wanted) => {
  const known = Object.values(options ?? {});
  return wanted.filter((name) => known.includes(name));
};

/**
 * An event that came while the module was not up yet, and when, in milliseconds since the epoch.
 * @typedef {{event: string, details: {timeStamp?: number}, came: number}} Early
 */

/**
 * Events in the order in which they happened: to a worker that they woke the browser hands them in
 * any order, the answer before the redirect to it.
 * @param {Early[]} early
 */
export const inOrder = (early) =>
  early.toSorted((one, other) => (one.details.timeStamp ?? one.came) - (other.details.timeStamp ?? other.came));

/**
 * Registers everything.
 * @param {(event: string, details: object) => void} deliver
 */
export function listen(deliver) {
  const { webRequest, webNavigation, cookies, tabs, permissions, runtime, storage } = api;
  /** @param {string} event @returns {(details: object) => undefined} */
  const to = (event) => (details) => void deliver(event, details);
  const fields = offered(webRequest.OnHeadersReceivedOptions, 'responseHeaders', 'extraHeaders');
  const security = offered(webRequest.OnHeadersReceivedOptions, 'securityInfo', 'securityInfoRawDer');

  webRequest.onHeadersReceived.addListener(to('headersReceived'), EVERYWHERE, fields);
  if (webRequest.getSecurityInfo) {
    // Firefox tells about a connection only while a blocking listener holds the response. It
    // is also the one listener that Firefox waits for at start-up, so it asks for the fields too.
    // Firefox takes a promise here, which Chrome's types do not know.
    /** @returns {(details: chrome.webRequest.OnHeadersReceivedDetails) => any} */
    const telling = () => async (details) => {
      const securityInfo = await webRequest
        .getSecurityInfo(details.requestId, { certificateChain: true, rawDER: true })
        .catch(() => undefined);
      deliver('securityInfo', { ...details, securityInfo });
      return {};
    };
    webRequest.onHeadersReceived.addListener(telling(), PAGES, ['blocking', 'responseHeaders']);
    // The redirect check's own requests come from no tab.
    webRequest.onHeadersReceived.addListener(telling(), NO_TAB, ['blocking', 'responseHeaders']);
  } else if (security.length > 0) {
    // Chromium: a listener of its own, so that a refusal of these options loses nothing else.
    webRequest.onHeadersReceived.addListener(to('securityInfo'), PAGES, security);
  }
  webRequest.onBeforeRedirect.addListener(
    to('beforeRedirect'),
    EVERYWHERE,
    offered(webRequest.OnBeforeRedirectOptions, 'responseHeaders', 'extraHeaders'),
  );
  webRequest.onResponseStarted.addListener(to('responseStarted'), PAGES);
  webRequest.onCompleted.addListener(to('completed'), EVERYWHERE);
  // Firefox throws on any third argument here.
  webRequest.onErrorOccurred.addListener(to('errorOccurred'), EVERYWHERE);

  webNavigation.onBeforeNavigate.addListener(to('beforeNavigate'));
  webNavigation.onCommitted.addListener(to('committed'));
  webNavigation.onHistoryStateUpdated.addListener(to('historyStateUpdated'));
  webNavigation.onErrorOccurred.addListener(to('navigationError'));
  webNavigation.onTabReplaced.addListener(to('tabReplaced'));

  cookies.onChanged.addListener(to('cookieChanged'));
  tabs.onActivated.addListener(to('tabActivated'));
  tabs.onRemoved.addListener((tabId) => deliver('tabRemoved', { tabId }));
  permissions.onAdded.addListener(to('permissionsChanged'));
  permissions.onRemoved.addListener(to('permissionsChanged'));
  runtime.onMessage.addListener((message, { url }) => {
    // What runs in a page could send messages too.
    if (!url?.startsWith(runtime.getURL(''))) return undefined;
    if ('call' in message) return answer(api, message);
    deliver('holds' in message ? 'pageRead' : 'record' in message ? 'record' : 'probe', message);
    return undefined;
  });
  storage.local.onChanged.addListener(() => deliver('optionsChanged', {}));
  runtime.onInstalled.addListener(to('started'));
  runtime.onStartup.addListener(() => deliver('started', {}));
}
