// The settings of the matrix: what differs of a project with which `check --deploy` is content (site/shop/settings.py).
import { NGINX_LINES } from './server.mjs';

const { http: plain, https: secure } = NGINX_LINES;
const https = (...lines) => ({ http: plain, https: [...secure, ...lines] });
const proto = (value) => {
  const lines = ['proxy_set_header Host $host;', `proxy_set_header X-Forwarded-Proto ${value};`];
  return { http: lines, https: lines };
};

/** @type {{name: string, settings?: object, without?: string[], nginx?: object, unseen?: Record<string, string>}[]} */
export const MATRIX = [
  { name: 'everything as it should be' },
  { name: 'Django as it comes', settings: {
    SECURE_PROXY_SSL_HEADER: null, SECURE_SSL_REDIRECT: false, SECURE_HSTS_SECONDS: 0, SECURE_HSTS_INCLUDE_SUBDOMAINS: false,
    SECURE_HSTS_PRELOAD: false, SESSION_COOKIE_SECURE: false, CSRF_COOKIE_SECURE: false,
  } },
  { name: 'HSTS off', settings: { SECURE_HSTS_SECONDS: 0 } },
  { name: 'HSTS of an hour', settings: { SECURE_HSTS_SECONDS: 3600 } },
  { name: 'HSTS of an hour, no more', settings: { SECURE_HSTS_SECONDS: 3600, SECURE_HSTS_INCLUDE_SUBDOMAINS: false, SECURE_HSTS_PRELOAD: false } },
  { name: 'HSTS without sub-domains', settings: { SECURE_HSTS_INCLUDE_SUBDOMAINS: false } },
  { name: 'HSTS without preload', settings: { SECURE_HSTS_PRELOAD: false } },
  { name: 'HSTS of the proxy instead', settings: { SECURE_HSTS_SECONDS: 0 }, nginx: https('add_header Strict-Transport-Security "max-age=3600" always;'),
    unseen: { 'security.W004': 'the proxy sends the header, so the site has it' } },
  { name: 'no redirect', settings: { SECURE_SSL_REDIRECT: false } },
  { name: 'no redirect, no HSTS', settings: { SECURE_SSL_REDIRECT: false, SECURE_HSTS_SECONDS: 0 } },
  { name: 'the proxy redirects', settings: { SECURE_SSL_REDIRECT: false }, nginx: { http: ['return 301 https://$host$request_uri;'], https: secure },
    unseen: { 'security.W008': 'the proxy answers http, and Django is not asked' } },
  { name: 'the proxy says nothing of https, and Django redirects', nginx: proto('""') },
  { name: 'the proxy says nothing of https', nginx: proto('""'), settings: { SECURE_SSL_REDIRECT: false } },
  { name: 'the proxy says nothing of https, HSTS without more', nginx: proto('""'),
    settings: { SECURE_SSL_REDIRECT: false, SECURE_HSTS_INCLUDE_SUBDOMAINS: false, SECURE_HSTS_PRELOAD: false },
    unseen: { 'security.W005': 'Django takes https for http and sends no HSTS', 'security.W021': 'Django takes https for http and sends no HSTS' } },
  { name: 'the proxy always says https', nginx: proto('https') },
  { name: 'the proxy always says https, no redirect', nginx: proto('https'), settings: { SECURE_SSL_REDIRECT: false } },
  { name: 'Django does not trust the header', settings: { SECURE_PROXY_SSL_HEADER: null, SECURE_SSL_REDIRECT: false } },
  { name: 'Django trusts another header', settings: { SECURE_PROXY_SSL_HEADER: ['HTTP_X_FORWARDED_SSL', 'on'], SECURE_SSL_REDIRECT: false, SESSION_COOKIE_SECURE: false } },
  { name: 'session without Secure', settings: { SESSION_COOKIE_SECURE: false } },
  { name: 'session without HttpOnly', settings: { SESSION_COOKIE_HTTPONLY: false } },
  { name: 'session without both', settings: { SESSION_COOKIE_SECURE: false, SESSION_COOKIE_HTTPONLY: false } },
  { name: 'session of another name', settings: { SESSION_COOKIE_NAME: 'visit', SESSION_COOKIE_SECURE: false },
    unseen: { 'security.W012': 'the cookie has another name, and nothing tells that it is the session' } },
  { name: '__Host- cookies', settings: { SESSION_COOKIE_NAME: '__Host-sessionid', CSRF_COOKIE_NAME: '__Host-csrftoken' } },
  { name: 'session SameSite=None', settings: { SESSION_COOKIE_SAMESITE: 'None' } },
  { name: 'session SameSite=Strict', settings: { SESSION_COOKIE_SAMESITE: 'Strict' } },
  { name: 'session without SameSite', settings: { SESSION_COOKIE_SAMESITE: false } },
  { name: 'cookies with Domain', settings: { SESSION_COOKIE_DOMAIN: 'shop-demo.com', CSRF_COOKIE_DOMAIN: 'shop-demo.com' } },
  { name: 'cookies with Domain, without Secure', settings: { SESSION_COOKIE_DOMAIN: '.shop-demo.com', SESSION_COOKIE_SECURE: false, CSRF_COOKIE_SECURE: false } },
  { name: 'csrftoken without Secure', settings: { CSRF_COOKIE_SECURE: false } },
  { name: 'csrftoken with HttpOnly', settings: { CSRF_COOKIE_HTTPONLY: true } },
  { name: 'csrftoken SameSite=None', settings: { CSRF_COOKIE_SAMESITE: 'None' } },
  { name: 'token in the session', settings: { CSRF_USE_SESSIONS: true, CSRF_COOKIE_SECURE: false } },
  { name: 'nosniff off', settings: { SECURE_CONTENT_TYPE_NOSNIFF: false } },
  { name: 'framing by the own origin', settings: { X_FRAME_OPTIONS: 'SAMEORIGIN' } },
  { name: 'framing with no known word', settings: { X_FRAME_OPTIONS: 'ALLOWALL' } },
  { name: 'no middleware for framing', without: ['XFrameOptionsMiddleware'] },
  { name: 'no middleware for framing, the proxy sends it', without: ['XFrameOptionsMiddleware'], nginx: https('add_header X-Frame-Options SAMEORIGIN always;'),
    unseen: { 'security.W002': 'the proxy sends the header, so the site has it' } },
  { name: 'the proxy changes framing', nginx: https('proxy_hide_header X-Frame-Options;', 'add_header X-Frame-Options SAMEORIGIN always;') },
  { name: 'no anti-CSRF middleware', without: ['CsrfViewMiddleware'] },
  { name: 'no security middleware', without: ['SecurityMiddleware'] },
  { name: 'no security middleware, the proxy does its work', without: ['SecurityMiddleware'],
    nginx: https('add_header Strict-Transport-Security "max-age=31536000" always;', 'add_header X-Content-Type-Options nosniff always;') },
  { name: 'no referrer policy', settings: { SECURE_REFERRER_POLICY: null } },
  { name: 'referrer policy misspelt', settings: { SECURE_REFERRER_POLICY: 'same-orign' } },
  { name: 'referrer policies, one misspelt', settings: { SECURE_REFERRER_POLICY: ['no-referrer', 'strict-origin-when-crossorigin'] } },
  { name: 'referrer policy unsafe-url', settings: { SECURE_REFERRER_POLICY: 'unsafe-url' } },
  { name: 'opener policy off', settings: { SECURE_CROSS_ORIGIN_OPENER_POLICY: null } },
  { name: 'opener policy misspelt', settings: { SECURE_CROSS_ORIGIN_OPENER_POLICY: 'same-orign' } },
  { name: 'opener policy unsafe-none', settings: { SECURE_CROSS_ORIGIN_OPENER_POLICY: 'unsafe-none' } },
  { name: 'all of the security middleware off', settings: {
    SECURE_HSTS_SECONDS: 0, SECURE_CONTENT_TYPE_NOSNIFF: false, SECURE_REFERRER_POLICY: null, SECURE_CROSS_ORIGIN_OPENER_POLICY: null, SECURE_SSL_REDIRECT: false,
  } },
  { name: 'debug mode', settings: { DEBUG: true } },
  { name: 'debug mode, defaults', settings: { DEBUG: true, SECURE_SSL_REDIRECT: false, SESSION_COOKIE_SECURE: false, CSRF_COOKIE_SECURE: false } },
  { name: 'no allowed hosts', settings: { ALLOWED_HOSTS: [] } },
  { name: 'all hosts allowed', settings: { ALLOWED_HOSTS: ['*'] } },
  { name: 'a weak key', settings: { SECRET_KEY: 'django-insecure-short' } },
  { name: 'a weak old key', settings: { SECRET_KEY_FALLBACKS: ['short'] } },
];

/** Ids that no view from outside tells, in any row. */
export const NEVER_SEEN = {
  'security.W009': 'the key never leaves the server',
  'security.W025': 'old keys never leave the server',
};

/** Ids that are one observation: whether app or middleware are installed does not show. */
export const SAME = {
  'security.W010': 'security.W012', 'security.W011': 'security.W012', 'security.W013': 'security.W015', 'security.W014': 'security.W015',
};
