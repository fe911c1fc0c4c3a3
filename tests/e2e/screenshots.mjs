#!/usr/bin/env node
// `node tests/e2e/screenshots.mjs`: takes the pictures of docs/screenshots anew, of every page of the extension, in Chromium.
// What `./build.sh build` made must be there.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { VISITS, shows } from './hosts.mjs';
import { openBrowser } from './lib/browser.mjs';
import { ROOT, startDemo } from './lib/demo.mjs';
import { walked } from './lib/walked.mjs';

const { values } = parseArgs({ options: { out: { type: 'string', default: path.join(ROOT, 'docs/screenshots') } } });
const at = (name) => path.join(values.out, `${name}.png`);
const WIDE = { width: 1280, height: 960 };

/** What is in sight once a section is at the top. */
async function shoot({ page }, name, section) {
  // What comes into sight is laid out only then, and is taller or lower than was thought.
  for (let time = 0; section && time < 3; time += 1) {
    await page.evaluate((selector) => new Promise((done) => {
      document.querySelector(selector).scrollIntoView({ behavior: 'instant' });
      requestAnimationFrame(() => requestAnimationFrame(done));
    }), section);
  }
  await page.screenshot({ path: at(name) });
}

const demo = await startDemo();
const browser = await openBrowser('chromium', { demo });
try {
  const visit = async (host, task) => {
    const { url, expected } = VISITS.find((each) => each.name === host);
    const tab = await browser.newTab();
    await browser.visit(tab, url);
    await browser.popup(tab, { until: (seen) => shows(seen, expected) });
    await task(tab, expected);
    await browser.closeTab(tab);
  };
  const audited = (tab, look, task) => browser.onPage(`audit.html?tab=${tab.id}`, { viewport: WIDE, ...look }, task);

  await visit('weak-cookies-demo.org', async (tab, expected) => {
    await browser.popup(tab, { until: (seen) => shows(seen, expected), screenshot: at('popup-fail-light') });
    await audited(tab, {}, async (page) => {
      await page.view((seen) => shows(seen, expected));
      await shoot(page, 'audit-light');
      await page.evaluate(() => { document.querySelector('[data-finding]').open = true; });
      await shoot(page, 'audit-findings-light', '#findings');
      await shoot(page, 'audit-cookies-light', '#cookies');
      const html = await page.evaluate(() => document.querySelector('.menu').open = true).then(() => page.saved(() => page.click('[data-export="html"]')));
      await page.beside(async () => {
        const sheet = await browser.puppeteer.newPage();
        await sheet.setViewport({ width: 960, height: 1200 });
        await sheet.setContent(html.text);
        await sheet.screenshot({ path: at('report-light') });
        await sheet.close();
      });
    });
    await audited(tab, { theme: 'dark' }, async (page) => {
      await page.view((seen) => shows(seen, expected));
      await shoot(page, 'audit-tls-dark', '#tls');
      await shoot(page, 'audit-requests-dark', '#requests');
    });
  });
  await visit('hardened-demo.org', (tab, expected) => browser.popup(tab, { theme: 'dark', until: (seen) => shows(seen, expected), screenshot: at('popup-pass-dark') }));
  await visit('django-demo.org', (tab, expected) => audited(tab, {}, async (page) => {
    await page.view((seen) => shows(seen, expected));
    await shoot(page, 'audit-django-light', '#django');
  }));
  for (const theme of ['light', 'dark']) {
    await walked({ browser, demo }, false, (page) => shoot(page, `audit-routes-${theme}`, '#routes'), { theme, viewport: WIDE });
    for (const name of ['options', 'welcome']) await browser.onPage(`${name}.html`, { theme, viewport: { width: 960, height: 900 } }, (page) => shoot(page, `${name}-${theme}`));
  }
  await browser.onPage('access.html?tab=1&site=shop-demo.org&pattern=*%3A%2F%2F*.shop-demo.org%2F*', { viewport: { width: 960, height: 600 } }, (page) => shoot(page, 'access-light'));
} finally {
  await browser.close();
  await demo.stop();
}
