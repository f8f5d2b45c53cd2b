import { readFileSync } from 'node:fs';

/**
 * The entry of a process in /proc: `{ parent, birth, ended, command }`; null without such a process or without /proc.
 */
export function processEntry(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      parent: Number(fields[1]),
      /** Start time in ticks since boot. With the id it identifies a process. */
      birth: fields[19],
      ended: fields[0] === 'Z',
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'),
    };
  } catch {
    return null;
  }
}
