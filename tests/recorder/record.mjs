// Records tests/traces/{chromium,firefox}/NAME.jsonl from the real browsers.
//
//   node recorder/record.mjs [chromium|firefox] [NAME…]
//
// Needs openssl, certutil, geckodriver, both browsers, and the right to listen on ports 80 and 443.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import puppeteer from 'puppeteer-core';
import { Builder, By } from 'selenium-webdriver';
import firefox from 'selenium-webdriver/firefox.js';

import { SCENARIOS } from './scenarios.mjs';
import { certificates, serve } from './site.mjs';

const HERE = import.meta.dirname;
const SETTLE = 700;
const ID = 'recorder@https-audit.test';
const UUID = '0d9f2a51-7c3e-4b8e-9a55-6f1b7f2c1e10';

/** The recorder's own files, the product's listeners, and the browser's part of the manifest. */
function extension(dir, overlay) {
  cpSync(join(HERE, 'extension'), dir, { recursive: true });
  for (const script of ['listeners.js', 'page.js']) cpSync(join(HERE, '../../extension', script), join(dir, script));
  const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
  manifest.permissions.push(...(overlay.permissions ?? []));
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, ...overlay, permissions: manifest.permissions }));
  return dir;
}

async function chromium(work, { spki }) {
  const dir = extension(join(work, 'chromium'), { background: { service_worker: 'background.js', type: 'module' } });
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, pipe: true, enableExtensions: [dir],
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * 127.0.0.1',
      `--ignore-certificate-errors-spki-list=${spki}`, ...(process.env.CHROMIUM_ARGS?.split(' ') ?? [])],
  });
  const worker = await browser.waitForTarget((t) => t.type() === 'service_worker');
  const reader = await browser.newPage();
  await reader.goto(worker.url().replace('background.js', 'take.html'));
  const page = await browser.newPage();
  await browser.setDownloadBehavior?.({ policy: 'deny' });
  return {
    settings: 'chrome://version/',
    go: (url) => page.goto(url).catch(() => {}).then(() => sleep(SETTLE)),
    back: () => page.goBack().catch(() => {}).then(() => sleep(SETTLE)),
    click: async (selector) => {
      await page.evaluate((s) => document.querySelector(s).click(), selector);
      await sleep(SETTLE);
    },
    titled: (title) => page.waitForFunction((t) => document.title === t, {}, title),
    // Accepting by hand ends headless Chromium 156; --ignore-certificate-errors reads the same.
    override: (url) => page.goto(url).then(() => sleep(SETTLE)),
    take: () => reader.evaluate(() => globalThis.take()),
    close: () => browser.close(),
  };
}

async function firefoxDriver(work, { ca }) {
  const dir = extension(join(work, 'firefox'), {
    background: { scripts: ['background.js'], type: 'module' }, permissions: ['webRequestBlocking'],
    browser_specific_settings: { gecko: { id: ID } },
  });
  const xpi = join(work, 'recorder.xpi');
  execFileSync('python3', ['-m', 'zipfile', '-c', xpi, ...['background.js', 'listeners.js', 'page.js', 'take.html', 'take.js', 'manifest.json'].map((f) => join(dir, f))]);
  const profile = join(work, 'profile');
  mkdirSync(profile);
  execFileSync('certutil', ['-N', '-d', `sql:${profile}`, '--empty-password']);
  execFileSync('certutil', ['-A', '-d', `sql:${profile}`, '-n', 'trace', '-t', 'C,,', '-i', ca]);
  const options = new firefox.Options().setProfile(profile).addArguments('-headless')
    .setPreference('network.dns.forceResolve', '127.0.0.1')
    .setPreference('browser.download.dir', work).setPreference('browser.download.folderList', 2)
    .setPreference('extensions.webextensions.uuids', JSON.stringify({ [ID]: UUID }))
    .setAcceptInsecureCerts(false);
  const service = new firefox.ServiceBuilder(process.env.GECKODRIVER).addArguments('--allow-system-access');
  const driver = await new Builder().forBrowser('firefox').setFirefoxOptions(options).setFirefoxService(service).build();
  await driver.installAddon(xpi, true);
  const page = await driver.getWindowHandle();
  await driver.setContext('chrome');
  await driver.executeScript(`gBrowser.addTab('moz-extension://${UUID}/take.html',
    {triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal()});`);
  await driver.setContext('content');
  await sleep(1500);
  const reader = (await driver.getAllWindowHandles()).find((handle) => handle !== page);
  const onPage = (act) => async (...args) => {
    await driver.switchTo().window(page);
    await act(...args);
    await sleep(SETTLE);
  };
  return {
    settings: 'about:config',
    go: onPage((url) => driver.get(url).catch(() => {})),
    back: onPage(() => driver.navigate().back()),
    click: onPage((selector) => driver.findElement(By.css(selector)).click()),
    titled: onPage((title) => driver.wait(async () => (await driver.getTitle()) === title, 5000)),
    // What the button of the error page calls.
    override: onPage(async (url) => {
      await driver.executeAsyncScript('document.addCertException(true).then(arguments[arguments.length - 1]);');
      await driver.get(url);
    }),
    take: async () => {
      await driver.switchTo().window(reader);
      const trace = await driver.executeAsyncScript('globalThis.take().then(arguments[arguments.length - 1]);');
      await driver.switchTo().window(page);
      return trace;
    },
    close: () => driver.quit(),
  };
}

const [which, ...names] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'recorder-'));
const keys = certificates(work);
const stop = await serve(work);
try {
  for (const [name, launch] of Object.entries({ chromium, firefox: firefoxDriver })) {
    if (which && which !== name) continue;
    const out = join(HERE, '../traces', name);
    mkdirSync(out, { recursive: true });
    const driver = await launch(work, keys);
    try {
      for (const [scenario, act] of Object.entries(SCENARIOS)) {
        if (names.length > 0 && !names.includes(scenario)) continue;
        await driver.take();
        await act(driver);
        const trace = await driver.take();
        writeFileSync(join(out, `${scenario}.jsonl`), trace.map((line) => `${JSON.stringify(line)}\n`).join(''));
        console.log(`${name} ${scenario}: ${trace.length} events`);
        await driver.go('about:blank');
      }
    } finally {
      await driver.close();
    }
  }
} finally {
  stop();
  rmSync(work, { recursive: true, force: true });
}
