// HAR files as Playwright (recordHar) and mitmproxy (hardump) write them of one page load.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { chromium } from '@playwright/test';
import { NAMES, newHome, rulesOf } from './chromium-launch.mjs';
import { ROOT } from './demo.mjs';
import { findProgram } from './find.mjs';

const PACKAGES = path.join(ROOT, 'target/tools/mitmproxy');

/** A running mitmproxy, which trusts the demo's CA and leads all names to the demo. */
class Mitmproxy {
  #child;

  /** Starts it: done once its port is open and its own authority made. */
  static async start(demo) {
    const started = new Mitmproxy();
    started.directory = mkdtempSync(path.join(tmpdir(), 'https-audit-mitmproxy-'));
    /** The certificate of its authority, which a browser behind it has to trust. */
    started.ca = path.join(started.directory, 'mitmproxy-ca-cert.pem');
    const options = {
      confdir: started.directory,
      ssl_verify_upstream_trusted_ca: demo.ca,
      listen_host: '127.0.0.1',
      listen_port: 0,
      // It keeps what passes because of this, and would write it here as it ends.
      hardump: path.join(started.directory, 'at-the-end.har'),
      save_stream_filter: '!~d save.invalid',
    };
    const set = Object.entries(options).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    const program = 'from mitmproxy.tools.main import mitmdump; mitmdump()';
    const args = ['-c', program, '--quiet', '--scripts', path.join(ROOT, 'tests/e2e/lib/mitmproxy.py'), ...set];
    const env = { ...process.env, PYTHONPATH: PACKAGES, PYTHONDONTWRITEBYTECODE: '1', DEMO_HTTP: `${demo.httpPort}`, DEMO_HTTPS: `${demo.httpsPort}` };
    started.#child = spawn(process.env.PYTHON ?? 'python3', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    // Told only where it does not start: as it ends, it complains of connections that end with it.
    let said = '';
    started.#child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    const failed = new Promise((_, reject) => {
      started.#child.once('error', reject);
      started.#child.once('close', (code) => reject(new Error(`mitmproxy ended with status ${code}: ${said}`)));
    });
    failed.catch(() => {});
    const lines = createInterface({ input: started.#child.stdout })[Symbol.asyncIterator]();
    ({ port: started.port } = JSON.parse((await Promise.race([lines.next(), failed])).value));
    return started;
  }

  /** What passed since the last time. */
  async har() {
    const answer = await new Promise((done, failed) => {
      request({ host: '127.0.0.1', port: this.port, path: 'http://save.invalid/' }, done).once('error', failed).end();
    });
    return text(answer);
  }

  async stop() {
    if (this.#child.exitCode === null) {
      const gone = new Promise((done) => this.#child.once('exit', done));
      this.#child.kill('SIGTERM');
      await gone;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** One browser for both tools; every recording has a context of its own, with no cookies, no cache and no HSTS policies. */
export class Recorder {
  static async open(demo) {
    const opened = new Recorder();
    opened.mitmproxy = await Mitmproxy.start(demo);
    opened.home = newHome(demo, [opened.mitmproxy.ca]);
    opened.browser = await chromium.launch({
      executablePath: findProgram('CHROMIUM', NAMES, 'install Chromium'),
      args: [`--host-resolver-rules=${rulesOf(demo)}`],
      env: { ...process.env, HOME: opened.home },
      // Chromium refuses its sandbox to root, as whom containers run.
      chromiumSandbox: process.getuid?.() !== 0,
    });
    return opened;
  }

  /** The file that the tool writes of a page load. @param {'playwright' | 'mitmproxy'} tool */
  async record(tool, url) {
    const file = path.join(this.home, 'page.har');
    const proxied = tool === 'mitmproxy';
    const options = proxied ? { proxy: { server: `http://127.0.0.1:${this.mitmproxy.port}` } } : { recordHar: { path: file } };
    const context = await this.browser.newContext(options);
    const page = await context.newPage();
    // A certificate that is refused is what some pages are about.
    const refused = await page.goto(url).then(() => undefined, (error) => error);
    if (refused && !/ net::ERR_(CERT_|TUNNEL_|PROXY_|EMPTY_|CONNECTION_)/.test(refused.message)) throw refused;
    await context.close();
    return proxied ? this.mitmproxy.har() : readFileSync(file, 'utf8');
  }

  async close() {
    await this.browser?.close();
    await this.mitmproxy?.stop();
    if (this.home) rmSync(this.home, { recursive: true, force: true });
  }
}
