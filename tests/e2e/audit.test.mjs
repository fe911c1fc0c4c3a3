// The audit page: what it shows, exports, opens, compares and accepts, by mouse and by keyboard, and in the panel of the
// developer tools. What it says is what popup, exported report and command say.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { VISITS, shows } from './hosts.mjs';
import { BROWSERS } from './lib/browser.mjs';
import { command } from './lib/command.mjs';
import { withBrowser } from './lib/suite.mjs';
import { readReport, readUnreached } from './lib/view.mjs';

/** One visit of each kind of answer. */
const KINDS = ['hardened-demo.org', 'short-hsts-demo.org', 'weak-cookies-demo.org', 'http-only-demo.org', 'expired-demo.org'];
const FORMATS = ['html', 'json', 'sarif', 'junit', 'markdown', 'csv'];
const visitOf = (name) => VISITS.find((visit) => visit.name === name);
const folder = () => mkdtempSync(path.join(tmpdir(), 'https-audit-files-'));
const file = (name, text) => {
  const at = path.join(folder(), name);
  writeFileSync(at, text);
  return at;
};
const findings = (page) => page.evaluate(() => [...document.querySelectorAll('[data-finding]')].filter((each) => !each.hidden).map((each) => each.dataset.finding));
const saidNow = (page) => page.evaluate(() => [...document.querySelectorAll('[data-said]')].map((each) => each.textContent).join(' '));

/** Goes to what a selector names by Tab, or by Shift and Tab where it comes before, and presses a key on it. */
async function onKeys(page, selector, key = 'Enter') {
  const way = () => page.evaluate((wanted) => {
    const [here, there] = [document.activeElement, document.querySelector(wanted)];
    if (!there) return 'gone';
    if (here === there) return 'there';
    return here !== document.body && here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_PRECEDING ? 'back' : 'on';
  }, selector);
  const most = await page.evaluate(() => document.querySelectorAll('a[href], button, summary, input, select, [tabindex]').length);
  for (let stops = 0, to = await way(); to !== 'there'; stops += 1, to = await way()) {
    if (stops > most + 20) throw new Error(`${selector} is no stop of the Tab key: ${to}`);
    await (to === 'back' ? page.pressBack() : page.press('Tab'));
  }
  await page.press(key);
}

/** Chooses a format in the menu, as a person does. */
async function pick(page, format) {
  if (!(await page.evaluate(() => document.querySelector('.menu').open))) await page.click('.menu > summary');
  await page.click(`[data-export="${format}"]`);
}

