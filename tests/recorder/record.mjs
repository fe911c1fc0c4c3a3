#!/usr/bin/env node
// Records tests/traces/{chromium,firefox}/ID.jsonl: the events of every situation (tests/e2e/situations/), by the same
// drivers on the same demo site, with a recorder in the place of the product.
//
//   node tests/recorder/record.mjs [chromium|firefox] [ID…]
//
// The first line of a trace tells what the browser tells when it is asked: which tab the situation is about, its
// address, and whether the extension has access to it.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BROWSERS, openBrowser } from '../e2e/lib/browser.mjs';
import { ROOT, startDemo } from '../e2e/lib/demo.mjs';
import { SETUPS, SITUATIONS, expectedIn } from '../e2e/situations/index.mjs';
import { stageOf } from '../e2e/situations/observe.mjs';

/** Enough to be many, few enough for a file that people can read. */
const TABS = 12;
/** Nothing is told for so long: the situation has come to rest. */
const REST = 700;

/** The product with another background and popup: same manifest, same listeners. */
function recorder(browser) {
  const folder = mkdtempSync(path.join(tmpdir(), `https-audit-recorder-${browser}-`));
  const product = path.join(ROOT, 'dist', browser);
  const manifest = JSON.parse(readFileSync(path.join(product, 'manifest.json'), 'utf8'));
  for (const key of ['default_locale', 'icons', 'commands', 'short_name', 'description']) delete manifest[key];
  Object.assign(manifest, { name: 'Event recorder', action: { default_popup: 'popup.html' } });
  for (const script of readdirSync(product).filter((name) => name.endsWith('.js'))) cpSync(path.join(product, script), path.join(folder, script));
  cpSync(path.join(ROOT, 'tests/recorder/extension'), folder, { recursive: true });
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** In a page of the recorder: the events so far, once none came for a while; from now on there are none. */
async function readAtRest(rest) {
  const { session } = (globalThis.browser ?? globalThis.chrome).storage;
  const read = async () => Object.entries(await session.get()).filter(([name]) => name.startsWith('event '));
  let [events, since] = [await read(), Date.now()];
  while (Date.now() - since < rest) {
    await new Promise((done) => setTimeout(done, 50));
    const now = await read();
    if (now.length !== events.length) since = Date.now();
    events = now;
  }
  await session.clear();
  return events.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, told]) => told);
}

/** The events so far, without the recorder's own pages. */
async function take(browser) {
  const own = browser.address('');
  const events = await browser.inExtension(readAtRest, REST);
  return events.filter(({ details }) => !details.url?.startsWith(own));
}

/** The events of tabs that showed something, and of none. */
function ofTabs(events, tab) {
  const showing = events.filter(({ details: { tabId, url } }) => tabId >= 0 && url !== undefined && url !== 'about:blank');
  const tabs = new Set([tab.id, -1, undefined, ...showing.map(({ details }) => details.tabId)]);
  return events.filter(({ details }) => tabs.has(details.tabId));
}

/** What is asked of the browser about a tab. */
const asked = (browser, tab) => browser.inExtension(async (id) => {
  const api = globalThis.browser ?? globalThis.chrome;
  const { url } = await api.tabs.get(id);
  return { tab: id, address: url ?? null, access: await api.permissions.contains({ origins: ['<all_urls>'] }) };
}, tab.id);

/** Reads the tab's page as the popup does when it is opened. */
const read = (browser, tab) => browser.inExtension(async (tabId) => {
  const api = globalThis.browser ?? globalThis.chrome;
  const [{ result, documentId }] = await api.scripting.executeScript({ target: { tabId }, files: ['page.js'] });
  await api.runtime.sendMessage({ tabId, documentId, ...result });
}, tab.id);

/** The trace as text, without ports and folders of this machine. */
function written(lines, demo) {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return text.replaceAll(demo.directory, '/demo').replaceAll(`:${demo.httpPort}`, ':8080').replaceAll(`:${demo.httpsPort}`, ':8443');
}

async function record(name, setup, situations) {
  const extension = recorder(name);
  const demo = await startDemo();
  let browser;
  try {
    browser = await openBrowser(name, { demo, extension, ...SETUPS[setup][name] });
    for (const situation of situations) {
      await take(browser);
      const stage = stageOf(situation, browser, demo, { tabs: TABS });
      const tab = await situation.act(stage);
      if (situation.read) await read(browser, tab);
      const events = await take(browser);
      const first = await asked(browser, tab);
      await situation.undo?.(stage);
      const kept = ofTabs(events, tab);
      const folder = path.join(ROOT, 'tests/traces', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `${situation.id}.jsonl`), written([first, ...kept], demo));
      console.log(`${name} ${situation.id}: ${kept.length} events`);
    }
  } finally {
    await browser?.close();
    await demo.stop();
    rmSync(extension, { recursive: true, force: true });
  }
}

const [first, ...rest] = process.argv.slice(2);
const browsers = BROWSERS.includes(first) ? [first] : BROWSERS;
const ids = BROWSERS.includes(first) ? rest : process.argv.slice(2);
for (const name of browsers) {
  for (const setup of Object.keys(SETUPS)) {
    const wanted = SITUATIONS.filter((situation) => (situation.setup ?? 'plain') === setup && !expectedIn(situation, name).cannot && (ids.length === 0 || ids.includes(situation.id)));
    if (wanted.length > 0) await record(name, setup, wanted);
  }
}
