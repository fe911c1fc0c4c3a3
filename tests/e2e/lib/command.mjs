// The command `https-audit`, as the build leaves it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './demo.mjs';

/** Runs it: `{status, stdout, stderr}`. $HTTPS_AUDIT names another one. */
export function command(args, input = '') {
  const program = process.env.HTTPS_AUDIT ?? path.join(ROOT, 'target/release/https-audit');
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, maxBuffer: 1 << 28, encoding: 'utf8' });
  if (error) throw new Error(`${program}: ${error.message}`);
  return { status, stdout, stderr };
}