for (const name of BROWSERS) {
  describe(`audit page in ${name}`, () => {
    let demo;
    let browser;
    withBrowser(name, (opened) => ({ demo, browser } = opened));

    /** Visits a demo host and works with the audit page of it. */
    const audited = async (host, task, look = {}) => {
      const { url, expected } = visitOf(host);
      const tab = await browser.newTab();
      await browser.visit(tab, url);
      await browser.popup(tab, { until: (seen) => shows(seen, expected) });
      const done = await browser.onPage(`audit.html?tab=${tab.id}`, look, (page) => task(page, tab, expected));
      await browser.closeTab(tab);
      return done;
    };

    for (const host of KINDS) {
      test(`${host}: statuses, and no accessibility violation, light or dark`, async () => {
        for (const theme of ['light', 'dark']) {
          await audited(host, async (page, tab, expected) => {
            const view = await page.view((seen) => shows(seen, expected));
            assert.deepEqual(view.statuses, expected);
            assert.deepEqual(await page.violations(), [], theme);
          }, { theme });
        }
      });
    }

    test('popup, audit page, exported HTML and command say the same', async () => {
      for (const host of ['weak-cookies-demo.org', 'django-demo.org', 'mixed-demo.org']) {
        await audited(host, async (page, tab, expected) => {
          const view = await page.view((seen) => shows(seen, expected));
          await pick(page, 'evidence');
          const evidence = await page.saved(() => page.click('[data-action="save-evidence"]'));
          const { text: json } = await page.saved(() => pick(page, 'json'));
          const report = JSON.parse(json);
          const ran = command(['audit', '-', '--format', 'json', '--fail-on', 'never', '--now', report.generated_at], evidence.text);
          assert.equal(ran.stdout, json, 'the command makes the same JSON of the evidence');
          const { text: html } = await page.saved(() => pick(page, 'html'));
          const inHtml = await page.beside(() => browser.inDocument(html, readReport));
          const inPage = await page.evaluate(readReport);
          const popup = await page.beside(() => browser.popup(tab, { until: (seen) => shows(seen, expected) }));
          assert.deepEqual(inHtml, inPage, 'exported HTML and audit page');
          const ids = report.findings.map((finding) => finding.check);
          assert.deepEqual(inPage.findings, ids, 'audit page and JSON');
          assert.deepEqual(inPage.statuses, Object.fromEntries(Object.entries(report.verdicts).map(([verdict, { status }]) => [verdict, status])));
          assert.deepEqual(popup.statuses, inPage.statuses);
          const ofVerdict = ids.filter((id) => /^(https|hsts|preload|cookie)\./.test(id));
          assert.deepEqual(popup.findings.filter((id) => ofVerdict.includes(id)).sort(), [...ofVerdict].sort(), 'popup and JSON');
          assert.equal(inPage.score, String(report.grade.score));
          assert.deepEqual(view.statuses, inPage.statuses);
          const text = command(['audit', '-', '--format', 'text', '--fail-on', 'never', '--now', report.generated_at], evidence.text).stdout;
          for (const id of ids) assert.ok(text.includes(`[${id}]`), `${id} in the text`);
        });
      }
    });

    test('every format is byte for byte what the command writes', async () => {
      await audited('weak-cookies-demo.org', async (page, tab, expected) => {
        await page.view((seen) => shows(seen, expected));
        await pick(page, 'evidence');
        const evidence = await page.saved(() => page.click('[data-action="save-evidence"]'));
        const { text: json } = await page.saved(() => pick(page, 'json'));
        const { generated_at: now } = JSON.parse(json);
        for (const format of FORMATS) {
          const { text, name: saved } = await page.saved(() => pick(page, format));
          const { stdout, status, stderr } = command(['audit', '-', '--format', format, '--fail-on', 'never', '--now', now], evidence.text);
          assert.equal(status, 0, stderr);
          assert.ok(text === stdout, `${format} differs`);
          assert.match(saved, /^https-audit-weak-cookies-demo\.org-\d{4}-\d{2}-\d{2}\.[a-z.]+$/);
        }
      });
    });

    test('the evidence is shown before it is saved, and holds no cookie value', async () => {
      await audited('weak-cookies-demo.org', async (page) => {
        await pick(page, 'evidence');
        const dialog = await page.evaluate(() => document.querySelector('[data-dialog]').innerText);
        for (const held of ['weak-cookies-demo.org', 'strict-transport-security', 'sessionid']) assert.ok(dialog.includes(held), dialog);
        assert.deepEqual(await page.violations(), []);
        const { text } = await page.saved(() => page.click('[data-action="save-evidence"]'));
        assert.equal(JSON.parse(text).schema, 'https-audit/evidence@1');
        for (const value of ['t4Yb9Qe2XwLm7Kc5RzVn1HsJ8fGp6dUa', 'Zk3Tn8Vb5Xq1Lw7Rm2Yc9Hd4Js6Gf0Pa']) assert.ok(!text.includes(value));
      });
    });

    test('findings are searched and filtered', async () => {
      await audited('weak-cookies-demo.org', async (page, tab, expected) => {
        await page.view((seen) => shows(seen, expected));
        const all = await findings(page);
        await page.press('/');
        await page.type('sessionid httponly');
        const found = await findings(page);
        assert.ok(found.length > 0 && found.length < all.length && found.includes('cookie.httponly.missing'), String(found));
        assert.match(await page.evaluate(() => document.querySelector('[data-shown]').textContent), new RegExp(`^${found.length} of ${all.length}`));
        await page.type(' no such words');
        assert.deepEqual(await findings(page), []);
        assert.ok(await page.evaluate(() => document.querySelector('[data-none-shown]').checkVisibility()), 'it says that nothing is left');
        await page.evaluate(() => { const field = document.querySelector('[data-filter="text"]'); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true })); });
        await page.click('[data-filter="error"]');
        const rest = await page.evaluate(() => [...document.querySelectorAll('[data-finding]:not([hidden])')].map((each) => each.dataset.severity));
        assert.ok(rest.length > 0 && !rest.includes('error'), String(rest));
      });
    });

    test('a report and evidence open again, and are compared', async () => {
      const evidence = await audited('weak-cookies-demo.org', async (page) => {
        await pick(page, 'evidence');
        return page.saved(() => page.click('[data-action="save-evidence"]'));
      });
      // Yesterday the session cookie was in order, and one thing was wrong that is not now.
      const yesterday = JSON.parse(evidence.text);
      const set = (exchange) => exchange.response.seen?.fields.filter((field) => field.name.toLowerCase() === 'set-cookie') ?? [];
      for (const field of yesterday.visits.flatMap((visit) => visit.exchanges).flatMap(set)) {
        if (field.value.startsWith('sessionid=')) field.value += '; Secure; HttpOnly; SameSite=Lax';
        if (field.value.startsWith('lang=')) field.value = field.value.replace('lang=', 'auth_token=');
      }
      for (const cookie of yesterday.jar.seen) if (cookie.name === 'sessionid') Object.assign(cookie, { secure: true, http_only: true, same_site: 'lax' });
      await audited('weak-cookies-demo.org', async (page, tab, expected) => {
        await page.view((seen) => shows(seen, expected));
        await page.choose('[data-file]', file('yesterday.json', JSON.stringify(yesterday)));
        const compared = await page.view((seen) => /New/.test(seen.text) && seen.diff);
        assert.ok(compared.diff, 'a comparison is shown');
        assert.match(compared.diff, /sessionid/);
        assert.deepEqual(await page.violations(), []);
        const old = file('old.json', JSON.stringify(yesterday));
        const { text: json } = await page.saved(() => pick(page, 'json'));
        const ran = command(['compare', old, file('new.json', json), '--fail-on-new', 'error', '--format', 'json']);
        assert.equal(ran.status, 1, ran.stderr);
        await page.click('[data-action="show-file"]');
        const shown = await page.view((seen) => !seen.actions.includes('show-file'));
        assert.equal(shown.site, 'weak-cookies-demo.org');
        assert.ok(!shown.actions.includes('probe') && !shown.actions.includes('reload'), 'nothing is done with the tab of a file');
        await page.click('[data-action="close-file"]');
        await page.choose('[data-file]', file('report.json', json));
        await page.view((seen) => seen.diff);
      });
    });

    test('a file that is none is told with its name, and nothing is lost', async () => {
      await audited('short-hsts-demo.org', async (page, tab, expected) => {
        const before = await page.view((seen) => shows(seen, expected));
        for (const [named, text, said] of [
          ['broken.json', '{"schema": "https-audit/report@1", ', /broken\.json can not be opened: .+/],
          ['other.json', '{"a": 1}', /other\.json can not be opened: it is neither/],
          ['a.har', '{"log": {"version": "1.2"}}', /a\.har can not be opened: it is a HAR file/],
          ['later.json', '{"schema": "https-audit/report@9"}', /later\.json can not be opened: .*report@/],
          ['half.json', '{"schema": "https-audit/evidence@1", "visits": 4}', /half\.json can not be opened: .+/],
          ['bad.toml', '[[accept]]\nchek = "x"\n', /bad\.toml can not be opened: .*2/],
        ]) {
          await page.choose('[data-file]', file(named, text));
          const words = await page.view(() => true).then(async () => {
            for (let waited = 0; waited < 40 && !said.test(await saidNow(page)); waited += 1) await new Promise((done) => setTimeout(done, 100));
            return saidNow(page);
          });
          assert.match(words, said);
        }
        const after = await page.view();
        assert.deepEqual(after.statuses, before.statuses);
        assert.deepEqual(after.findings, before.findings);
      });
    });

    test('a finding is accepted, and the baseline works in the command', async () => {
      await audited('weak-cookies-demo.org', async (page, tab, expected) => {
        await page.view((seen) => shows(seen, expected));
        await page.evaluate(() => { document.querySelector('[data-finding="cookie.samesite.invalid"]').open = true; });
        await page.click('[data-finding="cookie.samesite.invalid"] [data-action="accept"]');
        await page.click('[data-action="accept-now"]');
        assert.match(await page.evaluate(() => document.querySelector('[data-dialog] [role="alert"]').textContent), /why/i);
        await page.click('[name="why"]');
        await page.type('An old "client" \\ of ours');
        assert.deepEqual(await page.violations(), []);
        await page.click('[data-action="accept-now"]');
        const accepted = await page.view((seen) => seen.accepted.length > 0);
        assert.deepEqual(accepted.accepted, ['cookie.samesite.invalid']);
        assert.deepEqual(accepted.statuses, expected, 'the verdicts say what is there');
        const { text: baseline, name: saved } = await page.saved(() => page.click('[data-action="save-baseline"]'));
        assert.equal(saved, 'https-audit-baseline.toml');
        await pick(page, 'evidence');
        const { text: evidence } = await page.saved(() => page.click('[data-action="save-evidence"]'));
        const { text: sarif } = await page.saved(() => pick(page, 'sarif'));
        const { text: json } = await page.saved(() => pick(page, 'json'));
        const ran = command(['audit', '-', '--baseline', file('baseline.toml', baseline), '--format', 'sarif', '--fail-on', 'never', '--now', JSON.parse(json).generated_at], evidence);
        assert.equal(ran.stdout, sarif, ran.stderr);
        assert.equal(JSON.parse(sarif).runs[0].results.filter((result) => result.suppressions?.length > 0).length, 1);
        await page.click('[data-action="drop-baseline"]');
        await page.view((seen) => seen.accepted.length === 0);
      });
    });

    test('it follows the tab, and keeps what the reader opened', async () => {
      const tab = await browser.newTab();
      await browser.visit(tab, visitOf('hardened-demo.org').url);
      await browser.onPage(`audit.html?tab=${tab.id}`, {}, async (page) => {
        await page.view((seen) => seen.site === 'hardened-demo.org');
        await page.beside(() => browser.visit(tab, visitOf('weak-cookies-demo.org').url));
        const view = await page.view((seen) => shows(seen, visitOf('weak-cookies-demo.org').expected));
        assert.equal(view.site, 'weak-cookies-demo.org');
      });
      await browser.closeTab(tab);
    });

    test('every action works by keyboard alone', async () => {
      await audited('weak-cookies-demo.org', async (page, tab, expected) => {
        const view = await page.view((seen) => shows(seen, expected));
        const all = view.findings.length;
        const counted = () => page.evaluate(() => Number.parseInt(document.querySelector('[data-shown]').textContent, 10));

        await page.press('/');
        await page.type('sessionid');
        assert.ok((await counted()) < all, 'searched');
        for (let letter = 0; letter < 'sessionid'.length; letter += 1) await page.press('Backspace');
        assert.equal(await counted(), all);
        await onKeys(page, '[data-filter="error"]', 'Space');
        assert.ok((await counted()) < all, 'filtered');
        await page.press('Space');
        assert.equal(await counted(), all);

        await onKeys(page, '[data-finding="cookie.samesite.invalid"] > summary');
        assert.ok(await page.evaluate(() => document.querySelector('[data-finding="cookie.samesite.invalid"]').open), 'opened');
        await onKeys(page, '[data-finding="cookie.samesite.invalid"] [data-action="accept"]');
        await onKeys(page, '[name="why"]', 'a');
        await onKeys(page, '[data-action="accept-now"]');
        await page.view((seen) => seen.accepted.length === 1);
        assert.match((await page.saved(() => onKeys(page, '[data-action="save-baseline"]'))).text, /cookie\.samesite\.invalid/);
        await onKeys(page, '[data-action="drop-baseline"]');
        await page.view((seen) => seen.accepted.length === 0);

        for (const format of FORMATS) {
          await onKeys(page, '.menu > summary');
          const { text } = await page.saved(() => onKeys(page, `[data-export="${format}"]`));
          assert.ok(text.length > 100, format);
        }
        await onKeys(page, '.menu > summary');
        await page.press('Escape');
        assert.ok(!(await page.evaluate(() => document.querySelector('.menu').open)), 'Escape closes the menu');
        await page.press('Enter');
        await onKeys(page, '[data-export="evidence"]');
        const evidence = await page.saved(() => onKeys(page, '[data-action="save-evidence"]'));
        assert.equal(JSON.parse(evidence.text).schema, 'https-audit/evidence@1');

        await page.choose('[data-file]', file('evidence.json', evidence.text));
        await page.view((seen) => seen.diff);
        await onKeys(page, '[data-action="show-file"]');
        await page.view((seen) => seen.actions.includes('close-file') && !seen.actions.includes('show-file'));
        await onKeys(page, '[data-action="close-file"]');
        await page.view((seen) => seen.actions.includes('record'));

        await onKeys(page, '[data-action="copy"]');
        await page.view((seen) => /copied/i.test(seen.text));
        await onKeys(page, '[data-action="record"]');
        await page.view((seen) => seen.actions.includes('stop-record'));
        assert.equal(await page.evaluate(() => document.activeElement.dataset.action), 'stop-record', 'the focus goes on');
        await page.press('Enter');
        await page.view((seen) => seen.actions.includes('drop-record'));
        await onKeys(page, '[data-action="drop-record"]');
        await page.view((seen) => seen.actions.includes('record'));
        await onKeys(page, '[data-action="probe"]');
        await page.view((seen) => seen.probe && seen.probe !== 'none');
      });
    });

    test('every button, link and field is a stop of the Tab key', async () => {
      await audited('django-demo.org', async (page, tab, expected) => {
        await page.view((seen) => shows(seen, expected));
        const count = await page.evaluate(() => document.querySelectorAll('a[href], button, summary, input, select').length);
        for (let stops = 0; stops < count + 20; stops += 1) {
          await page.press('Tab');
          const again = await page.evaluate(() => {
            const element = document.activeElement;
            if (!element || element === document.body) return true;
            const before = element.hasAttribute('data-reached');
            element.setAttribute('data-reached', '');
            return before;
          });
          if (again) break;
        }
        assert.deepEqual(await page.evaluate(readUnreached), []);
      });
    });

    test('the panel of the developer tools shows the same page for the inspected tab', async () => {
      const { url, expected } = visitOf('weak-cookies-demo.org');
      const tab = await browser.newTab();
      await browser.visit(tab, url);
      const popup = await browser.popup(tab, { until: (seen) => shows(seen, expected) });
      await browser.inPanel(tab, async (panel) => {
        const view = await panel.view((seen) => shows(seen, expected));
        assert.equal(view.site, popup.site);
        assert.deepEqual(view.statuses, expected);
        assert.equal(await panel.evaluate(() => document.documentElement.dataset.embed), 'devtools');
        assert.ok(popup.findings.every((id) => view.findings.includes(id)), 'every finding of the popup');
      });
      await browser.closeTab(tab);
    });

    test('nothing is on any console', async () => {
      assert.deepEqual(await browser.console(), []);
    });
  });
}
