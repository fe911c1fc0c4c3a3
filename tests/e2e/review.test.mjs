// The review of settings against a real Django: each project of the corpus (`crate/review/tests/settings`) that runs is asked
// with `manage.py check --deploy`, and has to have the ids that the review gives it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { printed } from './django/check-deploy.mjs';
import { command } from './lib/command.mjs';
import { ROOT } from './lib/demo.mjs';

const CORPUS = path.join(ROOT, 'crate/review/tests/settings');

/**
 * A line `runnable MODULE WORD…` or `runnable-with LIBRARY MODULE WORD…` of an expectation. A word is `NAME=value` for the
 * environment, `+module` for one that need only be there, or a file that the review is given instead of the whole project.
 */
function parsed(name, line) {
  const words = line.split(' ');
  if (words.shift() === 'runnable-with') words.shift();
  const module = words.shift();
  const folder = path.join(CORPUS, name);
  const root = existsSync(folder) ? folder : CORPUS;
  const variables = words.filter((word) => /^\w+=/.test(word)).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
  const files = words.filter((word) => !word.startsWith('+') && !/^\w+=/.test(word)).map((file) => path.join(root, file));
  return {
    name: `${name}: ${module}`,
    paths: files.length ? files : [existsSync(folder) ? folder : `${folder}.py`],
    asked: { root, module, environment: Object.fromEntries(variables), empty: words.filter((word) => word.startsWith('+')).map((word) => word.slice(1)) },
  };
}

const cases = readdirSync(CORPUS).filter((file) => file.endsWith('.expect')).sort().flatMap((file) =>
  readFileSync(path.join(CORPUS, file), 'utf8').split('\n').filter((line) => /^runnable(-with)? /.test(line)).map((line) => parsed(path.basename(file, '.expect'), line)));

/** The ids of Django's that a review of these files has, and what the files do not decide. */
function reviewed(paths) {
  const { stdout, stderr, status } = command(['review', '--format', 'json', '--fail-on', 'never', ...paths]);
  assert.equal(status, 0, stderr);
  const { findings, unknown } = JSON.parse(stdout);
  const ids = new Set(findings.flatMap(({ references }) => references.filter((reference) => reference.startsWith('security.'))));
  return { ids: [...ids].sort(), unknown: unknown.map(({ what }) => what) };
}

test('manage.py check --deploy says of each what the review says', async (t) => {
  assert.ok(cases.length >= 50, `${cases.length}`);
  const texts = printed(cases.map(({ asked }) => asked));
  let compared = 0;
  for (const [n, { name, paths }] of cases.entries()) {
    await t.test(name, () => {
      assert.match(texts[n], /System check identified/);
      const django = [...new Set([...texts[n].matchAll(/\((security\.[WE]\d+)\)/g)].map(([, id]) => id))].sort();
      const { ids, unknown } = reviewed(paths);
      assert.deepEqual(ids, django, `not known: ${unknown.join(', ')}`);
      compared += django.length;
    });
  }
  t.diagnostic(`${cases.length} settings modules, ${compared} ids compared`);
});
