// MDN HTTP Observatory's own analysers and grader against ours, on the same sites: the same result code for each of its
// tests and the same score. What differs on purpose is in docs/differences.md, and a rule here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { theirTests } from './observatory/analysers.mjs';
import { generate } from './observatory/generate.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const { asEvidence, asRequests, theirs: codesOf, grade } = await theirTests();

/** What the Observatory says: codes, score and letter; null on a status that it does not grade. */
const theirs = (/** @type {any} */ requests) => {
  const { status } = requests.responses.auto;
  if (status < 200 || (status >= 400 && ![401, 403].includes(status))) return null;
  const codes = codesOf(requests);
  return { codes, ...grade(codes) };
};

/** What we say of evidence, one answer a line. @param {unknown[]} evidence */
const ours = (evidence) => {
  const input = evidence.map((one) => JSON.stringify(one)).join('\n');
  const run = spawnSync(join(ROOT, 'target/debug/xtask'), ['observatory'], { input, cwd: ROOT, maxBuffer: 1 << 28, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.trim().split('\n').map((line) => JSON.parse(line));
};

/** Compares, and says how much was compared. @param {import('./observatory/site.mjs').Site[]} sites @param {string} what */
const compare = (sites, what) => {
  const shapes = sites.map((site) => {
    const { requests, answer } = asRequests(site);
    return { site, their: theirs(requests), evidence: asEvidence(site, answer) };
  });
  const answers = ours(shapes.map(({ evidence }) => evidence));
  /** @type {string[]} */
  const differences = [];
  const seen = new Set();
  let codes = 0;
  let graded = 0;
  shapes.forEach(({ site, their }, at) => {
    const our = answers[at];
    const place = `${what} ${at}: ${JSON.stringify(site)}`;
    if (!their || !our) {
      if (Boolean(their) !== Boolean(our)) differences.push(`graded by ${their ? 'them' : 'us'} alone: ${place}`);
      return;
    }
    graded += 1;
    for (const [name, code] of Object.entries(their.codes)) {
      codes += 1;
      seen.add(code);
      if (our.codes[name] !== code) differences.push(`${name}: they say ${code}, we ${our.codes[name]}: ${place}`);
    }
    const same = our.algorithm_4.score === their.score && our.algorithm_4.letter === their.grade && !our.algorithm_4.low;
    if (!same) differences.push(`score: they say ${their.grade} ${their.score}, we ${JSON.stringify(our.algorithm_4)}: ${place}`);
  });
  console.log(`${what}: ${sites.length} sites, ${graded} of them graded, ${codes} codes compared, ${seen.size} different ones, ${differences.length} differences`);
  return { differences, seen, graded };
};

test('generated sites', () => {
  const { differences, seen, graded } = compare(generate(400, 4), 'generated');
  assert.ok(graded >= 300, `only ${graded} are graded`);
  assert.ok(seen.size >= 45, `only ${seen.size} codes occur: ${[...seen].sort().join(' ')}`);
  assert.equal(differences.length, 0, differences.slice(0, 12).join('\n'));
});

// Real responses are not part of the project; who has some names their file.
if (!process.env.CORPUS) console.log('no recorded responses: CORPUS names no file');
else test('recorded responses', () => {
  const lines = readFileSync(/** @type {string} */ (process.env.CORPUS), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const sites = lines.filter(({ url }) => /^https?:/.test(url)).map(({ url, status, headers }) => {
    const { hostname, protocol } = new URL(url);
    return { host: hostname, headers, html: '<!doctype html><html><head></head><body></body></html>', status, http: protocol === 'https:' ? 'https' : 'stays', https: protocol === 'https:' ? 'good' : 'refused', before: null, cors: null };
  });
  const { differences } = compare(sites, 'recorded');
  assert.equal(differences.length, 0, differences.slice(0, 12).join('\n'));
});
