// The command on large inputs: a HAR file of 500 MB beside jq and Node on the same file, 100,000 lines of evidence on one
// core and on two, and what a call costs beside a program that does nothing.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '../oracle/observatory/generate.mjs';
import { asEvidence, asRequests } from '../oracle/observatory/site.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = join(ROOT, 'target/release/https-audit');
const NOW = ['--now', '2026-11-30T00:00:00Z', '--fail-on', 'never'];
const HAR = 500_000_000;
const LINES = 100_000;

/** What a command took: seconds, and MB at its most. */
function measured(command, status = 0) {
  const { stdout, stderr } = spawnSync('python3', [join(ROOT, 'tests/bench/measure.py'), ...command], { encoding: 'utf8' });
  const took = JSON.parse(stdout);
  assert.equal(took.status, status, `${command.join(' ')}: ${stderr}`);
  return { wall: took.wall, cpu: took.cpu, memory: (took.maxrss * 1024) / 1e6 };
}

/** Each command in turn, so many rounds; of each the round that took least, and the most memory of all. */
function inTurn(commands, rounds) {
  const all = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, command] of Object.entries(commands)) all[name].push(measured(command));
  }
  return Object.fromEntries(Object.entries(all).map(([name, took]) => {
    const of = (what) => took.map((one) => one[what]);
    return [name, { wall: Math.min(...of('wall')), cpu: Math.min(...of('cpu')), memory: Math.max(...of('memory')) }];
  }));
}

/** Bodies as sites have them: the scripts, styles and pictures of the packages that the tests use. */
function bodies() {
  const types = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.png': 'image/png', '.json': 'application/json' };
  const found = [];
  const folders = [join(ROOT, 'tests/node_modules'), join(ROOT, 'docs/screenshots')];
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(file);
      const mimeType = types[extname(file)];
      if (!entry.isFile() || !mimeType || statSync(file).size > 2_000_000) continue;
      const octets = readFileSync(file);
      const content = mimeType.startsWith('image/')
        ? { mimeType, text: octets.toString('base64'), encoding: 'base64' }
        : { mimeType, text: octets.toString('utf8') };
      found.push({ ...content, size: octets.length });
      if (found.length === 3000) return found;
    }
  }
  return found;
}

/** A HAR file of a browser, its entries again and again with other addresses and bodies until it is large. */
function writeHar(file) {
  const har = JSON.parse(readFileSync(join(ROOT, 'tests/fixtures/har/chromium-weak-cookies.har'), 'utf8'));
  const { entries, ...log } = har.log;
  const page = entries[0];
  const contents = bodies();
  const out = openSync(file, 'w');
  let written = writeSync(out, `${JSON.stringify({ log }, null, 2).replace(/\s*\}\s*\}\s*$/, '')},\n    "entries": [\n${JSON.stringify(page)}`);
  let count = 1;
  for (; written < HAR; count += 1) {
    const content = contents[count % contents.length];
    const part = structuredClone(page);
    part._resourceType = content.mimeType.startsWith('image/') ? 'image' : 'script';
    part.request.url = new URL(`/part/${count}`, page.request.url).href;
    part.response.content = content;
    const text = `,\n${JSON.stringify(part)}`;
    if (written + Buffer.byteLength(text) > HAR) break;
    written += writeSync(out, text);
  }
  written += writeSync(out, ']}}\n');
  closeSync(out);
  return { octets: written, entries: count };
}

/** @param {number} rounds */
function har(folder, rounds) {
  const file = join(folder, 'large.har');
  const { octets, entries } = writeHar(file);
  const node = 'const { log } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")); if (!log.entries.length) process.exit(1)';
  const took = inTurn({
    'https-audit audit': [COMMAND, 'audit', file, ...NOW],
    "Node's JSON.parse": [process.execPath, '--max-old-space-size=8000', '-e', node, file],
    'jq .log.entries|length': ['jq', '.log.entries|length', file],
  }, rounds);
  return { octets, entries, took };
}

