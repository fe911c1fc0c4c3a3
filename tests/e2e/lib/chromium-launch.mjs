// Starts Chromium: its switches, its throw-away profile, and whom it trusts.
import { mkdtempSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { findProgram } from './find.mjs';
import { trustIn } from './trust.mjs';

/** Under which names Chromium is looked for. */
export const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** A new home for a profile, which trusts the demo's CA and further ones where the system lets it. */
export function newHome(demo, more = []) {
  const home = mkdtempSync(path.join(tmpdir(), 'https-audit-chromium-'));
  // On Linux, Chromium reads the person's own authorities from a database in the home folder: with one of
  // its own it truly trusts the CA and tells bad certificates apart. Elsewhere it is told to overlook.
  if (demo && platform() === 'linux') trustIn(path.join(home, '.pki/nssdb'), demo.ca, more);
  return home;
}

/** By which rules all names lead to the demo, as `--host-resolver-rules` takes them. */
export function rulesOf(demo) {
  const to = { 443: demo.httpsPort, 8443: demo.httpsPort, 80: demo.httpPort, 8080: demo.httpPort };
  // Names that say so have a closed port or no address; nobody listens on port 1.
  const closed = Object.keys(to).map((port) => `MAP *closed${port}-*:${port} 127.0.0.1:1`);
  const open = Object.entries(to).map(([port, there]) => `MAP *:${port} 127.0.0.1:${there}`);
  return ['MAP www.wwwless-* ~NOTFOUND', 'MAP www.wwwclosed-*:443 127.0.0.1:1', ...closed, ...open].join(', ');
}

/**
 * Starts Chromium on the profile in `home`; options as of openChromium.
 * @param {{extension?: string, restore?: boolean}} options restore: with the tabs of the last time, and the extension that it had then
 */
export async function launch(home, { demo, extension, enable = [], headless = true, restore = false }) {
  // Off unless asked for, or no http answer would ever be seen.
  const disable = ['HttpsUpgrades', 'HttpsFirstBalancedMode', 'HttpsFirstBalancedModeAutoEnable'].filter((feature) => !enable.includes(feature));
  const args = [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${[...disable, 'DisableLoadExtensionCommandLineSwitch'].join(',')}`,
  ];
  if (restore) args.push('--restore-last-session', `--load-extension=${extension}`);
  if (enable.length) args.push(`--enable-features=${enable.join(',')}`);
  if (headless) args.push('--disable-gpu');
  // Chromium refuses its sandbox to root, as whom containers run.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  if (demo) {
    args.push(`--host-resolver-rules=${rulesOf(demo)}`);
    if (platform() !== 'linux') args.push(`--ignore-certificate-errors-spki-list=${demo.spki.join(',')}`);
  }
  return puppeteer.launch({
    executablePath: findProgram('CHROMIUM', NAMES, 'install Chromium'),
    headless,
    pipe: true,
    // Without one, the browser still has its extension system, as a person's has.
    enableExtensions: restore || !extension ? true : [extension],
    userDataDir: path.join(home, 'profile'),
    env: platform() === 'linux' ? { ...process.env, HOME: home } : process.env,
    args,
    defaultViewport: headless ? { width: 1100, height: 800 } : null,
  });
}
