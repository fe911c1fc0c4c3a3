// `manage.py check --deploy` for many settings modules, by one process of Python (check_deploy.py) that forks for each.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../lib/demo.mjs';

const DRIVER = fileURLToPath(new URL('./check_deploy.py', import.meta.url));

/**
 * What the command prints for each.
 * @param {{root: string, module: string, environment: Record<string, string>, empty: string[]}[]} cases
 * @returns {string[]}
 */
export function printed(cases) {
  const { PATH, HOME, LANG } = process.env;
  const PYTHONPATH = process.env.DJANGO_PACKAGES ?? path.join(ROOT, 'target/tools/django');
  const env = { PATH, HOME, LANG, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr, error } = spawnSync(process.env.PYTHON ?? 'python3', [DRIVER], { input: JSON.stringify(cases), env, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error || status !== 0) throw new Error(`${DRIVER}: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}
