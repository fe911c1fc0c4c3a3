// What the operating system says of a browser's processes.
import { execFileSync } from 'node:child_process';

/** Octets in memory of the processes below a Chromium in which extensions run. */
export function extensionOctets(browser) {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,rss=,args='], { encoding: 'utf8', maxBuffer: 64 << 20 }).split('\n');
  const processes = new Map();
  for (const line of lines) {
    const [, pid, parent, kilobytes, args] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid) processes.set(Number(pid), { parent: Number(parent), kilobytes: Number(kilobytes), args });
  }
  const isBelow = (pid) => pid === browser || (processes.has(pid) && isBelow(processes.get(pid).parent));
  const ours = [...processes].filter(([pid, { args }]) => / --extension-process( |$)/.test(args) && isBelow(pid));
  if (ours.length === 0) throw new Error('no process of an extension runs');
  return ours.reduce((sum, [, { kilobytes }]) => sum + kilobytes * 1024, 0);
}
