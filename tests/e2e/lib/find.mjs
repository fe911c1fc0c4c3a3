// Finds programs on PATH and in the places where installers leave them.
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The first of the programs that exists.
 * @param {string} variable environment variable that overrides the search
 * @param {string[]} names names on PATH, or paths
 * @param {string} advice what to install when none is there
 */
export function findProgram(variable, names, advice) {
  if (process.env[variable]) return process.env[variable];
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), path.join(homedir(), '.cargo', 'bin')];
  for (const name of names) {
    const found = path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name));
    const hit = found.find(executable);
    if (hit) return hit;
  }
  throw new Error(`${names[0]} is missing: ${advice}, or name it in $${variable}`);
}
