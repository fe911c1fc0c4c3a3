// One site in two shapes: as MDN HTTP Observatory's retriever would hand it to the analysers, and as our evidence.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxiosHeaders } from 'axios';
import { JSDOM } from 'jsdom';
import { CookieJar } from 'tough-cookie';
import { HTML_TYPES, Requests } from '@mdn/mdn-http-observatory/src/types.js';
import { parseHttpEquivHeaders } from '@mdn/mdn-http-observatory/src/retriever/utils.js';

/**
 * @typedef {object} Site
 * @property {string} host
 * @property {[string, string][]} headers of the page, in order
 * @property {string} html what the page's document holds, whatever its type
 * @property {string} http how `http://HOST/` leads on
 * @property {string} https `good`, `refused` or `bad-certificate`
 * @property {number} status
 * @property {[string, string][] | null} before the head of a redirect before the page
 * @property {{ origin: string, credentials?: string } | null} cors what answers a request with an Origin
 */

/** The Origin with which the Observatory asks. */
export const ORIGIN = 'https://http-observatory.security.mozilla.org';
const AT = 1_795_348_000_000;

/** Fields of which Node keeps the first alone; others it joins (`http.IncomingMessage.headers`). */
const FIRST_ONLY = new Set(['age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent']);

/** @param {[string, string][]} lines */
const asNode = (lines) => {
  /** @type {Record<string, any>} */
  const headers = {};
  for (const [name, value] of lines) {
    const key = name.toLowerCase();
    const text = value.replace(/^[ \t]+|[ \t]+$/g, '');
    if (key === 'set-cookie') (headers[key] ??= []).push(text);
    else if (!(key in headers)) headers[key] = text;
    else if (!FIRST_ONLY.has(key)) headers[key] += `, ${text}`;
  }
  return new AxiosHeaders(headers);
};

/** The requests of http and what each leads to: `[url, status, to]`. @param {Site} site */
const httpRoute = ({ host, http, status, https, before }) => {
  const page = [`https://${host}/`, ...(before ? [`https://${host}/home`] : [])];
  const own = `http://${host}/`;
  const ends = /** @type {[string, number, string | null][]} */ (page.map((url, at) => [url, at + 1 < page.length ? 302 : status, page[at + 1] ?? null]));
  const code = http === 'temporary' ? 302 : 301;
  /** @type {Record<string, [string, number, string | null][]>} */
  const routes = {
    refused: [],
    stays: [[own, https === 'refused' ? status : 200, null]],
    'www-first': [[own, code, `http://www.${host}/`], [`http://www.${host}/`, code, page[0]], ...ends],
    'http-first': [[own, code, `${own}login`], [`${own}login`, code, page[0]], ...ends],
    'back-to-http': [[own, code, page[0]], [page[0], 302, `${own}plain`], [`${own}plain`, 200, null]],
    'other-host': [[own, code, 'https://id.other-demo.org/'], ['https://id.other-demo.org/', 302, page[0]], ...ends],
    'two-steps': [[own, code, `https://${host}/start`], [`https://${host}/start`, 302, page[0]], ...ends],
  };
  return routes[http] ?? [[own, code, page[0]], ...ends];
};

/** The Observatory's `Requests`. @param {Site} site */
export const asRequests = (site) => {
  const { host, headers, html, status, https, before, cors } = site;
  const requests = new Requests(host);
  const scheme = https === 'refused' ? 'http' : 'https';
  const url = new URL(`${scheme}://${host}/`);
  const response = (/** @type {[string, string][]} */ lines, code = status) => ({ status: code, headers: asNode(lines), verified: https !== 'bad-certificate', request: { headers: {} } });
  const route = httpRoute(site);
  requests.responses.httpRedirects = route.map(([address, code]) => ({ url: new URL(address), status: code }));
  requests.responses.httpsRedirects = requests.responses.httpRedirects;
  requests.responses.http = route.length > 0 ? response(headers, route.at(-1)?.[1]) : null;
  requests.responses.https = https === 'refused' ? null : response(headers);
  const auto = response(headers);
  requests.responses.auto = auto;
  const jar = new CookieJar();
  const hops = before && scheme === 'https' ? [[`${scheme}://${host}/`, before], [`${scheme}://${host}/home`, headers]] : [[url.href, headers]];
  for (const [address, lines] of hops) {
    for (const [name, value] of lines) {
      if (name.toLowerCase() === 'set-cookie') jar.setCookieSync(value, address, { ignoreError: true });
    }
  }
  requests.session = { url, jar };
  requests.resources.path = html;
  const html_type = HTML_TYPES.has(auto.headers['content-type']?.split(';')[0]);
  auto.httpEquiv = html_type && html ? parseHttpEquivHeaders(html, url.href) : new Map();
  const allowed = cors && { ...cors, origin: cors.origin === 'ECHO' ? ORIGIN : cors.origin };
  /** @type {[string, string][]} */
  const answer = allowed ? [['Access-Control-Allow-Origin', allowed.origin], ...(allowed.credentials ? [/** @type {[string, string]} */ (['Access-Control-Allow-Credentials', allowed.credentials])] : [])] : [];
  requests.responses.cors = { ...response(answer, 204), request: { headers: { Origin: ORIGIN } } };
  return { requests, answer };
};

