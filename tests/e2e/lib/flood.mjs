// A page that asks for something every millisecond, and redirects without an end: ordered from the demo site.

export const HOST = 'heavy-demo.org';
/** Octets of each sub-resource's address, so that what is kept of them meets the bound on octets too. */
const LONG = 2_000;
/** How many requests the page has under way at most: browsers work at six of one host, and the others only queue in them. */
const AT_ONCE = 24;
/** After how many milliseconds the page gives a request up: a browser that never answers one would stop it for good. */
const GIVEN_UP = 20_000;

/** What the page does. It counts its requests in `asked`, `answered` and `lost` (given up), and sets `over` when all is done. */
function flood(seconds, least, long, atOnce, givenUp) {
  const self = globalThis;
  Object.assign(self, { asked: 0, answered: 0, lost: 0, over: false });
  const began = performance.now();
  const pad = 'x'.repeat(long);
  const answered = () => {
    self.answered += 1;
    goOn();
  };
  const lost = () => {
    self.lost += 1;
    answered();
  };
  // Timers come late, and once a second in a tab that is not in front: each answer makes up for what is missing too.
  function goOn() {
    const time = performance.now() - began;
    const enough = time >= seconds * 1000 && self.asked >= least;
    while (!enough && self.asked < time && self.asked - self.answered < atOnce) {
      self.asked += 1;
      fetch(`/part?${self.asked}&${pad}`, { signal: AbortSignal.timeout(givenUp) }).then((response) => response.arrayBuffer()).then(answered, lost);
    }
    self.over = enough && self.answered === self.asked;
    if (enough) clearInterval(timer);
  }
  const timer = setInterval(goOn, 1);
}

/** Orders `https://HOST/flood`: a request every millisecond for so many seconds, and at least so many in all. */
export async function orderFlood(demo, { seconds, least }) {
  const html = ['Content-Type: text/html; charset=utf-8', 'Strict-Transport-Security: max-age=63072000; includeSubDomains; preload'];
  const part = ['Content-Type: text/plain', 'Cache-Control: no-store', 'Strict-Transport-Security: max-age=63072000', `X-Filling: ${'f'.repeat(1_000)}`];
  await demo.order([
    { host: HOST, path: '/flood', headers: html, body: `<!doctype html><title>flood</title><script>(${flood})(${seconds}, ${least}, ${LONG}, ${AT_ONCE}, ${GIVEN_UP})</script>` },
    { host: HOST, path: '/part', headers: part, body: 'part' },
  ]);
  return `https://${HOST}/flood`;
}

/** Orders `https://HOST/loops`: a page of so many images, each of which redirects to itself. */
export async function orderLoops(demo, images) {
  const all = Array.from({ length: images }, (_, index) => `<img src="/loop?${index}" alt="">`);
  await demo.order([
    { host: HOST, path: '/loops', headers: ['Content-Type: text/html; charset=utf-8'], body: `<!doctype html><title>loops</title>${all.join('')}` },
    { host: HOST, path: '/loop', status: 302, headers: ['Location: /loop?again', `Set-Cookie: hop=1; Path=/; Secure; HttpOnly; SameSite=Lax`] },
  ]);
  return `https://${HOST}/loops`;
}

/** How far the page is, in the page: `{asked, answered, lost, over}`. */
export const progress = () => ({ asked: globalThis.asked, answered: globalThis.answered, lost: globalThis.lost, over: globalThis.over });

/** Octets that the extension's session storage takes, in a page of it. */
export async function storedOctets() {
  const { session } = (globalThis.browser ?? globalThis.chrome).storage;
  if (session.getBytesInUse) return session.getBytesInUse(null);
  // Everything is kept as strings.
  return Object.entries(await session.get(null)).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
}
