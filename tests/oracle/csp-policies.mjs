// Policies for the comparison with csp_evaluator: some as sites send them, the rest made by a seeded generator.

/** Each entry is what one page sends: one policy or several. */
const WRITTEN = [
  ["default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self'; base-uri 'self'; form-action 'self'"],
  ["default-src 'self'"],
  ["default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' https://www.google-analytics.com"],
  ["script-src 'nonce-mRy5sLJ2Xq0QYk5a' 'strict-dynamic' 'unsafe-inline' https: http:; object-src 'none'; base-uri 'none'"],
  ["script-src 'nonce-mRy5sLJ2Xq0QYk5a' 'strict-dynamic'; object-src 'none'"],
  ["script-src 'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc=' 'strict-dynamic'; object-src 'none'"],
  ["script-src 'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='; object-src 'none'"],
  ["default-src https: data: 'unsafe-inline' 'unsafe-eval'"],
  ["default-src *; script-src * 'unsafe-inline'; object-src *"],
  ["upgrade-insecure-requests"],
  ["frame-ancestors 'self' https://*.shop.example"],
  ["script-src 'self' https://cdnjs.cloudflare.com https://ajax.googleapis.com; object-src 'none'"],
  ["script-src 'self' https://accounts.google.com/gsi/client; object-src 'none'"],
  ["script-src 'self' *.googleapis.com *.gstatic.com; object-src 'none'"],
  ["script-src 'self' www.googletagmanager.com; object-src 'none'"],
  ["script-src 'self' 'unsafe-eval' www.googletagmanager.com; object-src 'none'"],
  ["script-src 'self'; object-src 'none'; img-src http://images.shop.example; report-uri http://reports.shop.example/r"],
  ["script-src 'nonce-abc'; style-src 'nonce-1'; object-src 'none'; base-uri 'self'"],
  ["script-src 'nonce-a$b'; object-src 'none'; base-uri 'self'"],
  ["script-src 'NONCE-mRy5sLJ2Xq0QYk5a' 'unsafe-inline'; object-src 'none'; base-uri 'self'"],
  ["script-src 'self'; object-src"],
  ["default-src; base-uri 'none'"],
  ["script-src 'self'; script-src-attr https:; script-src-elem 'self'; object-src 'none'"],
  ["script-src 'self'; script-src-attr *; object-src 'none'"],
  ["default-src 'self' https://vk.com"],
  ["script-src 'self'; object-src https://vk.com/swf/video.swf"],
  ["script-src //ajax.googleapis.com; object-src 'none'"],
  ["script-src 'self' http://[2001:db8::1]; object-src 'none'"],
  ["script-src 'self' 'none'; object-src 'none'; base-uri *"],
  ["SCRIPT-SRC 'UNSAFE-INLINE'; Object-Src HTTPS:; BASE-URI data:"],
  ["script-src 'self'; script-src 'unsafe-inline'; object-src 'none'"],
  ["script-src self unsafe-inline; object-src none"],
  ["script-src 'unsafe-inline'; object-src 'none'", "script-src 'self'"],
  ["default-src *", "default-src *; base-uri 'none'"],
  ["img-src 'self'", "font-src 'self'"],
  ["script-src https:; object-src 'none'", "script-src https: data:; object-src 'none'"],
  ["script-src 'nonce-mRy5sLJ2Xq0QYk5a'; object-src 'none'", "frame-ancestors 'none'"],
];

const SOURCES = [
  "'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "'strict-dynamic'", "'wasm-unsafe-eval'",
  "'report-sample'", "'nonce-mRy5sLJ2Xq0QYk5a'", "'nonce-short'", "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='",
  '*', 'https:', 'http:', 'data:', 'blob:', 'https://*', 'http://*', '*.shop.example', 'https://static.shop.example',
  'http://static.shop.example', 'static.shop.example:8443', 'http://127.0.0.1', '192.0.2.7', 'cdn.jsdelivr.net',
  'https://cdnjs.cloudflare.com/ajax/libs/', '*.google.com', 'www.google-analytics.com', 'www.googleadservices.com',
  'https://accounts.google.com/o/oauth2/revoke', 'https://accounts.google.com/other', 'ajax.googleapis.com:443',
];

const DIRECTIVES = [
  'default-src', 'script-src', 'script-src', 'script-src-elem', 'script-src-attr', 'style-src', 'object-src', 'base-uri',
  'img-src', 'connect-src', 'form-action', 'frame-ancestors', 'worker-src',
];

/** Numbers from 0 to below 1, the same ones for the same seed. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What `count` pages send, each a list of policies. */
export function pages(count, seed) {
  const next = numbers(seed);
  const below = (n) => Math.floor(next() * n);
  const one = (list) => list[below(list.length)];
  const directive = () => [one(DIRECTIVES), ...Array.from({ length: 1 + below(4) }, () => one(SOURCES))].join(' ');
  const policy = () => Array.from({ length: 1 + below(5) }, directive).join('; ');
  const made = Array.from({ length: count }, () => Array.from({ length: next() < 0.25 ? 2 : 1 }, policy));
  return [...WRITTEN, ...made];
}
