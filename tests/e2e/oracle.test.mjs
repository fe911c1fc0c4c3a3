// Real browsers as the oracle: each generated field goes octet for octet over real TLS into the browser, and what
// the core says that this browser stores must be what it stored. The day a browser changes, this says so.
import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { storedCookies, storedHsts } from './lib/stored.mjs';
import { withBrowser } from './lib/suite.mjs';
import { cookieVectors, hstsVectors } from './lib/vectors.mjs';

const COUNT = Number(process.env.HTTPS_AUDIT_VECTORS || 240);
const SEED = process.env.HTTPS_AUDIT_SEED ? Number(process.env.HTTPS_AUDIT_SEED) : undefined;
/** Seconds that may lie between the browser's clock readings and ours. */
const SLACK = 120;
/** The same where a date says when a cookie ends: only rounding is between. */
const ROUNDING = 2;
/** The longest life of a cookie in both browsers, seconds. */
const LONGEST = 34_560_000;
const PAGE = '/dir/page';
/** Cookies set on one registrable domain. */
const SHARE = 100;

/** Runs the command on JSON Lines; one object a line comes back. */
function ask(name, lines, ...options) {
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const { status, stdout: output, stderr } = command([name, '-', '--format', 'json', '--fail-on', 'never', ...options], input);
  assert.equal(status, 0, stderr);
  const answers = output.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, lines.length, 'one object a line');
  return answers;
}

/** Orders a response for each name. */
async function orderAll(demo, names, responses) {
  await demo.order(names.map(({ host, ...rest }, index) => ({
    host,
    path: PAGE,
    scheme: 'https',
    // Each name needs a connection of its own, and browsers keep only so many open.
    headers: ['Content-Type: text/plain', 'Connection: close', ...responses[index]({ host, ...rest })],
    body: 'oracle',
  })));
}

/** Fetches every URL from one page of the same site: as good as visiting each, and much quicker. */
async function fetchAll(browser, page, urls) {
  const tab = await browser.newTab();
  const { error } = await browser.visit(tab, page);
  assert.equal(error, null);
  const failed = await browser.inTab(tab, async (all) => {
    const waiting = [...all];
    const failures = [];
    const get = (url) => fetch(url, { mode: 'no-cors', credentials: 'include', cache: 'no-store' }).catch((reason) => failures.push(`${url}: ${reason}`));
    const work = async () => {
      for (let url = waiting.pop(); url; url = waiting.pop()) await get(url);
    };
    await Promise.all(Array.from({ length: 8 }, work));
    return failures;
  }, urls);
  assert.deepEqual(failed, []);
  await browser.closeTab(tab);
}

/** Fails with every difference at once: a browser that changed is understood from all of them. */
function agree(differences, total) {
  assert.equal(differences.length, 0, `${differences.length} of ${total} differ:\n${differences.slice(0, 60).join('\n')}`);
}

for (const name of BROWSERS) {
  describe(`the core reads as ${name} does`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    test(`all forms and ${COUNT} more Strict-Transport-Security fields`, async () => {
      const vectors = hstsVectors(COUNT, SEED);
      assert.ok(vectors.length >= 200);
      const site = 'oracle-demo.org';
      const visited = vectors.map((lines, index) => ({ site, host: `hsts${index}.${site}`, field: lines[0] }));
      await orderAll(demo, [{ host: `page.${site}` }, ...visited], [() => [], ...vectors.map((lines) => () => lines.map((line) => `Strict-Transport-Security: ${line}`))]);
      await fetchAll(browser, `https://page.${site}${PAGE}`, visited.map(({ host }) => `https://${host}${PAGE}`));
      const stored = await storedHsts(browser, visited);
      const answers = ask('hsts', vectors);
      const differences = [];
      vectors.forEach((lines, index) => {
        const told = answers[index].browsers[name];
        const mine = told.in_force ? { in_force: true, max_age: told.max_age, include_subdomains: told.include_subdomains } : { in_force: false };
        if (!isDeepStrictEqual(mine, stored[index])) {
          differences.push(`${JSON.stringify(lines)}: core ${JSON.stringify(mine)}, ${name} ${JSON.stringify(stored[index])}`);
        }
      });
      assert.ok(stored.some(({ in_force: force }) => force) && stored.some(({ in_force: force }) => !force), 'the oracle tells both');
      agree(differences, vectors.length);
    });

    test(`all forms and ${COUNT} more Set-Cookie lines`, async () => {
      // Chromium does not tell octets that are no UTF-8, so nothing could be compared.
      const templates = cookieVectors(COUNT, SEED).filter((template) => name !== 'chromium' || isUtf8(Buffer.from(template, 'latin1')));
      assert.ok(templates.length >= 200);
      const fill = (template, { site, host }) => template.replaceAll('{host}', host).replaceAll('{site}', site).replaceAll('{upper}', site.toUpperCase());
      // Browsers keep 180 cookies a registrable domain, so several of them share the work.
      const visited = templates.map((_, index) => {
        const page = `https://page.oracle${Math.floor(index / SHARE)}-demo.org${PAGE}`;
        const site = `cookie${index}.${new URL(page).host.slice('page.'.length)}`;
        return { page, site, host: `www.${site}`, url: `https://www.${site}${PAGE}` };
      });
      await orderAll(demo, visited, templates.map((template) => (names) => [`Set-Cookie: ${fill(template, names)}`]));
      for (let first = 0; first < visited.length; first += SHARE) {
        const share = visited.slice(first, first + SHARE);
        await orderAll(demo, [{ host: new URL(share[0].page).host }], [() => []]);
        await fetchAll(browser, share[0].page, share.map(({ url }) => url));
      }
      const now = Math.floor(Date.now() / 1000);
      const jar = await storedCookies(browser);
      const answers = ask('cookie', visited.map((visit, index) => ({ url: visit.url, set_cookie: fill(templates[index], visit) })), '--now', new Date(now * 1000).toISOString());
      const differences = [];
      visited.forEach(({ site, host }, index) => {
        const cookies = jar.filter(({ domain }) => domain === host || domain === site);
        const told = answers[index].browsers[name];
        const line = JSON.stringify(templates[index]).slice(0, 160);
        if (cookies.length > 1) differences.push(`${line}: ${name} stored ${cookies.length} cookies`);
        else if (told.accepted !== (cookies.length === 1)) differences.push(`${line}: core ${told.accepted ? 'accepts' : `refuses (${told.rejection})`}, ${name} ${cookies.length ? 'accepts' : 'refuses'}`);
        else if (told.accepted) differences.push(...differ(told.cookie, cookies[0], now, !/max-age/i.test(templates[index])).map((why) => `${line}: ${why}`));
      });
      assert.ok(jar.length > templates.length / 4, 'the oracle accepts many');
      agree(differences, visited.length);
    });
  });
}

/** What the core says of a cookie that the browser does not. */
function differ(told, stored, now, dated) {
  const { value, expires, ...same } = stored;
  const wanted = { ...same, value_length: new TextEncoder().encode(value).length, session: expires === null };
  const differences = Object.entries(wanted)
    .filter(([key, wants]) => told[key] !== wants)
    .map(([key, wants]) => `${key} is ${JSON.stringify(wants)}, core says ${JSON.stringify(told[key])}`);
  const slack = dated && told.expires_in < LONGEST ? ROUNDING : SLACK;
  if (expires !== null && !(Math.abs(told.expires_in - (expires - now)) <= slack)) {
    differences.push(`expires in ${Math.round(expires - now)} s, core says ${told.expires_in}`);
  }
  return differences;
}