function lines(folder, rounds) {
  const file = join(folder, 'evidence.jsonl');
  const sites = generate(1000, 11).map((site) => JSON.stringify(asEvidence(site, asRequests(site).answer)));
  const out = openSync(file, 'w');
  let octets = 0;
  for (let at = 0; at < LINES / sites.length; at += 1) octets += writeSync(out, `${sites.join('\n')}\n`);
  closeSync(out);
  const scan = (threads) => [COMMAND, 'scan', file, '--threads', String(threads), '-o', join(folder, `results-${threads}`), ...NOW];
  const took = inTurn({ 'one thread': scan(1), 'two threads': scan(2) }, rounds);
  const results = [1, 2].map((threads) => readFileSync(join(folder, `results-${threads}`)));
  assert.ok(results[0].equals(results[1]), 'both say the same');
  return { octets, took };
}

/** Calls of each in turn, by one process that only starts them: microseconds of one call. */
function starts(folder, rounds) {
  const script = join(folder, 'starts.sh');
  writeFileSync(script, 'n=$1; shift; for ((i = 0; i < n; i++)); do "$@" > /dev/null; done\n');
  const CALLS = 200;
  const commands = {
    'https-audit hsts': [COMMAND, 'hsts', 'max-age=63072000; includeSubDomains; preload'],
    true: [execFileSync('bash', ['-c', 'type -P true'], { encoding: 'utf8' }).trim()],
  };
  const took = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, command] of Object.entries(commands)) {
      took[name].push(measured(['bash', script, String(CALLS), ...command]).wall / CALLS);
    }
  }
  return Object.fromEntries(Object.entries(took).map(([name, all]) => [name, all.sort((a, b) => a - b)]));
}

/** @param {number} pairs */
export function commands(pairs) {
  const folder = mkdtempSync(join(tmpdir(), 'https-audit-bench-'));
  const judged = (met) => (met ? 'met' : 'MISSED');
  try {
    const rounds = Math.min(pairs, 5);
    const large = har(folder, rounds);
    const mb = large.octets / 1e6;
    console.log(`\na HAR file of ${mb.toFixed(0)} MB, ${large.entries} requests with their bodies; the least of ${rounds} rounds in turn`);
    console.log(`  ${''.padEnd(26)}    wall s  processor s  MB/s a core  MB of memory`);
    for (const [name, { wall, cpu, memory }] of Object.entries(large.took)) {
      console.log(`  ${name.padEnd(26)}${wall.toFixed(2).padStart(10)}${cpu.toFixed(2).padStart(13)}${(mb / cpu).toFixed(0).padStart(13)}${memory.toFixed(0).padStart(14)}`);
    }
    const ours = large.took['https-audit audit'];
    console.log(`  target at least 300 MB/s a core: ${judged(mb / ours.cpu >= 300)}; at most 100 MB: ${judged(ours.memory < 100)}`);
    for (const [name, { cpu }] of Object.entries(large.took).slice(1)) console.log(`  ${(cpu / ours.cpu).toFixed(1)} times as fast as ${name}`);

    const many = lines(folder, rounds);
    console.log(`\n${LINES} lines of evidence, ${(many.octets / 1e6).toFixed(0)} MB; the least of ${rounds} rounds in turn`);
    for (const [name, { wall, cpu, memory }] of Object.entries(many.took)) {
      console.log(`  ${name.padEnd(12)} ${wall.toFixed(2)} s, ${(LINES / wall).toFixed(0)} sites/s, ${(LINES / cpu).toFixed(0)} a second of a core, ${memory.toFixed(0)} MB`);
    }
    const scaling = many.took['one thread'].wall / many.took['two threads'].wall;
    console.log(`  two threads ${scaling.toFixed(2)} times as fast as one, target at least 1.8: ${judged(scaling >= 1.8)}`);

    const calls = starts(folder, Math.max(rounds * 2, 4));
    const median = (all) => all[all.length >> 1];
    const [hsts, nothing] = [calls['https-audit hsts'], calls.true].map(median);
    console.log(`\na call of \`https-audit hsts\` ${(hsts * 1e3).toFixed(2)} ms, of \`true\` ${(nothing * 1e3).toFixed(2)} ms, medians of ${calls.true.length} rounds of 200: ${(hsts / nothing).toFixed(2)} times, ${((hsts - nothing) * 1e3).toFixed(2)} ms more, target below 5: ${judged((hsts - nothing) * 1e3 < 5)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
