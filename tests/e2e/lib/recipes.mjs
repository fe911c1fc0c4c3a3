// Runs the recipes of docs/recipes/ as they are: `https-audit`, curl and the browsers are those that they would find, and all
// names lead to the demo site.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { programOfCommand } from './command.mjs';
import { NAMES, newHome, rulesOf } from './chromium-launch.mjs';
import { ROOT } from './demo.mjs';
import { findProgram } from './find.mjs';

const TOOLS = path.join(ROOT, 'target/tools');

export const RECIPES = path.join(ROOT, 'docs/recipes');

/** A folder in which recipes run. */
export class Kitchen {
  /** @param {import('./demo.mjs').Demo} demo */
  constructor(demo) {
    this.demo = demo;
    this.directory = mkdtempSync(path.join(tmpdir(), 'https-audit-recipes-'));
    mkdirSync(this.file('bin'));
    symlinkSync(programOfCommand(), this.file('bin/https-audit'));
    // curl's own settings: every name leads to the demo, whose CA it trusts.
    writeFileSync(this.file('.curlrc'), [
      `connect-to = ":80:127.0.0.1:${demo.httpPort}"`, `connect-to = ":443:127.0.0.1:${demo.httpsPort}"`, `cacert = "${demo.ca}"`, '',
    ].join('\n'));
  }

  file(name) {
    return path.join(this.directory, name);
  }

  /** Runs a program in the folder: `{status, stdout, stderr}`. */
  run(program, args, environment = {}, cwd = this.directory) {
    const { PATH, HOME, LANG } = process.env;
    const env = { PATH: `${this.file('bin')}${path.delimiter}${PATH}`, HOME, LANG, CURL_HOME: this.directory, ...environment };
    const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 26 });
    if (error) throw new Error(`${program}: ${error.message}`);
    return { status, stdout, stderr };
  }

  /** Runs the spec of Playwright on a site. */
  playwright(site, environment = {}) {
    if (!this.home) {
      this.home = newHome(this.demo);
      cpSync(path.join(RECIPES, 'https.spec.mjs'), this.file('https.spec.mjs'));
      // Modules are looked for beside the spec.
      symlinkSync(path.join(ROOT, 'tests/node_modules'), this.file('node_modules'));
      const launchOptions = {
        executablePath: findProgram('CHROMIUM', NAMES, 'install Chromium'),
        args: [`--host-resolver-rules=${rulesOf(this.demo)}`],
        env: { ...process.env, HOME: this.home },
        // Chromium refuses its sandbox to root, as whom containers run.
        chromiumSandbox: process.getuid?.() !== 0,
      };
      writeFileSync(this.file('playwright.config.mjs'), `export default ${JSON.stringify({ reporter: 'line', workers: 1, use: { launchOptions } })};\n`);
    }
    const program = path.join(ROOT, 'tests/node_modules/@playwright/test/cli.js');
    return this.run(process.execPath, [program, 'test'], { SITE: site, ...environment });
  }

  /** Runs the pytest on the Django site of tests/e2e/django, with these settings besides its own. */
  pytest(settings) {
    const site = path.join(ROOT, 'tests/e2e/django/site');
    // The live server serves the static files too.
    writeFileSync(this.file('site.json'), JSON.stringify({ settings: { STATIC_URL: '/static/', ...settings } }));
    writeFileSync(this.file('pytest.ini'), '[pytest]\n');
    cpSync(path.join(RECIPES, 'test_https.py'), this.file('test_https.py'));
    const packages = process.env.DJANGO_PACKAGES ?? path.join(TOOLS, 'django');
    const environment = { SITE: this.directory, PYTHONPATH: [packages, site].join(path.delimiter), PYTHONPYCACHEPREFIX: this.file('pycache') };
    return this.run(process.env.PYTHON ?? 'python3', ['-m', 'pytest', '-p', 'no:cacheprovider', '--ds=shop.settings', 'test_https.py'], environment);
  }

  remove() {
    for (const directory of [this.home, this.directory]) if (directory) rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs Python with the packages of one of the folders that scripts/setup.sh fills. */
export function python(folder, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(process.env.PYTHON ?? 'python3', args, {
    encoding: 'utf8', ...options, env: { ...process.env, PYTHONPATH: path.join(TOOLS, folder) },
  });
  if (error) throw new Error(`python3: ${error.message}`);
  return { status, stdout, stderr };
}

/** What a recipe in YAML holds. */
export function scripts(name) {
  const program = 'import json, sys; from ruamel.yaml import YAML; json.dump(YAML(typ="safe").load(open(sys.argv[1], encoding="utf-8")), sys.stdout)';
  const { status, stdout, stderr } = python('schemas', ['-c', program, path.join(RECIPES, name)]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
