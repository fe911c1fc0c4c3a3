// A page of the extension in Firefox, as a test works it. Same interface as page-chromium.mjs.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { By, Key } from 'selenium-webdriver';
import { certainly, readView, readViolations, savedFile } from './view.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page of the extension that is open and current. */
export class FirefoxPage {
  /**
   * @param {import('./firefox.mjs').Firefox} firefox
   * @param {{evaluate: Function, click: Function}} driver what the page is worked by
   */
  constructor(firefox, { evaluate, click }) {
    this.firefox = firefox;
    this.evaluate = evaluate;
    this.click = click;
  }

  /** The view by its public hooks, once it is as wanted. */
  view(until = () => true) {
    return certainly(() => this.evaluate(readView), until);
  }

  /** Presses a key: Tab, Enter, Escape, Space and so on. */
  press(key) {
    return this.firefox.driver.actions().sendKeys(key === 'Backspace' ? Key.BACK_SPACE : (Key[key.toUpperCase()] ?? key)).perform();
  }

  /** Goes back by Shift and Tab. */
  pressBack() {
    return this.firefox.driver.actions().keyDown(Key.SHIFT).sendKeys(Key.TAB).keyUp(Key.SHIFT).perform();
  }

  /** Types into what has the focus. */
  type(text) {
    return this.firefox.driver.actions().sendKeys(text).perform();
  }

  /** Gives a file to a file input. */
  async choose(selector, file) {
    await this.firefox.driver.findElement(By.css(selector)).sendKeys(file);
  }

  /** The file that is saved by what `act` does: `{name, text}`. */
  async saved(act) {
    const folder = mkdtempSync(path.join(tmpdir(), 'https-audit-saved-'));
    await this.firefox.chrome(`Services.prefs.setStringPref('browser.download.dir', arguments[0])`, folder);
    await act();
    return savedFile(folder);
  }

  /** Does something in other tabs while this page stays open. */
  async beside(task) {
    const here = await this.firefox.driver.getWindowHandle();
    try {
      return await task();
    } finally {
      await this.firefox.driver.switchTo().window(here);
    }
  }

  /** What axe-core finds wrong in the page as it is. */
  violations() {
    return this.evaluate(`async () => { ${AXE}; return (${readViolations})(); }`);
  }

  /** A picture of the page. */
  async screenshot(file) {
    writeFileSync(file, await this.firefox.driver.takeScreenshot(), 'base64');
  }
}
