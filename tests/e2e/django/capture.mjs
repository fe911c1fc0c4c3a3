// A walk through the site as a person takes it, as evidence (`https-audit/evidence@1`), and the command's report of it.
import { command } from '../lib/command.mjs';
import { HOST, PASSWORD } from './server.mjs';

const NOW = Date.parse('2026-11-22T12:00:00Z');
/** Where a browser gives up is later; three are enough to tell a loop. */
const MOST_HOPS = 6;
/** Names of `http-equiv` that evidence keeps. */
const EQUIVALENTS = ['content-security-policy', 'content-security-policy-report-only', 'permissions-policy', 'refresh',
  'strict-transport-security', 'x-content-type-options', 'x-frame-options'];
const UNSEEN = { unseen: 'not-exposed-by-this-browser' };

/** A browser of few words: it keeps cookies, follows redirects, and writes down what came. */
class Walk {
  constructor(server) {
    this.server = server;
    this.cookies = new Map();
    this.at = NOW - 60_000;
    this.visits = [];
  }

  async #exchange(url, { method = 'GET', body = '', referer } = {}) {
    this.at += 1000;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie ? { Cookie: cookie } : {}), ...(referer ? { Referer: referer } : {}) };
    const response = await this.server.request(url, { method, headers, body });
    for (const { name, value } of response.fields) {
      if (name.toLowerCase() !== 'set-cookie') continue;
      const [, key, content] = /^([^=]*)=([^;]*)/.exec(value) ?? [];
      if (/max-age=0(;|$)/i.test(value)) this.cookies.delete(key);
      else this.cookies.set(key, content);
    }
    const location = response.fields.find(({ name }) => name.toLowerCase() === 'location')?.value;
    const leads = location && response.status >= 300 && response.status < 400 ? new URL(location, url).href : null;
    const known = (value) => (value ? { seen: value } : UNSEEN);
    const exchange = {
      url, method, kind: 'main-frame', at: this.at,
      response: { seen: { status: response.status, fields: response.fields } },
      ...(leads ? { redirect: { to: leads, cause: 'server' } } : {}),
      connection: url.startsWith('https:') ? {
        seen: {
          state: 'secure', stated: true, protocol: known(response.tls.protocol), cipher_suite: known(response.tls.cipher), key_exchange_group: UNSEEN,
          signature_scheme: UNSEEN, encrypted_client_hello: UNSEEN, transparency: UNSEEN, certificates: UNSEEN,
        },
      } : UNSEEN,
    };
    return { exchange, leads, response };
  }

  /** Opens an address. Answers with the page's HTML. */
  async open(url, options) {
    const visit = { url, began_at: this.at + 1000, watched: { seen: null }, exchanges: [] };
    this.visits.push(visit);
    let next = url;
    let first = options;
    while (next && visit.exchanges.length < MOST_HOPS) {
      const { exchange, leads, response } = await this.#exchange(next, first);
      visit.exchanges.push(exchange);
      first = undefined;
      if (!leads) {
        visit.document = { seen: lines(response.body, next) };
        visit.url = next;
        return response.body;
      }
      next = leads;
      visit.url = leads;
    }
    visit.failure = { url: visit.url, error: 'net::ERR_TOO_MANY_REDIRECTS', at: this.at };
    return '';
  }

  evidence() {
    return {
      schema: 'https-audit/evidence@1',
      recorder: { name: 'https-audit test', browser: { engine: 'chromium' } },
      visits: this.visits,
      jar: { unseen: 'not-in-input' },
    };
  }
}

/** What the extension would read in this document (`extension/page.js`), as far as the site's pages have it. */
export function lines(html, url) {
  const found = [];
  for (const [form, attributes, content] of html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)) {
    const attribute = (name) => new RegExp(`${name}="([^"]*)"`, 'i').exec(attributes)?.[1];
    const { origin, pathname } = new URL(attribute('action') || url, url);
    found.push(`form ${attribute('method') ?? 'get'} ${origin}${pathname}${/type="password"/.test(content) ? ' password' : ''}`);
    if (/name="csrfmiddlewaretoken"/.test(form)) found.push('csrf csrfmiddlewaretoken');
  }
  for (const [, name, content] of html.matchAll(/<meta http-equiv="([^"]*)" content="([^"]*)"/gi)) {
    if (EQUIVALENTS.includes(name.toLowerCase())) found.push(`meta ${name.toLowerCase()} ${content}`);
  }
  for (const [, element, address] of html.matchAll(/<(img|script|iframe|link|audio)\b[^>]*?(?:src|href)="(http:[^"]*)"/g)) {
    const kind = { img: 'image', script: 'script', iframe: 'sub-frame', link: 'stylesheet', audio: 'media' }[element];
    if (url.startsWith('https:')) found.push(`insecure ${kind} ${address}`);
  }
  for (const [element, name, address] of html.matchAll(/<(script|link)\b[^>]*?(?:src|href)="(https?:[^"]*)"[^>]*>/g)) {
    if (new URL(address).origin === new URL(url).origin) continue;
    found.push(`part ${name === 'script' ? 'script' : 'stylesheet'} ${address}${/\bintegrity=/.test(element) ? ' integrity' : ''}`);
  }
  if (/id="explanation"[^]*?<code>DEBUG = True/.test(html)) {
    found.push(/id="(?:pastebinT|t)raceback"/.test(html) ? 'debug django-500' : 'debug django-404');
  }
  if (/^Traceback \(most recent call last\):\n +File "/m.test(html)) found.push('trace python');
  found.push(`passwords ${[...html.matchAll(/type="password"/g)].length}`);
  return [...new Set(found)];
}

/**
 * Opens the sign-in page over http and https, signs in, meets an error, and comes back to the sign-in page; or only
 * opens one page.
 * @param {import('./server.mjs').Server} server
 * @param {{only?: string}} what `only`: the address of the one page
 */
export async function walk(server, { only } = {}) {
  const walk = new Walk(server);
  const login = `https://${HOST}/login/`;
  if (only) {
    await walk.open(only);
    return walk.evidence();
  }
  await walk.open(`http://${HOST}/login/`);
  const html = await walk.open(login);
  const token = /name="csrfmiddlewaretoken" value="([^"]*)"/.exec(html)?.[1] ?? '';
  const body = new URLSearchParams({ username: 'person', password: PASSWORD, csrfmiddlewaretoken: token }).toString();
  await walk.open(login, { method: 'POST', body, referer: login });
  await walk.open(`https://${HOST}/missing/`);
  await walk.open(login);
  return walk.evidence();
}

/** The command's report of this evidence. */
export function audit(evidence) {
  const { stdout, stderr } = command(['audit', '--format', 'json', '--fail-on', 'never', '--now', '2026-11-22T12:00:00Z', '-'], JSON.stringify(evidence));
  if (!stdout) throw new Error(`https-audit: ${stderr}`);
  return JSON.parse(stdout);
}
