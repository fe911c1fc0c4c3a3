// Both browsers load the built extension, and Chromium has nothing against it.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { BROWSERS, openBrowser } from './lib/browser.mjs';
import { openChromium } from './lib/chromium.mjs';
import { ROOT } from './lib/demo.mjs';

test('Chromium has no warning and no error on chrome://extensions', async () => {
  const browser = await openChromium();
  try {
    assert.deepEqual(await browser.complaints(), []);
  } finally {
    await browser.close();
  }
});

test('a manifest that warns would be noticed', async () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'https-audit-warns-'));
  cpSync(path.join(ROOT, 'dist/chromium'), copy, { recursive: true });
  const file = path.join(copy, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.permissions.push('noSuchPermission');
  manifest.no_such_key = true;
  writeFileSync(file, JSON.stringify(manifest));
  const browser = await openChromium({ extension: copy });
  try {
    const complaints = await browser.complaints();
    assert.ok(complaints.some((text) => text.includes('noSuchPermission')), complaints.join('\n'));
    assert.ok(complaints.some((text) => text.includes('no_such_key')), complaints.join('\n'));
  } finally {
    await browser.close();
    rmSync(copy, { recursive: true, force: true });
  }
});

for (const name of BROWSERS) {
  test(`${name} loads the extension and its background says nothing`, async () => {
    const browser = await openBrowser(name);
    try {
      assert.ok(browser.address('popup.html').endsWith('/popup.html'));
      assert.deepEqual(await browser.console(), []);
    } finally {
      await browser.close();
    }
  });
}
