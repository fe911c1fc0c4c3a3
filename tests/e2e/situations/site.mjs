// The site that a situation happens on: everything right unless it says otherwise. Each has a registrable domain
// of its own, so that nothing that another situation taught the browser (HSTS, cookies) plays a part.

/** Every requirement of hstspreload.org met. */
export const HSTS = 'Strict-Transport-Security: max-age=63072000; includeSubDomains; preload';
const VALUE = '0123456789abcdef0123456789abcdef';
/** A session cookie that travels encrypted only. */
export const GOOD_COOKIE = `Set-Cookie: __Host-session=${VALUE}; Path=/; Secure; HttpOnly; SameSite=Lax`;
/** A session cookie that can travel in clear: an error wherever it is seen. */
export const WEAK_COOKIE = `Set-Cookie: sessionid=${VALUE}; Path=/; HttpOnly; SameSite=Lax`;
const TEXT = ['Content-Type: text/html; charset=utf-8', 'X-Content-Type-Options: nosniff'];

/** A page with this body. */
export const html = (body = '') => `<!doctype html><html lang="en"><title>situation</title><link rel="icon" href="data:,">${body}</html>`;

/**
 * Orders a site: over http a redirect to the same host over https, there a page with HSTS and a good cookie.
 * @param {import('../lib/demo.mjs').Demo} demo
 * @param {string} host
 * @param {object} [site]
 * @param {Record<string, object>} [site.pages] answers by path, `*` for any: `{status, headers, cookies, cache, body, held, early}`
 * @param {Record<string, object>} [site.overHttp] the same over http
 * @param {string[]} [site.hsts] header lines of every answer over https
 */
export async function orderSite(demo, host, { pages = {}, overHttp = {}, hsts = [HSTS] } = {}) {
  const vector = (scheme, [path, { status = 200, headers = TEXT, cookies = [], cache = 'no-cache', body = html(), held, early }]) => ({
    host, path, scheme, status, body, ...(held && { held, early: early ?? 0 }),
    headers: [...headers, `Cache-Control: ${cache}`, ...(scheme === 'https' ? hsts : []), ...cookies],
  });
  const away = { status: 301, headers: [`Location: https://${host}/`], body: '' };
  await demo.order([
    ...Object.entries({ '*': away, ...overHttp }).map((page) => vector('http', page)),
    ...Object.entries({ '*': { cookies: [GOOD_COOKIE] }, ...pages }).map((page) => vector('https', page)),
  ]);
}

/** A redirect to an address. */
export const redirect = (to, status = 302) => ({ status, headers: [`Location: ${to}`], body: '' });
