// What Firefox has and @types/chrome does not know; for tests/tsconfig.json.

declare namespace chrome.webRequest {
  /** https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/webRequest/getSecurityInfo */
  function getSecurityInfo(
    requestId: string,
    options: { certificateChain?: boolean; rawDER?: boolean },
  ): Promise<object>;
}
