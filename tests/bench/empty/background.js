// It does nothing. It runs, as that of HTTPS Audit does, so that the popup finds the extension's process there.
chrome.runtime.onInstalled.addListener(() => {});
