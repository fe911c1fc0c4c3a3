// A throw-away certificate authority, made with openssl: roots, intermediates and certificates of servers in a folder.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './nginx.mjs';

const KEY = { ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'], rsa: ['rsa:2048'] };

/** Makes certificates in a folder; each has a name, and is `NAME.pem` with the key `NAME.key` there. */
export class Authority {
  constructor(directory) {
    this.directory = directory;
  }

  file(name) {
    return path.join(this.directory, name);
  }

  #openssl(args) {
    const { status, stderr } = run('openssl', args);
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
  }

  /** An authority: its own root, or with `by` an intermediate below one. */
  authority(name, { by } = {}) {
    return this.#make(name, { by, kind: 'ec', extensions: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign' });
  }

  /** A server's certificate for these hosts; without `by` it signs itself. */
  server(name, hosts, { by, kind = 'ec' } = {}) {
    const names = hosts.map((host) => `DNS:${host}`).join(',');
    return this.#make(name, { by, kind, extensions: `basicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=${names}` });
  }

  #make(name, { by, kind, extensions }) {
    const [request, settings] = [this.file(`${name}.csr`), this.file(`${name}.cnf`)];
    writeFileSync(settings, `${extensions}\n`);
    this.#openssl(['req', '-new', '-newkey', ...KEY[kind], '-nodes', '-subj', `/CN=${name}`, '-keyout', this.file(`${name}.key`), '-out', request]);
    const signer = by ? ['-CA', this.file(`${by}.pem`), '-CAkey', this.file(`${by}.key`), '-CAcreateserial'] : ['-signkey', this.file(`${name}.key`)];
    this.#openssl(['x509', '-req', '-in', request, ...signer, '-days', '90', '-extfile', settings, '-out', this.file(`${name}.pem`)]);
    return this.file(`${name}.pem`);
  }
}
