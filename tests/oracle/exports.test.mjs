// The exports against the schemas of who made the formats: SARIF by OASIS's JSON schema, JUnit XML by Jenkins' XML schema; GitLab's
// Code Quality and GitHub's annotations by their documentation.
// Over every file of tests/fixtures/evidence/, the hostile one among them, and over all of them as one file.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';
import { command } from '../e2e/lib/command.mjs';

const TESTS = fileURLToPath(new URL('..', import.meta.url));
const EVIDENCE = join(TESTS, 'fixtures/evidence');
const NOW = '2026-11-26T00:00:00Z';

/** Response heads, and the address that they begin at. @type {Record<string, string>} */
const HEADS = {
  'django-default.txt': 'http://blog-demo.org/accounts/login/',
  'hsts-missing.txt': 'http://shop-demo.com/',
  'hsts-void.txt': 'https://shop-demo.com/',
};

const FILES = readdirSync(EVIDENCE).sort();

/** What the command is given: each file by itself, then those that need no address together. */
const INPUTS = [
  ...FILES.map((name) => ({ name, args: [join(EVIDENCE, name), ...(HEADS[name] ? ['--url', HEADS[name]] : [])] })),
  { name: 'all at once', args: FILES.filter((name) => name.endsWith('.json')).map((name) => join(EVIDENCE, name)) },
];

/** A finding that a baseline accepts is in none of them, but in what tests/exports/golden/ holds. */
const BASELINE = 'weak-session-cookie-with-baseline';
const golden = (/** @type {string} */ name) => readFileSync(join(TESTS, 'exports/golden', name), 'utf8');

const schema = (/** @type {string} */ name) => readFileSync(join(TESTS, 'exports/schemas', name), 'utf8');

/** What the command writes. @param {string[]} args @param {string} format */
const exported = (args, format) => {
  const { status, stdout, stderr } = command(['audit', ...args, '--now', NOW, '--format', format, '--fail-on', 'never']);
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  return stdout;
};

/** A validator of the SARIF schema, formats included. */
const sarifSchema = () => {
  // Its pattern of languages is no regular expression of Unicode mode.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(schema('sarif-2.1.0.json')));
};

/** A validator of Code Quality reports. */
const qualitySchema = () => new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(join(TESTS, 'exports/gitlab-code-quality.json'), 'utf8')));

/** A line as GitHub's runner takes it (actions/runner, ActionCommand.TryParseV2): a command, or nothing of the kind. @param {string} line */
const workflowCommand = (line) => {
  const found = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/su.exec(line);
  if (!found) return undefined;
  const [, name, properties = '', message] = found;
  const unescaped = (/** @type {string} */ text) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
  const pairs = properties.split(',').map((pair) => /** @type {[string, string]} */ ([pair.split('=', 1)[0], unescaped(pair.slice(pair.indexOf('=') + 1))]));
  return { name, properties: Object.fromEntries(pairs), message: unescaped(message) };
};

/** What is wrong with a JUnit file by the schema. @param {string} contents @returns {Promise<string[]>} */
const junitErrors = async (contents) => {
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'export.xml', contents }],
    schema: [{ fileName: 'junit-10.xsd', contents: schema('junit-10.xsd') }],
  });
  return valid ? [] : errors.map(({ rawMessage }) => rawMessage);
};

