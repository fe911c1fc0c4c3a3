// The Django lens against Django itself: what `manage.py check --deploy` says of the settings, and what the lens says
// of the responses that come through nginx.
import assert from 'node:assert/strict';
import test from 'node:test';
import { audit, walk } from './django/capture.mjs';
import { MATRIX, NEVER_SEEN, SAME } from './django/matrix.mjs';
import { Server } from './django/server.mjs';

const same = (id) => SAME[id] ?? id;

/** What is wrong with a row, in words. */
function faults({ unseen = {} }, printed, states) {
  const wrong = [];
  for (const id of printed) {
    const state = states[id];
    if (['observed', 'inferred'].includes(state)) continue;
    const reason = NEVER_SEEN[id] ?? unseen[id];
    if (!reason) wrong.push(`${id} is printed, and ${state ?? 'not there'}`);
    // A header that the proxy sends is there, whoever sends it.
    else if (state !== 'not-observable' && !reason.includes('the proxy sends')) wrong.push(`${id} is excused, and ${state}`);
  }
  for (const [id, state] of Object.entries(states)) {
    if (state === 'observed' && !printed.includes(id)) wrong.push(`${id} is observed, and not printed`);
  }
  return wrong;
}

test('what check --deploy prints and what the lens sees', async (t) => {
  const server = await Server.start();
  t.after(() => server.stop());
  const tally = new Map();
  const count = (id, what) => {
    const row = tally.get(id) ?? { id, printed: 0, observed: 0, inferred: 0, excused: 0, missed: 0, false: 0 };
    row[what] += 1;
    tally.set(id, row);
  };
  for (const row of MATRIX) {
    await t.test(row.name, async () => {
      await server.serve(row);
      const printed = [...new Set(server.checkDeploy().map(same))].sort();
      const { django } = audit(await walk(server)).facts;
      assert.equal(django.identified, true, 'identified as Django');
      const states = Object.fromEntries(django.checks.map(({ id, state }) => [id, state]));
      for (const id of printed) {
        count(id, 'printed');
        const state = states[id];
        if (['observed', 'inferred'].includes(state)) count(id, state);
        else count(id, NEVER_SEEN[id] || row.unseen?.[id] ? 'excused' : 'missed');
      }
      for (const [id, state] of Object.entries(states)) if (state === 'observed' && !printed.includes(id)) count(id, 'false');
      if (process.env.VERBOSE) console.log(row.name, printed.map((id) => `${id.slice(9)}:${states[id]}`).join(' '));
      assert.deepEqual(faults(row, printed, states), []);
    });
  }
  const percent = (part, whole) => (whole === 0 ? '-' : `${Math.round((100 * part) / whole)} %`);
  console.log(`${MATRIX.length} rows\nid             printed  observed  inferred  excused  precision of observed  recall of observable`);
  for (const row of [...tally.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const columns = [row.printed, row.observed, row.inferred, row.excused, percent(row.observed, row.observed + row.false),
      percent(row.observed + row.inferred, row.printed - row.excused)];
    console.log(row.id.padEnd(15) + columns.map((column, at) => String(column).padEnd([9, 10, 10, 9, 23, 0][at])).join(''));
  }
});
