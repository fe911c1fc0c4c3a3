// Google's csp_evaluator and this tool on the same policies: what it ranks HIGH is an error here, MEDIUM a warning.
//
// A difference is either a defect or one of DIFFERENCES, which docs/differences.md tells people with the same words.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';

import { pages } from './csp-policies.mjs';

const require = createRequire(import.meta.url);
const { CspEvaluator } = require('csp_evaluator');
const { Severity, Type } = require('csp_evaluator/dist/finding.js');
const { CspParser } = require('csp_evaluator/dist/parser.js');
const { evaluateForFailure } = require('csp_evaluator/dist/lighthouse/lighthouse_checks.js');

const PAGES = 600;
const SEED = 20260101;

/** The severity here of what csp_evaluator ranks so; the rest of its ranks is no part of the comparison. */
const SEVERITY = { [Severity.HIGH]: 'error', [Severity.MEDIUM]: 'warning' };

/** The checks that tell a finding of this type, by the directive that it names; `default-src` stands for several. */
const CHECKS = {
  MISSING_DIRECTIVES: {
    'script-src': ['csp.script.wildcard'],
    'object-src': ['csp.object.unrestricted'],
    'base-uri': ['csp.base.unrestricted'],
  },
  SCRIPT_UNSAFE_INLINE: { '*': ['csp.script.unsafe-inline'] },
  PLAIN_URL_SCHEMES: {
    'object-src': ['csp.object.unrestricted'],
    'base-uri': ['csp.base.unrestricted'],
    'default-src': ['csp.script.scheme-only', 'csp.object.unrestricted'],
    '*': ['csp.script.scheme-only'],
  },
  PLAIN_WILDCARD: {
    'object-src': ['csp.object.unrestricted'],
    'base-uri': ['csp.base.unrestricted'],
    'default-src': ['csp.script.wildcard', 'csp.object.unrestricted'],
    '*': ['csp.script.wildcard'],
  },
  SCRIPT_ALLOWLIST_BYPASS: { '*': ['csp.script.bypassable-host'] },
  OBJECT_ALLOWLIST_BYPASS: { '*': [] },
  NONCE_LENGTH: { '*': ['csp.script.nonce-too-short'] },
  SRC_HTTP: { '*': ['csp.http-source'] },
};

