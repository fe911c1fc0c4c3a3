// The page that is loaded: 200 sub-resources from four hosts, of the sizes and with the fields of ordinary sites.

/** The page's own host and three others, each with a third-party's share. */
const HOSTS = ['bench-demo.org', 'static.bench-demo.org', 'bench-cdn-demo.net', 'bench-media-demo.net'];
/** What HTTP Archive counts on pages with about 200 requests: mostly images, then scripts, then styles. */
const KINDS = { image: 110, script: 65, style: 25 };
/** Octets of bodies, in turn: median 12 KB, 2.6 MB in all. */
const SIZES = [1_200, 3_500, 6_000, 9_000, 12_000, 15_000, 18_000, 24_000, 30_000];
const PIXEL = 'GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;';
const TYPES = { image: 'image/gif', script: 'text/javascript; charset=utf-8', style: 'text/css; charset=utf-8' };

/** Fields as a server behind a delivery network sends them. */
const FIELDS = [
  'Date: Thu, 26 Nov 2026 08:00:00 GMT',
  'Server: nginx',
  'Cache-Control: no-store',
  'Strict-Transport-Security: max-age=63072000; includeSubDomains; preload',
  'X-Content-Type-Options: nosniff',
  'Referrer-Policy: strict-origin-when-cross-origin',
  'Cross-Origin-Resource-Policy: cross-origin',
  'Vary: Accept-Encoding, Origin',
  'ETag: "5f3c1a9be77d40c1"',
  'Last-Modified: Mon, 02 Nov 2026 09:12:44 GMT',
  'Via: 1.1 varnish, 1.1 varnish',
  'X-Cache: MISS, HIT',
  'X-Timer: S1795641409.551031,VS0,VE12',
  'Report-To: {"group":"default","max_age":31536000,"endpoints":[{"url":"https://bench-demo.org/reports"}]}',
];

/** A comment or an image of so many octets. */
function body(kind, octets) {
  if (kind === 'image') return PIXEL + '\0'.repeat(octets - PIXEL.length);
  return `/*${'-'.repeat(octets - 4)}*/`;
}

const ELEMENTS = {
  image: (url) => `<img src="${url}" alt="" width="8" height="8">`,
  script: (url) => `<script async src="${url}"></script>`,
  style: (url) => `<link rel="stylesheet" href="${url}">`,
};

/**
 * Orders the page from a demo site.
 * @param {import('../../e2e/lib/demo.mjs').Demo} demo
 * @param {string} network how the demo site is to answer: `wait=40&rate=1280000` (crate/demo/src/link.rs), or nothing
 * @returns {Promise<{url: string, parts: number, octets: number}>}
 */
export async function orderSite(demo, network) {
  const kinds = Object.entries(KINDS).flatMap(([kind, count]) => Array(count).fill(kind));
  const parts = kinds.map((kind, index) => ({
    kind,
    host: HOSTS[index % HOSTS.length],
    path: `/${kind}/${index}`,
    octets: SIZES[index % SIZES.length],
    // One in ten sets a cookie.
    cookies: index % 10 ? [] : [`Set-Cookie: part${index}=1; Path=/; Secure; HttpOnly; SameSite=None`],
  }));
  const elements = parts.map(({ kind, host, path }) => ELEMENTS[kind](`https://${host}${path}?${network.replace('&', '&amp;')}`));
  const page = `<!doctype html><html lang="en"><title>bench</title><link rel="icon" href="data:,"><h1>bench</h1>${elements.join('\n')}</html>`;
  const answer = ({ kind, host, path, octets, cookies }) => ({
    host, path, headers: [`Content-Type: ${TYPES[kind]}`, ...FIELDS, ...cookies], body: body(kind, octets),
  });
  await demo.order([
    { host: HOSTS[0], path: '/', headers: ['Content-Type: text/html; charset=utf-8', ...FIELDS, 'Set-Cookie: __Host-session=1; Path=/; Secure; HttpOnly; SameSite=Lax'], body: page },
    ...parts.map(answer),
  ]);
  return { url: `https://${HOSTS[0]}/?${network}`, parts: parts.length, octets: parts.reduce((sum, part) => sum + part.octets, page.length) };
}
