// Certificate databases (NSS) that trust the demo's CA: throw-away ones, for one browser profile each.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Makes a database in the directory that trusts the CA for web sites, and further ones. */
export function trustIn(directory, ca, more = []) {
  mkdirSync(directory, { recursive: true });
  const certutil = (...args) => {
    try {
      execFileSync('certutil', [...args, '-d', `sql:${directory}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    } catch (error) {
      if (error.code === 'ENOENT') throw new Error('certutil is missing: install libnss3-tools');
      throw error;
    }
  };
  certutil('-N', '--empty-password');
  for (const [at, file] of [ca, ...more].entries()) certutil('-A', '-n', `HTTPS Audit demo CA ${at}`, '-t', 'C,,', '-i', file);
}