const PAGE_JS = readFileSync(fileURLToPath(new URL('../../../extension/page.js', import.meta.url)), 'utf8');

/** What the extension's own script reads in the page: the lines of evidence. @param {string} html @param {string} url */
const documentLines = (html, url) => {
  const { window } = new JSDOM(html, { url, runScripts: 'outside-only' });
  // Younger than jsdom.
  window.TextEncoder = TextEncoder;
  window.eval('URL.parse ??= (text, base) => { try { return new URL(text, base); } catch { return null; } }');
  return window.eval(PAGE_JS).holds.split('\n');
};

/** Our evidence. @param {Site} site @param {[string, string][]} answer what answered the request with an Origin */
export const asEvidence = (site, answer) => {
  const { host, headers, html, status, https, before } = site;
  let at = AT;
  const secure = {
    state: https === 'bad-certificate' ? 'broken' : 'secure', stated: true, ...(https === 'bad-certificate' ? { overridden: 'untrusted' } : {}),
    ...Object.fromEntries(['protocol', 'cipher_suite', 'key_exchange_group', 'signature_scheme', 'encrypted_client_hello', 'transparency', 'certificates'].map((key) => [key, { unseen: 'not-exposed-by-this-browser' }])),
  };
  const exchange = (/** @type {string} */ url, /** @type {number} */ code, /** @type {[string, string][]} */ lines, /** @type {string | null} */ to) => ({
    url, method: 'GET', kind: 'main-frame', at: (at += 10),
    response: { seen: { status: code, fields: lines.map(([name, value]) => ({ name, value: value.replace(/^[ \t]+|[ \t]+$/g, '') })) } },
    ...(to ? { redirect: { to, cause: 'server' } } : {}),
    connection: { seen: url.startsWith('https:') ? secure : { ...secure, state: 'insecure', stated: true } },
  });
  const scheme = https === 'refused' ? 'http' : 'https';
  const route = httpRoute(site);
  const failure = (/** @type {string} */ url) => ({ url, error: 'net::ERR_CONNECTION_REFUSED', at: (at += 10) });
  const plain = scheme === 'https' ? route.map(([url, code, to]) => exchange(url, code, [], to)) : [];
  const failures = [...(route.length === 0 ? [failure(`http://${host}/`)] : []), ...(https === 'refused' ? [failure(`https://${host}/`)] : [])];
  at += 10_000;
  const began = at;
  const start = `${scheme}://${host}/`;
  const load = before && scheme === 'https'
    ? [exchange(start, 302, before, `${start}home`), exchange(`${start}home`, status, headers, null)]
    : [exchange(start, status, headers, null)];
  const page = load[load.length - 1].url;
  const asked = { ...exchange(page, 204, answer, null), method: 'OPTIONS', kind: 'fetch', initiator: ORIGIN };
  return {
    schema: 'https-audit/evidence@1', recorder: { name: 'oracle', browser: { engine: 'chromium', version: '156' } },
    visits: [{ url: page, began_at: began, watched: { seen: null }, exchanges: [...load, asked], document: { seen: documentLines(html, page) } }],
    earlier: plain, earlier_failures: failures, jar: { unseen: 'not-in-input' },
  };
};
