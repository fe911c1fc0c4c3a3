// Keys, menus and the first page: what opens a page of the extension. Like every listener they are registered while the
// background's script is evaluated, or a sleeping background would not be woken for them.

import { api } from './listeners.js';

const AUDIT = 'audit';
const OPTIONS = 'options';

/** @param {chrome.tabs.Tab | undefined} tab */
async function openAudit(tab) {
  const shown = tab ?? (await api.tabs.query({ active: true, lastFocusedWindow: true }))[0];
  if (shown?.id === undefined) return;
  await api.tabs.create({ url: api.runtime.getURL(`audit.html?tab=${shown.id}`), index: shown.index + 1 });
}

async function makeMenus() {
  const { contextMenus, i18n, runtime } = api;
  // After an update those of the version before are still there.
  await contextMenus.removeAll();
  contextMenus.create({ id: AUDIT, title: i18n.getMessage('menu_audit'), contexts: ['action', 'page'] });
  // Chromium has such an entry of its own in the button's menu.
  if (runtime.getURL('').startsWith('moz-extension:')) {
    contextMenus.create({ id: OPTIONS, title: i18n.getMessage('menu_options'), contexts: ['action'] });
  }
}

/** Once, where a person installed it: neither for who loads it unpacked to work on it nor where an organisation did. */
async function welcome() {
  const { installType } = await api.management.getSelf();
  if (installType !== 'development' && installType !== 'admin') {
    await api.tabs.create({ url: api.runtime.getURL('welcome.html') });
  }
}

/** @param {Promise<unknown>} done */
const heed = (done) => void done.catch((error) => console.error('https-audit:', error));

/** Registers everything. */
export function offer() {
  const { commands, contextMenus, runtime } = api;
  commands.onCommand.addListener((command, tab) => {
    if (command === 'open-audit') heed(openAudit(tab));
  });
  contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (menuItemId === AUDIT) heed(openAudit(tab));
    else if (menuItemId === OPTIONS) heed(runtime.openOptionsPage());
  });
  runtime.onInstalled.addListener(({ reason }) => {
    heed(makeMenus());
    if (reason === 'install') heed(welcome());
  });
}
