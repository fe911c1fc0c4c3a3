// A page of the extension in Chromium, as a test works it. Same interface as page-firefox.mjs.
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { certainly, readView, readViolations, savedFile } from './view.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page of the extension that is open. */
export class ChromiumPage {
  /** puppeteer's page and browser, for what only Chromium can do. */
  constructor(page, browser) {
    this.page = page;
    this.browser = browser;
  }

  /** Runs a function in the page. */
  evaluate(task, ...args) {
    return this.page.evaluate(task, ...args);
  }

  /** The view by its public hooks, once it is as wanted. */
  view(until = () => true) {
    return certainly(() => this.evaluate(readView), until);
  }

  /** Clicks as a person does; the page may be drawn anew meanwhile. */
  click(selector) {
    return this.page.locator(selector).click();
  }

  /** Presses a key: Tab, Enter, Escape, Space and so on. */
  press(key) {
    return this.page.keyboard.press(key);
  }

  /** Goes back by Shift and Tab. */
  async pressBack() {
    await this.page.keyboard.down('Shift');
    await this.page.keyboard.press('Tab');
    await this.page.keyboard.up('Shift');
  }

  /** Types into what has the focus. */
  type(text) {
    return this.page.keyboard.type(text);
  }

  /** Gives a file to a file input. */
  async choose(selector, file) {
    const input = await this.page.$(selector);
    await input.uploadFile(file);
  }

  /** The file that is saved by what `act` does: `{name, text}`. */
  async saved(act) {
    const session = await this.browser.target().createCDPSession();
    const folder = mkdtempSync(path.join(tmpdir(), 'https-audit-saved-'));
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
    try {
      await act();
      return await savedFile(folder);
    } finally {
      await session.detach();
    }
  }

  /** Does something in other tabs while this page stays open. */
  async beside(task) {
    try {
      return await task();
    } finally {
      // In a tab that is not in front no click comes to its end.
      await this.page.bringToFront();
    }
  }

  /** The page on A4 paper: the file, its pages, and what on it is wider than the paper. */
  printed() {
    return printed(this.page);
  }

  /** What axe-core finds wrong in the page as it is. */
  async violations() {
    await this.page.evaluate(AXE);
    return this.page.evaluate(readViolations);
  }

  /** A picture of the whole page. */
  screenshot(file) {
    return this.page.screenshot({ path: file, fullPage: true });
  }
}

/** Widths of A4 paper within margins of 10 mm, at 96 dots an inch. */
const PAPER = Math.floor((190 / 25.4) * 96);

/** A page of the browser on A4 paper. */
export async function printed(page) {
  const viewport = page.viewport();
  await page.emulateMediaType('print');
  await page.setViewport({ width: PAPER, height: 1000 });
  const cut = await page.evaluate((width) => [...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > width + 1)
    .map((element) => `${element.localName}.${element.className?.baseVal ?? element.className}`), PAPER);
  await page.emulateMediaType(null);
  if (viewport) await page.setViewport(viewport);
  const pdf = Buffer.from(await page.pdf({ format: 'A4', margin: { top: '10mm', right: '10mm', bottom: '10mm', left: '10mm' } }));
  return { pdf, pages: pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0, cut };
}
