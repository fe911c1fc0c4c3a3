// MDN HTTP Observatory's own analysers, as its package has them, with the preload list that its install script would fetch.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const OBSERVATORY = join(ROOT, 'tests/node_modules/@mdn/mdn-http-observatory');

/** The list of Chromium: ours, so that both speak of the same one. */
const writeList = () => {
  const list = join(OBSERVATORY, 'conf/hsts-preload.json');
  if (existsSync(list)) return;
  const lines = gunzipSync(readFileSync(join(ROOT, 'crate/xtask/lists/preload-chromium.csv.gz'))).toString().split('\n').filter((line) => /^[^#]+,(true|false|0|1)/i.test(line));
  const entries = lines.map((line) => line.trim().split(',')).map(([host, all]) => [host, { includeSubDomains: /^(true|1)$/i.test(all), mode: 'force-https' }]);
  assert.ok(entries.length > 90_000, `only ${entries.length} entries in our list`);
  mkdirSync(dirname(list), { recursive: true });
  writeFileSync(list, JSON.stringify(Object.fromEntries(entries)));
};

/** Its tests and grader, and a site as it and as we take it. It reads the list as it is loaded. */
export const theirTests = async () => {
  writeList();
  const { asEvidence, asRequests } = await import('./site.mjs');
  const { ALL_TESTS } = await import('@mdn/mdn-http-observatory/src/constants.js');
  const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await import('@mdn/mdn-http-observatory/src/grader/charts.js');
  const { getGradeForScore, getScoreModifier } = await import('@mdn/mdn-http-observatory/src/grader/grader.js');

  /** Its result code for each of its tests. @param {any} requests @returns {Record<string, string>} */
  const theirs = (requests) => Object.fromEntries(ALL_TESTS.map((/** @type {any} */ run) => run(requests)).map((/** @type {any} */ result) => [result.constructor.name, result.result]));
  /** Its score and letter for such codes, by algorithm 4. @param {Record<string, string>} codes @returns {{score: number, grade: string}} */
  const grade = (codes) => {
    let [all, negative] = [100, 100];
    for (const code of Object.values(codes)) {
      all += getScoreModifier(code);
      negative += Math.min(0, getScoreModifier(code));
    }
    return getGradeForScore(negative >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : negative);
  };
  return { asEvidence, asRequests, theirs, grade };
};
