// The hosts that the traces are recorded on: one https and one http server on the real ports,
// so that no address in a trace holds a port.
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import tls from 'node:tls';

const GOOD = ['plain.test', 'redirect.test', 'hsts.test', 'cached.test', 'fresh.test', 'worker.test', 'one.test',
  'two.test', 'chain.test', 'www.chain.test', 'mixed.test', 'files.test', 'app.test', 'outer.test', 'inner.test', 'octets.test'];

const openssl = (dir, ...args) => execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });

/** A throw-away CA, a good leaf for every host, and one that has no right to its host. */
export function certificates(dir) {
  openssl(dir, 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=Trace CA', '-keyout', 'ca.key', '-out', 'ca.crt',
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  const leaf = (name, hosts) => {
    writeFileSync(join(dir, `${name}.ext`), `subjectAltName=${hosts.map((h) => `DNS:${h}`).join(',')}\n`
      + 'keyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n');
    openssl(dir, 'req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
      '-subj', `/CN=${hosts[0]}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    openssl(dir, 'x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial',
      '-days', '1', '-extfile', `${name}.ext`, '-out', `${name}.crt`);
  };
  leaf('good', GOOD);
  leaf('other', ['elsewhere.test']);
  const key = new X509Certificate(readFileSync(join(dir, 'good.crt'))).publicKey;
  const spki = createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest('base64');
  return { spki, ca: join(dir, 'ca.crt') };
}

const html = (body) => `<!doctype html><html lang="en"><title>trace</title><link rel="icon" href="data:,">${body}</html>`;
const page = (response, body, head = {}) => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...head });
  response.end(html(body));
};
const STS = { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' };
const pixel = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');

function answer(secure, request, response) {
  const host = request.headers.host;
  const { pathname: path } = new URL(request.url, 'http://x');
  if (path.endsWith('.gif')) {
    response.writeHead(200, { 'Content-Type': 'image/gif', 'Cache-Control': 'no-store', ...(secure ? STS : {}) });
    return response.end(pixel);
  }
  if (path.endsWith('.js')) {
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Service-Worker-Allowed': '/' });
    return response.end(path === '/worker.js'
      ? "onfetch = (e) => e.respondWith(new Response('<!doctype html><title>from worker</title>ok', {headers: {'Content-Type': 'text/html', 'Strict-Transport-Security': 'max-age=1'}}));"
        + 'oninstall = () => skipWaiting(); onactivate = (e) => e.waitUntil(clients.claim());'
      : 'document.title += ".";');
  }
  if (!secure && host === 'redirect.test') {
    response.writeHead(301, { Location: 'https://redirect.test/', ...STS, 'Set-Cookie': 'seen=1234; Path=/' });
    return response.end();
  }
  switch (host) {
    case 'plain.test':
      return page(response, '<img src="/a.gif" alt=""><script src="/a.js"></script>', { ...STS, 'Set-Cookie': [
        'sessionid=0123456789abcdef; Path=/; Secure; HttpOnly; SameSite=Lax', 'refused=1; SameSite=None', 'plain=22'] });
    case 'cached.test':
      return page(response, 'cached', { ...STS, 'Cache-Control': 'max-age=3600', 'Set-Cookie': 'c=1; Secure' });
    case 'fresh.test':
      if (request.headers['if-none-match'] === '"1"') {
        response.writeHead(304, { ETag: '"1"', ...STS, 'Set-Cookie': 'f=2; Secure' });
        return response.end();
      }
      return page(response, 'fresh', { ...STS, ETag: '"1"', 'Cache-Control': 'no-cache', 'Set-Cookie': 'f=1; Secure' });
    case 'worker.test':
      return page(response, "<script>navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)"
        + ".then(() => { document.title = 'registered'; });</script>", STS);
    case 'chain.test':
      response.writeHead(302, { Location: 'https://www.chain.test/', ...STS, 'Set-Cookie': 'hop=1; Secure; Domain=chain.test' });
      return response.end();
    case 'www.chain.test':
      if (path === '/home') return page(response, 'home', { ...STS, 'Set-Cookie': 'home=333; Secure' });
      response.writeHead(307, { Location: '/home', 'Set-Cookie': 'hop=2; Secure; Domain=chain.test' });
      return response.end();
    case 'mixed.test':
      return page(response, '<img src="http://plain.test/b.gif" alt=""><script src="http://plain.test/b.js"></script>'
        + '<img src="/c.gif" alt="">', STS);
    case 'files.test':
      if (path === '/file') {
        response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment; filename=a.bin', ...STS });
        return response.end('data');
      }
      if (path === '/nothing') { response.writeHead(204, STS); return response.end(); }
      return page(response, '<a id="file" href="/file">file</a> <a id="nothing" href="/nothing">nothing</a>', STS);
    case 'app.test':
      return page(response, "<script>history.pushState({}, '', '/next');</script>", STS);
    case 'outer.test':
      return page(response, '<iframe src="https://inner.test/"></iframe>', STS);
    case 'inner.test':
      return page(response, '<img src="https://plain.test/d.gif" alt="">', { 'Set-Cookie': 'in=1; Secure; SameSite=None; Partitioned' });
    case 'octets.test':
      // Node writes a character as an octet: the first value is UTF-8, the second is not.
      return page(response, 'octets', { Server: 'caf\u00c3\u00a9', 'X-Powered-By': 'caf\u00e9' });
    default:
      return page(response, `<p>${host}`, secure ? STS : {});
  }
}

/** Starts both servers; returns a function that stops them. */
export async function serve(dir) {
  const pair = (name) => ({ key: readFileSync(join(dir, `${name}.key`)), cert: readFileSync(join(dir, `${name}.crt`)) });
  const contexts = { good: tls.createSecureContext(pair('good')), other: tls.createSecureContext(pair('other')) };
  const secure = https.createServer(
    { ...pair('good'), SNICallback: (name, done) => done(null, GOOD.includes(name) ? contexts.good : contexts.other) },
    (request, response) => answer(true, request, response));
  const open = http.createServer((request, response) => answer(false, request, response));
  await Promise.all([[secure, 443], [open, 80]].map(([server, port]) => new Promise((ready, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', ready);
  })));
  return () => [secure, open].forEach((server) => { server.closeAllConnections(); server.close(); });
}
