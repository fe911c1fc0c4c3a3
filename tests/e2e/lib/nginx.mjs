// A real nginx on loopback ports, with a configuration that a test writes, and what the review takes it to do.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { ROOT } from './demo.mjs';
import { freePort } from './ports.mjs';

const NGINX = process.env.NGINX ?? 'nginx';

export function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  if (error) throw new Error(`${program}: ${error.message}`);
  return { status, stdout, stderr };
}

/** The example `nginx_facts` of crate/review: built by `cargo test`, or `cargo build -p https-audit-review --examples`. */
function program() {
  const target = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target');
  const found = [process.env.NGINX_FACTS, path.join(target, 'debug/examples/nginx_facts')].find((file) => file && existsSync(file));
  if (!found) throw new Error('nginx_facts is not built: cargo build -p https-audit-review --examples');
  return found;
}

/** What the review says of files: facts by server, or with `--review` the review. */
export function reviewed(files, ...options) {
  const { status, stdout, stderr } = run(program(), [...options, ...files]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A folder with certificates (RSA and ECDSA) and parameters, in which nginx runs one configuration after the other. */
export class Nginx {
  #child;

  static async make() {
    const nginx = new Nginx();
    nginx.directory = mkdtempSync(path.join(tmpdir(), 'https-audit-nginx-'));
    // Started by root, nginx works as somebody else.
    chmodSync(nginx.directory, 0o755);
    nginx.ports = { http: await freePort(), https: await freePort(), other: await freePort() };
    for (const [name, ...key] of [['rsa', 'rsa:2048'], ['ec', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']]) {
      const { status, stderr } = run('openssl', ['req', '-x509', '-newkey', ...key, '-nodes', '-days', '30', '-subj', '/CN=a.example',
        '-keyout', nginx.file(`${name}.key`), '-out', nginx.file(`${name}.pem`)]);
      if (status !== 0) throw new Error(`openssl: ${stderr}`);
    }
    const { status, stderr } = run('openssl', ['dhparam', '-dsaparam', '-out', nginx.file('dh.pem'), '2048']);
    if (status !== 0) throw new Error(`openssl: ${stderr}`);
    return nginx;
  }

  file(name) {
    return path.join(this.directory, name);
  }

  /** Writes files; `HTTP`, `HTTPS`, `OTHER`, `CERT`, `DHPARAM` and `WWW` in them become ports, lines of TLS and a folder. */
  write(files) {
    const certificates = ['rsa', 'ec'].map((name) => `ssl_certificate ${this.file(`${name}.pem`)}; ssl_certificate_key ${this.file(`${name}.key`)};`);
    const values = { HTTPS: this.ports.https, HTTP: this.ports.http, OTHER: this.ports.other, CERT: certificates.join(' '), DHPARAM: `ssl_dhparam ${this.file('dh.pem')};`, WWW: this.file('www') };
    mkdirSync(this.file('www'), { recursive: true });
    writeFileSync(this.file('www/index.html'), 'here');
    return Object.entries(files).map(([name, text]) => {
      mkdirSync(path.dirname(this.file(name)), { recursive: true });
      writeFileSync(this.file(name), text.replaceAll(/\b(HTTPS|HTTP|OTHER|CERT|DHPARAM|WWW)\b/g, (word) => values[word]));
      return this.file(name);
    });
  }

  #args(name) {
    return ['-e', this.file('error.log'), '-p', this.directory, '-c', this.file(name)];
  }

  /** What `nginx -t` says of a file. */
  test(name) {
    return run(NGINX, ['-t', ...this.#args(name)]);
  }

  /** Runs a configuration, and returns its files. */
  async serve(files) {
    await this.stop();
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${this.file(`${of}_temp`)};`).join(' ');
    const written = this.write({ ...files, 'run.conf': `daemon off; pid ${this.file('pid')}; events {}\nhttp { access_log off; ${temporary} include ${this.file('http.conf')}; }\n` });
    const { status, stderr } = this.test('run.conf');
    if (status !== 0) throw new Error(`nginx -t: ${stderr}`);
    this.#child = spawn(NGINX, this.#args('run.conf'), { stdio: 'ignore' });
    for (let tries = 0; ; tries += 1) {
      const open = await new Promise((done) => {
        const socket = net.connect(this.ports.https, '127.0.0.1', () => { socket.destroy(); done(true); }).on('error', () => done(false));
      });
      if (open) return written;
      if (tries > 400 || this.#child.exitCode !== null) throw new Error(`nginx: ${readFileSync(this.file('error.log'), 'utf8')}`);
      await sleep(25);
    }
  }

  /** One response: its status and its fields, names in lower case, in order. */
  async get(address, { secure = true, host = 'a.example', headers = {}, port = secure ? this.ports.https : this.ports.http } = {}) {
    return new Promise((done, failed) => {
      const options = { host: '127.0.0.1', port, path: address, agent: false, headers: { Host: host, ...headers }, ...(secure ? { servername: host, rejectUnauthorized: false } : {}) };
      (secure ? https : http).request(options, (response) => {
        const raw = response.rawHeaders;
        const fields = raw.filter((_, at) => at % 2 === 0).map((name, at) => [name.toLowerCase(), raw[2 * at + 1]]);
        response.resume().on('error', failed).on('end', () => done({ status: response.statusCode, fields }));
      }).on('error', failed).end();
    });
  }

  /** Whether a handshake with these options succeeds. */
  async shakesHands(options, host = 'a.example', port = this.ports.https) {
    return new Promise((done) => {
      const socket = tls.connect({ host: '127.0.0.1', port, servername: host, rejectUnauthorized: false, ...options }, () => { socket.destroy(); done(true); });
      socket.on('error', () => done(false));
    });
  }

  async stop() {
    if (!this.#child || this.#child.exitCode !== null) return;
    const ended = new Promise((done) => this.#child.once('exit', done));
    this.#child.kill('SIGTERM');
    await ended;
  }

  async end() {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