test('SARIF is what OASIS says', () => {
  const validate = sarifSchema();
  let results = 0;
  const logs = INPUTS.map(({ name, args }) => ({ name, text: exported(args, 'sarif') }));
  logs.push({ name: BASELINE, text: golden(`${BASELINE}.sarif`) });
  for (const { name, text } of logs) {
    const log = JSON.parse(text);
    assert.ok(validate(log), `${name}: ${JSON.stringify(validate.errors?.slice(0, 5))}`);
    for (const run of log.runs) {
      const { rules } = run.tool.driver;
      assert.equal(new Set(rules.map((/** @type {any} */ rule) => rule.id)).size, rules.length, `${name}: a rule stands twice`);
      for (const result of run.results) {
        assert.equal(rules[result.ruleIndex].id, result.ruleId, name);
        // More than the schema's grammar: an address that programs can take apart.
        const { uri } = result.locations[0].physicalLocation.artifactLocation;
        assert.doesNotThrow(() => new URL(uri), `${name}: ${uri}`);
        results += 1;
      }
    }
  }
  assert.match(golden(`${BASELINE}.sarif`), /"suppressions": \[\n\s+\{/);
  console.log(`SARIF: ${logs.length} files, ${results} results`);
  assert.ok(results > 200, `only ${results} results`);
});

test('JUnit XML is what Jenkins reads', async () => {
  let cases = 0;
  const files = INPUTS.map(({ name, args }) => ({ name, xml: exported(args, 'junit') }));
  files.push({ name: BASELINE, xml: golden(`${BASELINE}.xml`) });
  for (const { name, xml } of files) {
    assert.deepEqual(await junitErrors(xml), [], name);
    cases += xml.split('<testcase ').length - 1;
  }
  console.log(`JUnit: ${files.length} files, ${cases} cases`);
  assert.ok(cases > 1000, `only ${cases} cases`);
});

test('Code Quality reports are what GitLab reads', () => {
  const validate = qualitySchema();
  let issues = 0;
  for (const { name, args } of INPUTS) {
    const report = JSON.parse(exported(args, 'gitlab'));
    assert.ok(validate(report), `${name}: ${JSON.stringify(validate.errors?.slice(0, 5))}`);
    const prints = report.map((/** @type {any} */ { fingerprint }) => fingerprint);
    assert.equal(new Set(prints).size, prints.length, `${name}: GitLab takes two findings for one`);
    issues += report.length;
  }
  console.log(`Code Quality: ${INPUTS.length} files, ${issues} issues`);
  assert.ok(issues > 50, `only ${issues} issues`);
  const [issue] = JSON.parse(exported(INPUTS.find(({ name }) => name === 'weak-session-cookie.json')?.args ?? [], 'gitlab'));
  for (const wrong of [{ severity: 'error' }, { fingerprint: '' }, { location: { path: '../a', lines: { begin: 1 } } }, { location: { path: 'a', lines: { begin: 0 } } }]) {
    assert.ok(!validate([{ ...issue, ...wrong }]), JSON.stringify(wrong));
  }
});

test('annotations are commands of GitHub Actions, the worst first, and a site starts none', () => {
  const kinds = ['error', 'warning', 'notice'];
  let commands = 0;
  for (const { name, args } of INPUTS) {
    const lines = exported(args, 'github').split(/\r\n|\r|\n/);
    assert.equal(lines.pop(), '', name);
    const summary = lines.pop() ?? '';
    assert.match(summary, /^https-audit: errors \d+, warnings \d+, notes \d+, accepted \d+/, name);
    const all = lines.map(workflowCommand);
    const expected = JSON.parse(exported(args, 'gitlab'));
    assert.equal(all.length, expected.length, `${name}: a finding, a command`);
    for (const command of all) {
      assert.ok(command && kinds.includes(command.name), name);
      assert.deepEqual(Object.keys(command.properties), ['file', 'line', 'title'], name);
      assert.ok(command.properties.title.length > 0 && command.message.includes('\nCheck: '), name);
    }
    const order = all.map((command) => kinds.indexOf(command?.name ?? ''));
    assert.deepEqual(order, order.toSorted(), `${name}: GitHub shows the first ten of a kind`);
    // More than ten of a kind are told, since GitHub hides them.
    const most = Math.max(...kinds.map((_, kind) => order.filter((one) => one === kind).length));
    assert.equal(summary.includes('GitHub shows the first 10'), most > 10, `${name}: ${summary}`);
    commands += all.length;
  }
  console.log(`annotations: ${INPUTS.length} files, ${commands} commands`);
  assert.ok(commands > 50, `only ${commands} commands`);
});

test('the command writes what the core does', () => {
  for (const name of FILES) {
    const args = [join(EVIDENCE, name), ...(HEADS[name] ? ['--url', HEADS[name]] : [])];
    for (const [format, extension] of [['sarif', 'sarif'], ['junit', 'xml'], ['markdown', 'md'], ['csv', 'csv']]) {
      assert.equal(exported(args, format), golden(`${name.split('.')[0]}.${extension}`), `${name} as ${format}`);
    }
  }
});

test('both schemas refuse what is wrong', async () => {
  const args = [join(EVIDENCE, 'weak-session-cookie.json')];
  const validate = sarifSchema();
  const log = JSON.parse(exported(args, 'sarif'));
  log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'https://a b/<c>';
  assert.ok(!validate(log), 'a URI with a space passed');
  const xml = exported(args, 'junit');
  assert.notDeepEqual(await junitErrors(xml.replace('<skipped message=', '<skipped reason=')), []);
  assert.notDeepEqual(await junitErrors(xml.replace('</failure>', '\u0001</failure>')), []);
});
