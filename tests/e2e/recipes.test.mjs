// The recipes of docs/ci.md, which lie in docs/recipes/, as they are: a Playwright test, a pytest with Django's live server, a shell
// pipeline with curl, and the steps of GitHub Actions and GitLab CI. Each on a site that passes, and on one that does not.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT, startDemo } from './lib/demo.mjs';
import { Kitchen, RECIPES, python, scripts } from './lib/recipes.mjs';

const GOOD = 'http://hardened-demo.org/';
const BAD = 'http://weak-cookies-demo.org/';

describe('recipes', () => {
  let demo;
  let kitchen;
  before(async () => {
    demo = await startDemo();
    kitchen = new Kitchen(demo);
  });
  after(async () => {
    kitchen?.remove();
    await demo?.stop();
  });

  test('Playwright passes a site, and fails another one with the report', () => {
    const good = kitchen.playwright(GOOD, { SITE_PATHS: '/ /again' });
    assert.equal(good.status, 0, good.stdout + good.stderr);
    assert.match(good.stdout, /\b1 passed\b/);
    const bad = kitchen.playwright(BAD);
    assert.equal(bad.status, 1, bad.stdout + bad.stderr);
    assert.match(bad.stdout, /https-audit ended with status 1/);
    assert.match(bad.stdout, /\[cookie\.secure\.missing\]/);
  });

  test('pytest passes Django as its settings are, and fails what they spoil', () => {
    const good = kitchen.pytest({});
    assert.equal(good.status, 0, good.stdout + good.stderr);
    assert.match(good.stdout, /\b2 passed\b/);
    for (const [settings, checks] of [
      [{ SECURE_HSTS_SECONDS: 0, CSRF_COOKIE_SECURE: false }, ['hsts.field.missing', 'cookie.secure.missing']],
      [{ SECURE_SSL_REDIRECT: false }, ['https.page.insecure']],
    ]) {
      const { status, stdout } = kitchen.pytest(settings);
      assert.equal(status, 1, stdout);
      assert.match(stdout, /\b2 failed\b/);
      for (const check of checks) assert.ok(stdout.includes(`[${check}]`), `${check}: ${stdout}`);
    }
    const broken = kitchen.pytest({ ROOT_URLCONF: 'nowhere' });
    assert.equal(broken.status, 1, 'an answer of 500 is no audit that passes');
    assert.match(broken.stdout, /500 Internal Server Error/);
  });

  test('the live server, asked as itself, is said to be what it is', () => {
    const heads = 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nSet-Cookie: csrftoken=x; Path=/; Secure\r\n\r\n';
    writeFileSync(kitchen.file('heads'), heads);
    const { stdout } = kitchen.run('https-audit', ['audit', 'heads', '--url', 'http://localhost:8081/login/', '--format', 'json']);
    const { verdicts } = JSON.parse(stdout);
    assert.equal(verdicts.https.status, 'not-applicable');
    assert.equal(verdicts.hsts_preload.status, 'not-applicable');
    assert.doesNotMatch(kitchen.run('https-audit', ['audit', 'heads', '--url', 'http://localhost:8081/']).stdout, /is encrypted/);
  });

  test('curl and the command in a pipeline', () => {
    const heads = path.join(RECIPES, 'heads.sh');
    const good = kitchen.run(heads, [GOOD]);
    assert.equal(good.status, 0, good.stdout + good.stderr);
    assert.match(good.stdout, /^https:\/\/hardened-demo\.org\/\n/);
    const bad = kitchen.run(heads, [BAD]);
    assert.equal(bad.status, 1);
    assert.match(bad.stdout, /\[cookie\.secure\.missing\]/);
    const refused = kitchen.run(heads, ['https://expired-demo.org/']);
    assert.notEqual(refused.status, 0, refused.stdout);
    assert.match(refused.stderr, /^curl: \(60\) /);

    // What an earlier report knows fails nothing, and what is new does.
    const { stdout: earlier } = kitchen.run('bash', ['-c', `curl -sLD- -o /dev/null ${BAD} | https-audit audit - --url ${BAD} --format json --fail-on never`]);
    writeFileSync(kitchen.file('report.json'), earlier);
    const known = kitchen.run(heads, [BAD, 'report.json']);
    assert.equal(known.status, 0, known.stdout + known.stderr);
    const today = JSON.parse(readFileSync(kitchen.file('report.json.new'), 'utf8'));
    assert.deepEqual(today.verdicts, JSON.parse(earlier).verdicts);
    const less = JSON.parse(earlier);
    const gone = less.findings.find(({ severity }) => severity === 'error');
    less.findings = less.findings.filter((finding) => finding !== gone);
    less.checks.find(({ id }) => id === gone.check).outcome = 'pass';
    writeFileSync(kitchen.file('less.json'), JSON.stringify(less));
    const news = kitchen.run(heads, [BAD, 'less.json']);
    assert.equal(news.status, 1, news.stdout + news.stderr);
    assert.ok(news.stdout.includes(`new, error: ${gone.title}`), news.stdout);
  });

  for (const [file, schema] of [['github.yml', 'vendor.github-workflows'], ['gitlab.yml', 'vendor.gitlab-ci']]) {
    test(`${file} is what its schema asks for`, () => {
      const { status, stdout, stderr } = python('schemas', ['-m', 'check_jsonschema', '--builtin-schema', schema, path.join(RECIPES, file)]);
      assert.equal(status, 0, stdout + stderr);
      writeFileSync(kitchen.file('wrong.yml'), readFileSync(path.join(RECIPES, file), 'utf8').replaceAll(/^( +)(timeout-minutes|timeout): .*$/gm, '$1$2: [soon]'));
      assert.equal(python('schemas', ['-m', 'check_jsonschema', '--builtin-schema', schema, kitchen.file('wrong.yml')]).status, 1, 'the schema refuses something');
    });
  }

  test('the steps of GitHub Actions annotate, summarise and fail', () => {
    const { review, audit } = project();
    for (const [site, expected] of [[GOOD, 0], [BAD, 1]]) {
      const summary = kitchen.file(`summary-${expected}.md`);
      const { status, stdout, stderr } = kitchen.run('bash', ['-e', '-c', audit.github], { SITE: site, GITHUB_STEP_SUMMARY: summary }, kitchen.file('project'));
      assert.equal(status, expected, stdout + stderr);
      assert.equal(/^::error file=heads\.txt,line=1,title=/m.test(stdout), expected === 1, stdout);
      assert.match(readFileSync(summary, 'utf8'), /^# /);
    }
    const { status, stdout, stderr } = kitchen.run('bash', ['-e', '-c', review.github], { GITHUB_STEP_SUMMARY: kitchen.file('review.md') }, kitchen.file('project'));
    assert.equal(status, 1, stdout + stderr);
    assert.match(stdout, /^::error file=shop\/settings\.py,line=\d+,col=\d+,title=/m);
    assert.match(readFileSync(kitchen.file('review.md'), 'utf8'), /settings\.py/);
  });

  test('the jobs of GitLab CI leave Code Quality reports and fail', () => {
    const { review, audit } = project();
    const quality = (name) => JSON.parse(readFileSync(kitchen.file(`project/${name}`), 'utf8'));
    for (const [site, expected] of [[GOOD, 0], [BAD, 1]]) {
      const { status, stdout, stderr } = kitchen.run('bash', ['-eo', 'pipefail', '-c', audit.gitlab], { SITE: site }, kitchen.file('project'));
      assert.equal(status, expected, stdout + stderr);
      assert.equal(quality('https.json').some(({ severity }) => severity === 'critical'), expected === 1);
    }
    const { status, stdout, stderr } = kitchen.run('bash', ['-eo', 'pipefail', '-c', review.gitlab], {}, kitchen.file('project'));
    assert.equal(status, 1, stdout + stderr);
    assert.ok(quality('review.json').some(({ location }) => location.path === 'shop/settings.py'));
  });

  /** A project with settings that a review finds something in, and what the two files run there. */
  function project() {
    mkdirSync(kitchen.file('project/shop'), { recursive: true });
    const settings = ['SECRET_KEY = "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdef"', 'ALLOWED_HOSTS = ["*"]', 'INSTALLED_APPS = []', 'MIDDLEWARE = []', ''];
    writeFileSync(kitchen.file('project/shop/settings.py'), settings.join('\n'));
    const github = scripts('github.yml').jobs.audit.steps.filter(({ run }) => run).map(({ run }) => run);
    const gitlab = scripts('gitlab.yml');
    assert.equal(github.length, 2, 'a step that is run by no test');
    assert.deepEqual(Object.keys(gitlab), ['variables', 'review', 'https'], 'a job that is run by no test');
    return {
      review: { github: github[0], gitlab: gitlab.review.script.join('\n') },
      audit: { github: github[1], gitlab: gitlab.https.script.join('\n') },
    };
  }
});

test('docs/ci.md names every recipe', () => {
  const text = readFileSync(path.join(ROOT, 'docs/ci.md'), 'utf8');
  for (const name of readdirSync(RECIPES)) assert.ok(text.includes(`<!-- file: docs/recipes/${name} -->`), name);
});
