// Adds the panel to the developer tools: the audit page for the inspected tab.
const api = globalThis.browser ?? globalThis.chrome;

api.devtools.panels.create('HTTPS Audit', 'icons/icon-app-16.png', `audit.html?tab=${api.devtools.inspectedWindow.tabId}`);
