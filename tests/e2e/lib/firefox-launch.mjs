// Starts Firefox: its preferences, its throw-away profile, and whom it trusts.
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Builder } from 'selenium-webdriver';
import firefox from 'selenium-webdriver/firefox.js';
import { Zip } from 'selenium-webdriver/io/zip.js';
import { findProgram } from './find.mjs';
import { trustIn } from './trust.mjs';

/** The extension's address inside this profile; Firefox would draw one at random. */
export const UUID = '9a3c5f0e-6d1b-4c57-8e42-0f7b21d6a9c4';
/** The longest that a command of the driver may take, milliseconds: more than the longest limit set below. */
const LONGEST_COMMAND = 150_000;
const NAMES = ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** The extension's id, as its manifest says. */
export function idOf(extension) {
  return JSON.parse(readFileSync(path.join(extension, 'manifest.json'), 'utf8')).browser_specific_settings.gecko.id;
}

/**
 * Starts Firefox on the profile in `home`, its output in `log`; options as of openFirefox. The driver.
 * @param {{restore?: boolean}} options restore: with the tabs and the extension of the last time
 */
export async function launch(home, log, { demo, extension, preferences, headless, stays = false, restore = false }) {
  const profile = path.join(home, 'profile');
  const all = {
    'extensions.webextensions.uuids': JSON.stringify({ [idOf(extension)]: UUID }),
    // HTTPS-First is on by default (153) and would hide the site's own answer to http; a test that wants it asks.
    'dom.security.https_first': false,
    // What the extension writes to the console is read from the program's output.
    'devtools.console.stdout.content': true,
    'browser.dom.window.dump.enabled': true,
    // Files are saved where a test says, without a question.
    'browser.download.folderList': 2,
    'browser.download.alwaysOpenPanel': false,
    ...preferences,
  };
  if (demo) {
    if (!restore) trustIn(profile, demo.ca);
    // Firefox maps names to an address but not ports, so it goes through the demo's SOCKS proxy.
    Object.assign(all, {
      'network.proxy.type': 1,
      'network.proxy.socks': '127.0.0.1',
      'network.proxy.socks_port': demo.socksPort,
      'network.proxy.socks_version': 5,
      'network.proxy.socks_remote_dns': true,
    });
  }
  const options = new firefox.Options()
    .setBinary(findProgram('FIREFOX', NAMES, 'install Firefox'))
    .setAcceptInsecureCerts(false);
  if (stays) {
    mkdirSync(profile, { recursive: true });
    // In place, so that it is still there after a restart. Only a temporary add-on needs no signature
    // otherwise, and such a one is gone then.
    options.addArguments('-profile', profile);
    Object.assign(all, { 'xpinstall.signatures.required': false, 'browser.startup.page': restore ? 3 : 0 });
  } else if (demo) {
    options.setProfile(profile);
  }
  if (headless) options.addArguments('-headless');
  for (const [name, value] of Object.entries(all)) options.setPreference(name, value);
  writeFileSync(log, '', { flag: 'a' });
  const output = openSync(log, 'a');
  const service = new firefox.ServiceBuilder(findProgram('GECKODRIVER', ['geckodriver'], 'cargo install geckodriver'))
    .addArguments('--allow-system-access')
    .setStdio(['ignore', output, output]);
  try {
    const driver = await new Builder().forBrowser('firefox').setFirefoxOptions(options).setFirefoxService(service).build();
    await driver.manage().setTimeouts({ script: 120_000, pageLoad: 60_000 });
    return bounded(driver);
  } finally {
    closeSync(output);
  }
}

/** The driver, each of whose commands ends: the browser itself has a limit for scripts and pages, and none for the others. */
function bounded(driver) {
  const execute = driver.execute.bind(driver);
  driver.execute = async (command) => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`Firefox did not answer to '${command.getName()}' within ${LONGEST_COMMAND} ms`)), LONGEST_COMMAND);
    });
    try {
      return await Promise.race([execute(command), late]);
    } finally {
      clearTimeout(timer);
    }
  };
  return driver;
}

/** The extension as one file: Firefox installs a folder only for the time being. */
export async function packed(extension, home) {
  const file = path.join(home, 'extension.xpi');
  const zip = new Zip();
  await zip.addDir(extension);
  writeFileSync(file, await zip.toBuffer());
  return file;
}
