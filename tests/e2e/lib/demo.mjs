// Starts and stops the demo site (crate/demo) and speaks with its control interface.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The program: as $HTTPS_AUDIT_DEMO says, else the release build, else the debug build. */
function program() {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target');
  const candidates = [process.env.HTTPS_AUDIT_DEMO, ...['release', 'debug'].map((kind) => path.join(target, kind, 'https-audit-demo'))];
  const found = candidates.find((candidate) => candidate && existsSync(candidate));
  if (!found) throw new Error('the demo site is not built: cargo build -p https-audit-demo');
  return found;
}

/**
 * Starts the demo site.
 * @returns {Promise<Demo>} once all its ports are open
 */
export async function startDemo() {
  const directory = mkdtempSync(path.join(tmpdir(), 'https-audit-demo-'));
  const child = spawn(program(), [directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the demo site ended with status ${code}`)));
  });
  const { value } = await Promise.race([lines.next(), failed]);
  failed.catch(() => {});
  return new Demo(child, directory, JSON.parse(value));
}

/** A running demo site. */
export class Demo {
  #child;

  constructor(child, directory, description) {
    this.#child = child;
    /** A temporary directory that goes with the demo; holds ca.pem. */
    this.directory = directory;
    /** Its ports: plain http, https, and the SOCKS 5 proxy that leads ports 80 and 443 of every name to them. */
    this.httpPort = description.http_port;
    this.httpsPort = description.https_port;
    this.socksPort = description.socks_port;
    /** The CA's certificate, PEM file. */
    this.ca = description.ca;
    /** For Chromium where it can not be given the CA. */
    this.spki = description.spki_sha256;
    /** `{name, about}` of every host. */
    this.hosts = description.hosts;
    this.control = description.control;
  }

  async #ask(method, target, body) {
    const response = await fetch(this.control + target, { method, body });
    if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${await response.text()}`);
    return response;
  }

  /**
   * Orders answers, octet for octet (a character U+0000 to U+00FF is an octet).
   * @param {{host: string, path: string, scheme?: string, status?: number, headers: string[], body?: string}[]} vectors
   */
  async order(vectors) {
    await this.#ask('PUT', '/vectors', JSON.stringify(vectors));
  }

  /**
   * Gives hosts certificates, before anyone connects to them.
   * @param {Record<string, 'good' | 'expired' | 'not-yet-valid' | 'untrusted' | 'self-signed' | 'name-mismatch' | 'no-tls'>} certificates by host
   */
  async certify(certificates) {
    await this.#ask('PUT', '/certificates', JSON.stringify(certificates));
  }

  /** Every request so far: `{scheme, method, host, target, fields}`. */
  async requests() {
    return (await this.#ask('GET', '/requests')).json();
  }

  /** Forgets the requests so far. */
  async forgetRequests() {
    await this.#ask('DELETE', '/requests');
  }

  /** Lets the answers go that wait at `/hold?key=KEY` of any host. */
  async release(key) {
    await this.#ask('POST', `/release?key=${key}`);
  }

  /** Waits until a request came that the predicate likes. */
  async requested(predicate, milliseconds = 10_000) {
    // The log is long where a page asks for thousands of things: the wait grows, or asking would be the load.
    let wait = 20;
    for (const end = Date.now() + milliseconds; Date.now() < end; wait = Math.min(wait * 2, 3_000)) {
      const found = (await this.requests()).find(predicate);
      if (found) return found;
      await new Promise((done) => setTimeout(done, wait));
    }
    throw new Error(`no such request within ${milliseconds} ms`);
  }

  /** Ends it and removes its directory. */
  async stop() {
    const gone = this.#child.exitCode === null ? new Promise((done) => this.#child.once('exit', done)) : undefined;
    this.#child.stdin.end();
    await gone;
    rmSync(this.directory, { recursive: true, force: true });
  }
}
