// docs/schema against what there is: every golden report, every evidence file, comparisons, reviews, scans; and broken ones, which
// must fail.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import { command } from '../e2e/lib/command.mjs';

const TESTS = fileURLToPath(new URL('..', import.meta.url));

const read = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8'));

/** The JSON files of a folder: name and value. */
const all = (/** @type {string} */ folder) =>
  readdirSync(join(TESTS, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => /** @type {[string, any]} */ ([name, read(join(TESTS, folder, name))]));

/** A validator of what calls itself by this schema's name. */
const validator = (/** @type {string} */ name) => {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  return ajv.compile(read(join(TESTS, '../docs/schema', `${name}-1.json`)));
};

/** Fails with what the validator says. */
const valid = (/** @type {any} */ validate, /** @type {any} */ value, /** @type {string} */ name) =>
  assert.ok(validate(value), `${name}: ${JSON.stringify(validate.errors, null, 1)}`);

/** Fails where a change is not noticed. */
const broken = (/** @type {any} */ validate, /** @type {any} */ value, /** @type {((v: any) => void)[]} */ changes) => {
  for (const change of changes) {
    const copy = structuredClone(value);
    change(copy);
    assert.ok(!validate(copy), `not noticed: ${change}`);
  }
};

test('every golden report is valid, and a broken one is not', () => {
  const [one, many] = [validator('report'), validator('reports')];
  const seen = { one: 0, many: 0 };
  for (const [name, report] of all('golden')) {
    const isOne = report.schema === 'https-audit/report@1';
    seen[isOne ? 'one' : 'many'] += 1;
    valid(isOne ? one : many, report, name);
    assert.ok(!(isOne ? many : one)(report), `${name} is of the other schema too`);
  }
  assert.ok(seen.one > 5 && seen.many > 0);
  broken(one, read(join(TESTS, 'golden/weak-session-cookie.json')), [
    (report) => { report.schema = 'https-audit/report@2'; },
    (report) => { delete report.verdicts.cookies; },
    (report) => { report.findings[0].severity = 'fatal'; },
    (report) => { report.verdicts.https.status = 'secure'; },
    (report) => { report.facts.cookies[0].secure = 'yes'; },
    (report) => { delete report.findings[0].fingerprint; },
    (report) => { report.facts.observatory.cookies = 1; },
    (report) => { report.findings[0].references = []; },
  ]);
});

test('every evidence file is valid, and a broken one is not', () => {
  const validate = validator('evidence');
  for (const [name, evidence] of all('fixtures/evidence')) valid(validate, evidence, name);
  broken(validate, read(join(TESTS, 'fixtures/evidence/weak-session-cookie.json')), [
    (evidence) => { evidence.schema = 'https-audit/evidence@2'; },
    (evidence) => { evidence.secrets = []; },
    (evidence) => { evidence.jar = {}; },
    (evidence) => { evidence.jar = { unseen: 'because' }; },
    (evidence) => { evidence.jar = { seen: [], unseen: 'not-in-input' }; },
    (evidence) => { delete evidence.visits[0].url; },
    (evidence) => { evidence.visits[0].exchanges[0].kind = 'page'; },
  ]);
});

test('comparisons and what a baseline adds are valid', () => {
  const golden = join(TESTS, 'golden/two-sites.json');
  const { status, stdout, stderr } = command(['compare', golden, golden, '--format', 'json']);
  assert.equal(status, 0, stderr);
  const validate = validator('comparison');
  valid(validate, JSON.parse(stdout), 'two-sites');
  const baseline = '[[accept]]\nfingerprint = "0"\nwhy = "w"\n[[accept]]\ncheck = "cookie.secure.missing"\nwhy = "w"\nuntil = 2020-01-01\n';
  const evidence = join(TESTS, 'fixtures/evidence/weak-session-cookie.json');
  const audit = command(['audit', evidence, '--baseline', '-', '--format', 'json', '--fail-on', 'never'], baseline);
  const report = JSON.parse(audit.stdout);
  assert.deepEqual([report.baseline.expired.length, report.baseline.unused.length], [1, 1]);
  valid(validator('report'), report, 'with a baseline');
  broken(validate, JSON.parse(stdout), [
    (comparison) => { comparison.sites[0].findings.same[0].check = 1; },
    (comparison) => { delete comparison.only_new; },
  ]);
});

test('reviews of settings and of nginx are valid, and a broken one is not', () => {
  const validate = validator('review');
  const corpus = join(TESTS, '../crate/review/tests');
  const reviewed = [join(corpus, 'settings'), ...['debian_default', 'django_gunicorn.conf', 'map_undecided'].map((name) => join(corpus, 'nginx', name))];
  const reviews = reviewed.map((path) => {
    const { status, stdout, stderr } = command(['review', path, '--format', 'json', '--fail-on', 'never']);
    assert.equal(status, 0, `${path}: ${stderr}`);
    const review = JSON.parse(stdout);
    valid(validate, review, path);
    return review;
  });
  const some = (/** @type {string} */ what) => reviews.flatMap((review) => review[what]);
  assert.ok(some('findings').some((finding) => finding.fix === null) && some('findings').some((finding) => finding.fix));
  assert.ok(some('unknown').some((unknown) => unknown.place) && some('modules').length > 20);
  broken(validate, reviews[0], [
    (review) => { review.schema = 'https-audit/review@2'; },
    (review) => { delete review.tool.version; },
    (review) => { review.findings[0].severity = 'fatal'; },
    (review) => { review.findings[0].place.line = '1'; },
    (review) => { review.findings[0].references = {}; },
    (review) => { delete review.unknown[0].how; },
  ]);
});

test('the lines and the summary of a scan are valid, and broken ones are not', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'https-audit-schema-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const summary = join(folder, 'summary.json');
  const evidence = join(TESTS, 'fixtures/evidence');
  // Sites, a baseline, lines that can not be read, and what is no input.
  const lines = [readFileSync(join(evidence, 'weak-session-cookie.json'), 'utf8'), '{"cut"'].map((text) => text.replaceAll('\n', ' '));
  const baseline = join(folder, 'accepted.toml');
  writeFileSync(baseline, '[[accept]]\ncheck = "cookie.secure.missing"\nwhy = "w"\n');
  writeFileSync(join(folder, 'lines.jsonl'), `${lines.join('\n')}\n`);
  const { status, stdout, stderr } = command(['scan', evidence, join(TESTS, 'fixtures/har'), join(folder, 'lines.jsonl'), '--baseline', baseline, '--summary', summary]);
  assert.equal(status, 2, stderr);
  const records = stdout.trim().split('\n').map((line) => JSON.parse(line));
  const validate = validator('scan-line');
  for (const record of records) valid(validate, record, `${record.input}:${record.line}`);
  assert.ok(records.some((record) => record.error) && records.some((record) => record.line) && records.some((record) => record.of > 1));
  assert.ok(records.some((record) => record.findings?.some((finding) => finding.accepted)) && records.some((record) => record.grade?.low));
  const site = records.find((record) => record.findings?.length && record.grade?.low);
  broken(validate, site, [
    (record) => { delete record.of; },
    (record) => { delete record.verdicts; },
    (record) => { record.error = 'it could not be read'; },
    (record) => { record.line = 'first'; },
    (record) => { record.verdicts.cookies = 'secure'; },
    (record) => { record.grade.low.score = 'F'; },
    (record) => { delete record.findings[0].fingerprint; },
  ]);
  const validSummary = validator('summary');
  const whole = read(summary);
  valid(validSummary, whole, 'summary');
  assert.ok(whole.unreadable > 0 && whole.checks['cookie.secure.missing'].accepted > 0);
  broken(validSummary, whole, [
    (value) => { value.schema = 'https-audit/summary@2'; },
    (value) => { delete value.verdicts.https['not-applicable']; },
    (value) => { value.checks['cookie.secure.missing'].severity = 'fatal'; },
    (value) => { value.sites = '1'; },
  ]);
});
