// A real Django (site/) under gunicorn behind a real nginx with TLS, on loopback ports.
//
// Nobody resolves the site's name: `request` connects to nginx and says the name in TLS and in Host, so that the site
// is https://shop-demo.com/ as in the evidence.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../lib/demo.mjs';
import { freePort } from '../lib/ports.mjs';

export const HOST = 'shop-demo.com';
export const PASSWORD = 'loopback-only';
const SITE = fileURLToPath(new URL('./site/', import.meta.url));
const PACKAGES = process.env.DJANGO_PACKAGES ?? path.join(ROOT, 'target/tools/django');
const PYTHON = process.env.PYTHON ?? 'python3';
const NGINX = process.env.NGINX ?? 'nginx';

/** What nginx has in its two server blocks where a test says nothing else. */
export const NGINX_LINES = {
  http: ['proxy_set_header Host $host;', 'proxy_set_header X-Forwarded-Proto $scheme;'],
  https: ['proxy_set_header Host $host;', 'proxy_set_header X-Forwarded-Proto $scheme;'],
};

function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (error) throw new Error(`${program}: ${error.message}`);
  return { status, text: stdout + stderr };
}

/** Waits until something listens, or throws what `log` says. */
async function listening(options, child, log) {
  for (let tries = 0; tries < 400; tries += 1) {
    if (child.exitCode !== null) throw new Error(`it ended: ${log()}`);
    const open = await new Promise((done) => {
      const socket = net.connect(options, () => done(true)).on('error', () => done(false));
      socket.on('close', () => done(false)).on('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(25);
  }
  throw new Error(`nothing listens: ${log()}`);
}

async function end(child) {
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}

/** Django and nginx, of which a test changes settings and configuration as it likes. */
export class Server {
  #gunicorn;
  #nginx;
  #running = { site: '', nginx: '' };

  /** Makes the certificate, and the database with its one person. */
  static async start() {
    const server = new Server();
    server.directory = mkdtempSync(path.join(tmpdir(), 'https-audit-django-'));
    // Started by root, nginx works as somebody else, who has to reach the socket in it.
    chmodSync(server.directory, 0o711);
    server.ports = { http: await freePort(), https: await freePort() };
    const made = run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30',
      '-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`,
      '-keyout', server.file('key.pem'), '-out', server.file('cert.pem')]);
    if (made.status !== 0) throw new Error(`openssl: ${made.text}`);
    server.#write('site.json', JSON.stringify({ settings: {} }));
    for (const args of [['migrate', '--verbosity', '0'], ['createsuperuser', '--noinput', '--username', 'person', '--email', 'person@shop-demo.com']]) {
      const { status, text } = server.manage(args, { DJANGO_SUPERUSER_PASSWORD: PASSWORD });
      if (status !== 0) throw new Error(`manage.py ${args[0]}: ${text}`);
    }
    return server;
  }

  file(name) {
    return path.join(this.directory, name);
  }

  #write(name, text) {
    writeFileSync(this.file(name), text);
  }

  get #environment() {
    const { PATH, HOME, LANG } = process.env;
    return { PATH, HOME, LANG, PYTHONPATH: PACKAGES, PYTHONDONTWRITEBYTECODE: '', PYTHONPYCACHEPREFIX: this.file('pycache'), SITE: this.directory };
  }

  /** Runs `manage.py`. */
  manage(args, environment = {}) {
    return run(PYTHON, ['manage.py', ...args], { cwd: SITE, env: { ...this.#environment, ...environment } });
  }

  /** The ids that `manage.py check --deploy` prints. */
  checkDeploy() {
    const { text } = this.manage(['check', '--deploy']);
    if (!/System check identified/.test(text)) throw new Error(`check --deploy: ${text}`);
    return [...new Set([...text.matchAll(/\((security\.[WE]\d+)\)/g)].map(([, id]) => id))].sort();
  }

  /**
   * Brings both up with these settings and this configuration; what has not changed goes on running.
   * @param {{settings?: object, without?: string[], lines?: string, nginx?: {http: string[], https: string[], outside?: string[]}}} wanted
   */
  async serve({ settings = {}, without = [], lines = '', nginx = NGINX_LINES }) {
    await Promise.all([this.#serveSite(JSON.stringify({ settings, without, lines })), this.#serveNginx(nginx)]);
  }

  async #serveSite(site) {
    if (this.#running.site === site) return;
    await end(this.#gunicorn);
    this.#write('site.json', site);
    const log = this.file('gunicorn.log');
    this.#gunicorn = spawn(PYTHON, ['-m', 'gunicorn', 'shop.wsgi', '--bind', `unix:${this.file('gunicorn.sock')}`, '--log-file', log], { cwd: SITE, env: this.#environment, stdio: 'ignore' });
    this.#running.site = site;
    await listening({ path: this.file('gunicorn.sock') }, this.#gunicorn, () => readFileSync(log, 'utf8'));
  }

  async #serveNginx({ http: plain, https: secure, outside = [] }) {
    const block = (listen, lines) => `  server {\n    listen 127.0.0.1:${listen};\n    server_name ${HOST};\n${
      lines.map((line) => `    ${line.replaceAll('\n', '\n    ')}\n`).join('')}    location / { proxy_pass http://app; }\n  }\n`;
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `  ${of}_temp_path ${this.file(`${of}_temp`)};\n`).join('');
    const configuration = `daemon off;\npid ${this.file('nginx.pid')};\nerror_log ${this.file('nginx.log')};\nevents {}\nhttp {\n  access_log off;\n${temporary}`
      + `  ssl_certificate ${this.file('cert.pem')};\n  ssl_certificate_key ${this.file('key.pem')};\n  upstream app { server unix:${this.file('gunicorn.sock')}; }\n${outside.map((line) => `  ${line}\n`).join('')}${
        block(this.ports.http, plain)}${block(`${this.ports.https} ssl`, secure)}}\n`;
    if (this.#running.nginx === configuration) return;
    await end(this.#nginx);
    this.#write('nginx.conf', configuration);
    const args = ['-e', this.file('nginx.log'), '-p', this.directory, '-c', this.file('nginx.conf')];
    const tested = run(NGINX, ['-t', ...args]);
    if (tested.status !== 0) throw new Error(`nginx -t: ${tested.text}\n${configuration}`);
    this.#nginx = spawn(NGINX, args, { stdio: 'ignore' });
    this.#running.nginx = configuration;
    await listening({ host: '127.0.0.1', port: this.ports.https }, this.#nginx, () => readFileSync(this.file('nginx.log'), 'utf8'));
  }

  /**
   * Asks nginx for an address of the site, and follows nothing.
   * @returns {Promise<{status: number, fields: {name: string, value: string}[], body: string, tls?: object}>}
   */
  async request(url, { method = 'GET', headers = {}, body = '' } = {}) {
    const { protocol, pathname, search, hostname } = new URL(url);
    const secure = protocol === 'https:';
    const options = {
      host: '127.0.0.1', port: secure ? this.ports.https : this.ports.http, path: pathname + search, method, agent: false,
      headers: { Host: hostname, Accept: 'text/html', ...(body ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) } : {}), ...headers },
      // What a test wants to see includes what is forbidden nowadays.
      ...(secure ? { servername: hostname, rejectUnauthorized: false, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
    };
    return new Promise((done, failed) => {
      const request = (secure ? https : http).request(options, (response) => {
        const { socket } = response;
        const tls = secure ? { protocol: socket.getProtocol(), cipher: socket.getCipher().standardName } : undefined;
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk)).on('error', failed).on('end', () => {
          const raw = response.rawHeaders;
          const fields = raw.filter((_, at) => at % 2 === 0).map((name, at) => ({ name, value: raw[2 * at + 1] }));
          done({ status: response.statusCode, fields, body: Buffer.concat(chunks).toString(), tls });
        });
      });
      request.on('error', failed).end(body);
    });
  }

  async stop() {
    await Promise.all([end(this.#gunicorn), end(this.#nginx)]);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
