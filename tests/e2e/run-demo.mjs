#!/usr/bin/env node
// `./build.sh run`: opens a browser with the extension on the demo site and leaves it open; without a display,
// visits every demo host headless, prints a table and leaves screenshots and reports in target/demo/.
//
//   run-demo.mjs [--browser chromium|firefox] [--url URL] [--headless]
import { mkdirSync, rmSync } from 'node:fs';
import { platform } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { VISITS, shows } from './hosts.mjs';
import { BROWSERS, openBrowser } from './lib/browser.mjs';
import { ROOT, startDemo } from './lib/demo.mjs';
import { saveReports } from './lib/report.mjs';
import { eventually } from './lib/view.mjs';

const VERDICTS = ['https', 'hsts_preload', 'cookies'];

function options() {
  const { values } = parseArgs({
    options: { browser: { type: 'string', default: 'chromium' }, url: { type: 'string' }, headless: { type: 'boolean', default: false } },
  });
  if (!BROWSERS.includes(values.browser)) throw new Error(`--browser is one of ${BROWSERS.join(', ')}`);
  if (values.url && !/^https?:\/\//.test(values.url)) throw new Error('--url takes an address that begins with http:// or https://');
  const display = platform() !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return { ...values, headless: values.headless || !display };
}

/** Leaves the browser open until the person closes it. */
async function leaveOpen(browser, url) {
  const tab = await browser.newTab();
  await browser.visit(tab, url);
  console.log(`The browser is open at ${url}; click the icon of HTTPS Audit. This ends when you close the browser.`);
  await browser.closed();
}

/** Visits an address and leaves what the extension says about it. */
async function examine(browser, { url, name, expected }, folder) {
  const tab = await browser.newTab();
  const file = path.join(folder, name.replace(/[^\w.-]+/g, '_'));
  const visited = await browser.visit(tab, url);
  const until = (view) => (expected ? shows(view, expected) : VERDICTS.every((verdict) => verdict in view.statuses));
  const view = await browser.popup(tab, { until, screenshot: `${file}.light.png` });
  await browser.popup(tab, { theme: 'dark', screenshot: `${file}.dark.png` });
  saveReports(await browser.exportEvidence(tab), file);
  const badge = await eventually(() => browser.badge(tab), ({ title }) => /:/.test(title));
  await browser.closeTab(tab);
  return { name, expected, view, badge, visited };
}

function printTable(rows) {
  const cells = rows.map(({ name, expected, view }) => [
    name,
    ...VERDICTS.map((verdict) => {
      const status = view.statuses[verdict] ?? 'missing';
      return !expected || status === expected[verdict] ? status : `${status} (not ${expected[verdict]})`;
    }),
    !expected ? '' : shows(view, expected) ? 'as expected' : 'DIFFERS',
  ]);
  const table = [['host', ...VERDICTS, ''], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}

async function main() {
  const { browser: name, url, headless } = options();
  // A site of the person's own is on the real network; everything else leads to the demo.
  const demo = url ? undefined : await startDemo();
  let browser;
  try {
    browser = await openBrowser(name, { demo, headless });
    if (!headless) {
      await leaveOpen(browser, url ?? demo.control);
      return 0;
    }
    const folder = path.join(ROOT, 'target/demo', name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const visits = url ? [{ url, name: new URL(url).host }] : VISITS;
    const rows = [];
    for (const visit of visits) rows.push(await examine(browser, visit, folder));
    printTable(rows);
    const written = await browser.console();
    for (const line of written) console.log(`console: ${line}`);
    const wrong = rows.filter(({ expected, view }) => expected && !shows(view, expected)).length;
    console.log(`\n${rows.length} visits in ${name}, ${wrong} with other verdicts than expected. Screenshots and reports: ${path.relative(ROOT, folder)}/`);
    return wrong > 0 || written.length > 0 ? 1 : 0;
  } finally {
    await browser?.close();
    await demo?.stop();
  }
}

main().then(
  (status) => process.exit(status),
  (reason) => {
    console.error(`run: ${reason.message}`);
    process.exit(2);
  },
);