/** Findings that are not told here, each with its reason as docs/differences.md has it. */
const DIFFERENCES = [
  {
    reason: 'A directive without sources allows nothing: to browsers `object-src;` is `object-src \'none\'`.',
    is: (finding, policies) =>
      finding.type === Type.MISSING_DIRECTIVES &&
      finding.directive === 'object-src' &&
      policies.some((policy) => {
        const { directives } = new CspParser(policy).csp;
        return (directives['object-src'] ?? directives['default-src'])?.length === 0;
      }),
  },
  {
    reason: 'Hosts and schemes in `script-src-attr` allow nothing: an event handler has no address.',
    is: (finding) =>
      finding.directive === 'script-src-attr' && [Type.PLAIN_URL_SCHEMES, Type.PLAIN_WILDCARD].includes(finding.type),
  },
  {
    reason: 'No browser has run Flash since 2021, so a host that serves Flash files undoes nothing.',
    is: (finding) => finding.type === Type.OBJECT_ALLOWLIST_BYPASS,
  },
  {
    reason: 'An address without a scheme that begins with `//` is no source expression: browsers ignore it.',
    is: (finding) => finding.type === Type.SCRIPT_ALLOWLIST_BYPASS && finding.value.startsWith('//'),
  },
  {
    reason: 'An IPv6 address in brackets is no source expression: browsers ignore it.',
    is: (finding) => finding.type === Type.SRC_HTTP && finding.value.includes('['),
  },
  {
    reason: 'Case does not matter in `\'nonce-` and `\'sha256-`, so `\'NONCE-…\'` disables `\'unsafe-inline\'` as well.',
    is: (finding, policies) =>
      finding.type === Type.SCRIPT_UNSAFE_INLINE && policies.some((policy) => /'(NONCE|SHA\d+)-/.test(policy)),
  },
  {
    reason: 'A nonce with a character that is not of Base64 is none: that is told, by `csp.policy.unparsable`, and not its length.',
    is: (finding) => finding.type === Type.NONCE_LENGTH && !/^'nonce-[\w+/-]+={0,2}'$/.test(finding.value),
  },
];

/** What csp_evaluator finds HIGH or MEDIUM; of several policies by the rules that it gives Lighthouse. */
function theirs(policies) {
  const parsed = policies.map((policy) => new CspParser(policy).csp);
  const findings = parsed.length === 1 ? new CspEvaluator(parsed[0]).evaluate() : evaluateForFailure(parsed);
  return findings.filter((finding) => SEVERITY[finding.severity]);
}

/** The findings of this tool, page by page. */
function ours(list) {
  const at = 1767225600000;
  const visit = (policies, n) => {
    const url = `https://policy${n}-demo.com/`;
    const fields = policies.map((value) => ({ name: 'Content-Security-Policy', value }));
    const response = { seen: { status: 200, fields: [{ name: 'Content-Type', value: 'text/html' }, ...fields] } };
    const exchange = { url, method: 'GET', kind: 'main-frame', at, response, connection: { unseen: 'not-in-input' } };
    return { url, began_at: at, watched: { seen: null }, exchanges: [exchange], document: { unseen: 'not-in-input' } };
  };
  const evidence = {
    schema: 'https-audit/evidence@1',
    recorder: { name: 'oracle' },
    visits: list.map(visit),
    jar: { unseen: 'not-in-input' },
  };
  const command = new URL('../../target/release/https-audit', import.meta.url).pathname;
  const input = JSON.stringify(evidence);
  const run = spawnSync(command, ['audit', '-', '--format', 'json'], { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  assert.ok(run.status === 0 || run.status === 1, run.error?.message ?? run.stderr);
  const { reports } = JSON.parse(run.stdout);
  assert.equal(reports.length, list.length);
  return reports.map((report, n) => {
    assert.equal(report.site.host, `policy${n}-demo.com`);
    return report.findings.filter((finding) => finding.check.startsWith('csp.'));
  });
}

test('csp_evaluator finds nothing HIGH or MEDIUM that is not told here', () => {
  const list = pages(PAGES, SEED);
  const told = ours(list);
  const lacking = [];
  const used = new Map(DIFFERENCES.map((difference) => [difference, 0]));
  const compared = {};
  list.forEach((policies, n) => {
    for (const finding of theirs(policies)) {
      const type = Type[finding.type];
      const difference = DIFFERENCES.find(({ is }) => is(finding, policies));
      if (difference) {
        used.set(difference, used.get(difference) + 1);
        continue;
      }
      const checks = CHECKS[type]?.[finding.directive] ?? CHECKS[type]?.['*'] ?? [];
      const same = told[n].some(
        ({ check, severity, message }) =>
          checks.includes(check) &&
          severity === SEVERITY[finding.severity] &&
          message.startsWith(`\`${finding.directive}\``),
      );
      compared[type] = (compared[type] ?? 0) + 1;
      if (!same) {
        const here = told[n].map(({ check, severity, message }) => `${severity} ${check}: ${message}`);
        lacking.push([policies.join(' , '), `${type} ${finding.directive} ${finding.value ?? ''}`, ...here].join('\n    '));
      }
    }
  });
  console.log(`${list.length} pages; findings told by both:`, compared);
  assert.deepEqual(lacking.slice(0, 10), [], `${lacking.length} findings lack`);
  assert.ok(Object.keys(compared).length >= 7, 'every type but that of Flash was compared');

  const unused = DIFFERENCES.filter((difference) => used.get(difference) === 0);
  assert.deepEqual(unused.map(({ reason }) => reason), [], 'a difference that no policy shows is none');
});

test('docs/differences.md tells every difference', () => {
  const page = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8');
  const part = page.split(/^## /m).find((section) => section.startsWith('csp-evaluator\n')) ?? '';
  const words = part.replace(/\s+/g, ' ');
  for (const { reason } of DIFFERENCES) assert.ok(words.includes(reason), `not told: ${reason}`);
});
