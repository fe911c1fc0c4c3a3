// The command `https-audit`, as the build leaves it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './demo.mjs';

/** Where it is; $HTTPS_AUDIT names another one. */
export function programOfCommand() {
  return path.resolve(process.env.HTTPS_AUDIT ?? path.join(ROOT, 'target/release/https-audit'));
}

/** Runs it: `{status, stdout, stderr}`. */
export function command(args, input = '') {
  const program = programOfCommand();
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, maxBuffer: 1 << 28, encoding: 'utf8' });
  if (error) throw new Error(`${program}: ${error.message}`);
  return { status, stdout, stderr };
}
