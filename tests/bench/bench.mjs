// ./build.sh bench: ratios against a peer, measured in turn in one run. Never a test: what is printed goes into
// docs/benchmarks.md. `--pairs N` (30), `--only page-load|at-once|popup|audit|filter|command`.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { parseArgs } from 'node:util';
import { audits } from './audit.mjs';
import { commands } from './command.mjs';
import { filters } from './filter.mjs';
import { figures } from './lib/figures.mjs';
import { pageLoad } from './page-load.mjs';
import { popups } from './popup.mjs';
import { findProgram } from '../e2e/lib/find.mjs';
import { NAMES } from '../e2e/lib/chromium-launch.mjs';

/** Lighthouse's "desktop" network: 40 ms there and back, 10,240 kbit/s. */
const NETWORK = 'wait=40&rate=1280000';
/** Pairs before those that count. */
const WARM_UP = 4;

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '30' }, only: { type: 'string' } } });
const pairs = Number(values.pairs);
if (!(pairs >= 1)) throw new Error('--pairs takes a number');

const ms = (value) => value.toFixed(0).padStart(7);
const side = (name, { min, median, max }) => console.log(`  ${name.padEnd(34)}${ms(min)}${ms(median)}${ms(max)}`);

/** One benchmark's rows. */
function print(title, names, measured, target) {
  const { a, b, pairwise, low, high } = figures(measured);
  console.log(`\n${title}: ${measured.length} pairs, ms${' '.repeat(4)}min median    max`);
  side(names[0], a);
  side(names[1], b);
  const aimed = target ? `, target at most ${target}: ${pairwise <= target ? 'met' : 'MISSED'}` : '';
  console.log(`  median of the pairs' ratios ${pairwise.toFixed(3)} (half of them ${low.toFixed(3)} to ${high.toFixed(3)})${aimed}`);
}

/** What a full audit takes, beside the Observatory's analysers, and what a check adds. */
function printAudits({ count, checks, codes, octets, native, wasm, of_checks, memory }) {
  const us = (value) => value.toFixed(0).padStart(8);
  const row = (name, { min, median, max }) => console.log(`  ${name.padEnd(42)}${us(min)}${us(median)}${us(max)}`);
  console.log(`\nfull audit of a site, ${checks} checks, report as JSON: ${count} sites of ${(octets / 1e3).toFixed(1)} KB, µs a site${' '.repeat(3)}min  median     max`);
  row("MDN HTTP Observatory's analysers in Node", native.a);
  row('HTTPS Audit natively', native.b);
  row('HTTPS Audit as wasm in Node', wasm.b);
  for (const [name, { pairwise, low, high }, target] of [['natively', native, 10], ['as wasm', wasm, 5]]) {
    console.log(`  ${name} ${pairwise.toFixed(1)} times as fast (half of the rounds ${low.toFixed(1)} to ${high.toFixed(1)}), target at least ${target}: ${pairwise >= target ? 'met' : 'MISSED'}`);
  }
  console.log(`  both say the same: ${codes} result codes`);
  console.log(`  memory that auditing takes beyond evidence and lists, at its most: natively ${(memory.native / 1024).toFixed(0)} KiB, as wasm ${(memory.wasm / 1024).toFixed(0)} KiB`);
  for (const [name, { points, slope, fit }] of Object.entries(of_checks)) {
    const all = points.map(([number, took]) => `${number}: ${took.toFixed(0)}`).join(', ');
    console.log(`  µs a site by checks, ${name}: ${all}; ${(slope * 1000).toFixed(0)} ns a check, R² ${fit.toFixed(3)}`);
  }
}

const wanted = (name) => !values.only || values.only === name;
const version = execFileSync(findProgram('CHROMIUM', NAMES, 'install Chromium'), ['--version'], { encoding: 'utf8' }).trim();
console.log(`${version}, headless; node ${process.version}; ${type()} ${release()}`);
console.log(`${cpus().length} × ${cpus()[0].model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB; load average ${loadavg()[0].toFixed(1)} at the start`);

const sides = ['with HTTPS Audit', 'without any extension'];
if (wanted('page-load')) {
  const { measured, parts, octets } = await pageLoad({ pairs, warmUp: WARM_UP, network: NETWORK });
  print(`page load, ${parts} sub-resources, ${(octets / 1e6).toFixed(1)} MB, 40 ms and 10 Mbit/s away`, sides, measured, 1.02);
}
if (wanted('at-once')) {
  const { measured } = await pageLoad({ pairs, warmUp: WARM_UP, network: '' });
  print('the same page from this machine, at once: what each request costs, with nothing to wait for', sides, measured);
}
if (wanted('popup')) {
  const { measured } = await popups({ pairs, warmUp: WARM_UP });
  print('click to painted popup', ['HTTPS Audit', 'static page of an empty extension'], measured, 1.5);
}
if (wanted('audit')) printAudits(await audits({ rounds: pairs, warmUp: WARM_UP }));
console.log(`\nload average ${loadavg()[0].toFixed(1)} at the end`);
if (wanted('filter')) {
  const { large, small } = await filters(Math.min(pairs, 10));
  console.log('\nfiltering in the audit page, longest task of its main thread in each round, ms');
  for (const { findings, requests, longest } of [large, small]) {
    const sorted = longest.toSorted((a, b) => a - b);
    console.log(`  ${findings} findings, ${requests} requests: ${sorted.map((task) => task.toFixed(0)).join(' ')}`);
  }
  const worst = Math.max(...large.longest);
  console.log(`  at most ${worst.toFixed(0)} ms, target at most 200: ${worst <= 200 ? 'met' : 'MISSED'}; ${(worst / Math.max(...small.longest)).toFixed(1)} times a tenth of the size`);
}
if (wanted('command')) commands(pairs);
