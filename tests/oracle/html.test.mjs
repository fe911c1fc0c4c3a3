// The exported HTML against html-validate's recommended rules: on every piece of evidence among the fixtures, and on all
// of them as one file.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { command } from '../e2e/lib/command.mjs';
import { ROOT } from '../e2e/lib/demo.mjs';

const FIXTURES = path.join(ROOT, 'tests/fixtures/evidence');
const NOW = '2026-11-28T00:00:00Z';
const evidence = readdirSync(FIXTURES).filter((name) => name.endsWith('.json')).map((name) => path.join(FIXTURES, name));
const validator = new HtmlValidate({ extends: ['html-validate:recommended'] });

/** The report on these inputs as HTML. */
function html(inputs) {
  const { status, stdout, stderr } = command(['audit', ...inputs, '--format', 'html', '--fail-on', 'never', '--now', NOW]);
  assert.equal(status, 0, stderr);
  return stdout;
}

async function faults(text) {
  const { results } = await validator.validateString(text);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`));
}

for (const file of evidence) {
  test(`the report on ${path.basename(file)} is valid, and holds no script and nothing from elsewhere`, async () => {
    const text = html([file]);
    assert.deepEqual(await faults(text), []);
    const tags = text.match(/<[a-z][^>]*>/gi) ?? [];
    assert.ok(tags.length > 100);
    assert.deepEqual(tags.filter((tag) => /^<(script|iframe|img|object|embed|link|base|form)\b|\s(on\w+|src|srcset|action)\s*=/i.test(tag)), []);
  });
}

test('a file with every site is valid', async () => {
  assert.deepEqual(await faults(html(evidence)), []);
});

test('the validator does find faults', async () => {
  assert.notDeepEqual(await faults('<!doctype html><html lang="en"><head><title>x</title></head><body><p><div></p></body></html>'), []);
});
