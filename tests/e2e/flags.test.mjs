// Paths that only some browsers take: Chromium with the flag that shows the connection, and browsers that try
// https before they ask http.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { shows } from './hosts.mjs';
import { openBrowser } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { startDemo } from './lib/demo.mjs';

const WELL = { https: 'pass', hsts_preload: 'pass', cookies: 'pass' };

/** Runs a task in a browser on a demo of its own; nothing may be on the console afterwards. */
async function within(name, options, task) {
  const demo = await startDemo();
  let browser;
  try {
    browser = await openBrowser(name, { demo, ...options });
    await task(browser, demo);
    assert.deepEqual(await browser.console(), []);
  } finally {
    await browser?.close();
    await demo.stop();
  }
}

/** The certificates in exported evidence: how they name their issuers. */
function issuers(evidence) {
  const found = [];
  JSON.parse(evidence, (key, value) => {
    if (key === 'der') found.push(new X509Certificate(Buffer.from(value, 'base64')).issuer);
    return value;
  });
  return found;
}

test('Chromium with WebRequestSecurityInfo: the leaf certificate is read', async () => {
  let without;
  await within('chromium', {}, async (browser) => {
    const tab = await browser.newTab();
    await browser.visit(tab, 'http://hardened-demo.org/');
    const view = await browser.popup(tab, { until: (seen) => shows(seen, WELL) });
    assert.deepEqual(view.statuses, WELL);
    without = await browser.exportEvidence(tab);
  });
  assert.deepEqual(issuers(without), [], 'without the flag no certificate is shown');
  await within('chromium', { enable: ['WebRequestSecurityInfo'] }, async (browser) => {
    const tab = await browser.newTab();
    await browser.visit(tab, 'http://hardened-demo.org/');
    const view = await browser.popup(tab, { until: (seen) => shows(seen, WELL) });
    assert.deepEqual(view.statuses, WELL);
    const evidence = await browser.exportEvidence(tab);
    assert.ok(issuers(evidence).length > 0, 'with the flag the leaf is shown');
    for (const issuer of issuers(evidence)) assert.equal(issuer, 'CN=HTTPS Audit demo CA');
    const { status, stdout, stderr } = command(['audit', '-', '--format', 'json', '--fail-on', 'never'], evidence);
    assert.equal(status, 0, stderr);
    assert.equal(JSON.parse(stdout).verdicts.https.status, 'pass');
  });
});

test('Firefox shows the connection by itself', async () => {
  await within('firefox', {}, async (browser) => {
    const tab = await browser.newTab();
    await browser.visit(tab, 'http://hardened-demo.org/');
    await browser.popup(tab, { until: (seen) => shows(seen, WELL) });
    const evidence = await browser.exportEvidence(tab);
    assert.ok(issuers(evidence).includes('CN=HTTPS Audit demo CA'));
    assert.match(evidence, /TLSv?1\.3/i);
  });
});

// Both browsers can try https first and then never ask http: whether the site redirects is not seen.
const FIRST = {
  chromium: { enable: ['HttpsUpgrades'] },
  firefox: { preferences: { 'dom.security.https_first': true } },
};

test('Chromium with HTTPS-Upgrades: a redirect that was not seen does not pass', async () => {
  await within('chromium', FIRST.chromium, async (browser, demo) => {
    const tab = await browser.newTab();
    await demo.forgetRequests();
    await browser.visit(tab, 'http://hardened-demo.org/');
    assert.ok((await demo.requests()).every(({ scheme }) => scheme === 'https'), 'http was never asked');
    const expected = { https: 'pass', hsts_preload: 'unknown', cookies: 'pass' };
    const view = await browser.popup(tab, { until: (seen) => shows(seen, expected) });
    assert.deepEqual(view.statuses, expected, view.text);
    assert.ok(view.unknown.some((line) => line.includes('http://hardened-demo.org')), view.unknown.join('\n'));
  });
});

test('Chromium with HTTPS-Upgrades: a site without https falls back to http', async () => {
  await within('chromium', FIRST.chromium, async (browser) => {
    const tab = await browser.newTab();
    await browser.visit(tab, 'http://http-only-demo.org/');
    const expected = { https: 'fail', cookies: 'fail' };
    const view = await browser.popup(tab, { until: (seen) => shows(seen, expected) });
    assert.equal(view.site, 'http-only-demo.org');
    assert.equal(view.statuses.https, 'fail', view.text);
    assert.equal(view.statuses.cookies, 'fail', view.text);
  });
});

test('Firefox with HTTPS-First: a hop that the browser lifted to https is no sign of HSTS', async () => {
  await within('firefox', FIRST.firefox, async (browser, demo) => {
    const tab = await browser.newTab();
    await demo.forgetRequests();
    await browser.visit(tab, 'http://chain-start-demo.org/');
    assert.ok(!(await demo.requests()).some(({ scheme, host }) => scheme === 'http' && host === 'chain-end-demo.org'), 'the hop never was on the wire');
    const expected = { https: 'fail', cookies: 'pass' };
    const view = await browser.popup(tab, { until: (seen) => seen.site === 'chain-end-demo.org' && shows(seen, expected) });
    assert.equal(view.statuses.https, 'fail', `the redirect itself names an http address: ${view.text}`);
    // Nobody asked http://chain-end-demo.org/, so nobody knows whether it redirects.
    assert.equal(view.statuses.hsts_preload, 'unknown', view.text);
  });
});
