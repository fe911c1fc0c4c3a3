// Every fix for Django and nginx, applied: a finding is brought about, the lines of the report's own fix are pasted into
// the settings or into nginx's server, and the finding is gone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { bad, pasted, withDjango, withNginx } from './django/apply.mjs';
import { audit, walk } from './django/capture.mjs';
import { NOT_APPLIED, SCENARIOS } from './django/scenarios.mjs';
import { Server } from './django/server.mjs';
import { ROOT } from './lib/demo.mjs';

const APPLY = { django: withDjango, nginx: withNginx };

/** Checks with lines for this software that can be pasted, by id: as the catalogue's file has them. */
function checksWith(software) {
  const records = readFileSync(path.join(ROOT, 'extension/data/checks.txt'), 'utf8').split('\n\n');
  return records.flatMap((record) => {
    const [id] = record.split('\n', 1);
    const values = [...record.matchAll(new RegExp(`^${software}(?:\\.\\S+)? (.*(?:\\n\\t.*)*)`, 'gm'))].map(([, value]) => value.replaceAll('\n\t', '\n'));
    return values.some((value) => pasted(value)) ? [id] : [];
  });
}

/** Findings of a check with their lines. */
const findings = (report, id) => report.findings.filter(({ check }) => check === id);
const weight = ({ severity }) => ['note', 'warning', 'error'].indexOf(severity);
const about = ({ location }) => location.cookie ?? '';

for (const [software, apply] of Object.entries(APPLY)) {
  test(`fixes for ${software}`, async (t) => {
    const server = await Server.start();
    t.after(() => server.stop());
    for (const id of checksWith(software)) {
      const reason = NOT_APPLIED[id]?.[software] ?? (typeof NOT_APPLIED[id] === 'string' ? NOT_APPLIED[id] : undefined);
      const entry = SCENARIOS[id];
      const scenario = entry && ('django' in entry || 'nginx' in entry ? entry[software] : entry);
      await t.test(id, { skip: reason ?? false }, async () => {
        assert.ok(scenario, `a scenario in tests/e2e/django/scenarios.mjs, or a reason in NOT_APPLIED; the check has a line for ${software}`);
        let site = bad(scenario);
        await server.serve(site);
        const before = findings(audit(await walk(server, scenario)), id).filter(({ fix }) => fix[software]);
        assert.notEqual(before.length, 0, 'the scenario brings the finding about');
        for (const lines of new Set(before.map(({ fix }) => fix[software]))) site = apply(site, lines);
        site = { ...site, settings: { ...site.settings, ...scenario.also } };
        await server.serve(site);
        const after = findings(audit(await walk(server, scenario)), id);
        const left = after.filter((finding) => before.some((known) => (
          about(known) === about(finding) && !(scenario.weaker && weight(finding) < weight(known)))));
        assert.deepEqual(left.map(({ title, location }) => ({ title, location })), [], JSON.stringify({ applied: before.map(({ fix }) => fix[software]), site }, null, 1));
      });
    }
  });
}
