// A full audit against MDN HTTP Observatory's analysers, on the same sites in the same process's turn: theirs in this
// Node, ours as wasm in this Node and natively beside it. Reading the input and the lists is timed on no side.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { figures, line } from './lib/figures.mjs';
import { theirTests } from '../oracle/observatory/analysers.mjs';
import { generate } from '../oracle/observatory/generate.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITES = 200;
/** Another than that of the test, so that nothing is tuned to it. */
const SEED = 7;
/** Parts of the checks, for what one of them costs. */
const PARTS = [0, 0.25, 0.5, 0.75, 1];

/** The native side: one process, which does what a line says and answers with one. */
class Native {
  #process;
  #lines;

  constructor(file) {
    this.#process = spawn(join(ROOT, 'target/release/https-audit-bench'), [file], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  async answer() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('target/release/https-audit-bench ended');
    return value;
  }

  async ask(what) {
    this.#process.stdin.write(`${what}\n`);
    return Number(await this.answer());
  }

  end() {
    this.#process.stdin.end();
  }
}

/** Nanoseconds of something. */
const timed = (work) => {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start);
};

/** The module compiled as what ships is. */
const wasm = async (lines) => {
  const glue = await import(join(ROOT, 'target/web/wasm/bench.js'));
  const { memory } = glue.initSync({ module: readFileSync(join(ROOT, 'target/web/wasm/bench_bg.wasm')) });
  return { sites: new glue.Sites(lines), memory };
};

/**
 * Both sides say the same of the sites: what is compared is work that was done.
 * @param {Record<string, string>[]} theirs their codes of each site
 * @param {any} sites ours
 */
const same = (theirs, sites) => {
  let codes = 0;
  theirs.forEach((of, at) => {
    const parsed = JSON.parse(sites.audit(at));
    const reports = parsed.reports ?? [parsed];
    const { observatory } = reports[reports.length - 1].facts;
    for (const [test, code] of Object.entries(of)) {
      // Error pages have no grade here; what is null was not in the evidence.
      if (observatory[test] == null) continue;
      assert.equal(observatory[test], code, `site ${at}, ${test}`);
      codes += 1;
    }
  });
  return codes;
};

/**
 * @param {{rounds: number, warmUp: number}} how
 */
export async function audits({ rounds, warmUp }) {
  const { asEvidence, asRequests, theirs } = await theirTests();
  const folder = mkdtempSync(join(tmpdir(), 'https-audit-bench-'));
  try {
    const sites = generate(SITES, SEED).map((site) => {
      const { requests, answer } = asRequests(site);
      return { requests, evidence: JSON.stringify(asEvidence(site, answer)) };
    });
    const lines = sites.map(({ evidence }) => evidence).join('\n');
    const file = join(folder, 'evidence.jsonl');
    writeFileSync(file, lines);
    const native = new Native(file);
    const [count, checks] = (await native.answer()).split(' ').map(Number);
    assert.equal(count, sites.length);
    const held = { native: await native.ask('memory') };
    const ours = await wasm(lines);
    held.wasm = ours.memory.buffer.byteLength;
    const codes = same(sites.map(({ requests }) => theirs(requests)), ours.sites);

    /** @type {Record<string, () => Promise<number>>} */
    const sides = {
      theirs: async () => timed(() => { for (const { requests } of sites) theirs(requests); }),
      native: () => native.ask('audit'),
      wasm: async () => timed(() => ours.sites.audit_all()),
    };
    const order = Object.keys(sides);
    /** @type {Record<string, number>[]} */
    const measured = [];
    for (let round = -warmUp; round < rounds; round += 1) {
      /** @type {Record<string, number>} */
      const of = {};
      for (let turn = 0; turn < order.length; turn += 1) {
        // Each is first, second and last as often as the others.
        const name = order[(turn + round + warmUp) % order.length];
        of[name] = (await sides[name]()) / count / 1000;
      }
      if (round >= 0) measured.push(of);
    }
    const of_checks = await ofChecks({ rounds, checks, count, native, wasm: ours.sites });
    const memory = { native: (await native.ask('memory')) - held.native, wasm: ours.memory.buffer.byteLength - held.wasm };
    native.end();
    const against = (name) => figures(measured.map((of) => [of.theirs, of[name]]));
    return { count, checks, codes, octets: lines.length / count, native: against('native'), wasm: against('wasm'), of_checks, memory };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Audits with a part of the checks: microseconds a site by their number, and the straight line through them. */
async function ofChecks({ rounds, checks, count, native, wasm: sites }) {
  const numbers = PARTS.map((part) => Math.round(checks * part));
  const sides = { native: (number) => native.ask(`audit ${number}`), wasm: async (number) => timed(() => sites.audit_with(number)) };
  /** @type {Record<string, {points: [number, number][], slope: number, fit: number}>} */
  const all = {};
  for (const [name, measure] of Object.entries(sides)) {
    const taken = numbers.map(() => /** @type {number[]} */ ([]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [at, number] of numbers.entries()) taken[at].push((await measure(number)) / count / 1000);
    }
    // The least: what else the machine does only ever adds.
    const points = numbers.map((number, at) => /** @type {[number, number]} */ ([number, Math.min(...taken[at])]));
    all[name] = { points, ...line(points) };
  }
  return all;
}
