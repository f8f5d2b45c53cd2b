import { readFileSync } from 'node:fs';

/** Reads a process from /proc: `{ parent, birth, ended, command }`. Null when the process or /proc does not exist. */
export function processEntry(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The process name in parentheses may itself contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      parent: Number(fields[1]),
      /** The start time in ticks since boot. Together with the id it identifies a process. */
      birth: fields[19],
      ended: fields[0] === 'Z',
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'),
    };
  } catch {
    return null;
  }
}
