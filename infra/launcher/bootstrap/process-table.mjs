import { readFileSync } from 'node:fs';

/** What /proc tells about a process: `{ parent, birth, ended, command }`, or null without such a process or without /proc. */
export function processEntry(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      parent: Number(fields[1]),
      /** In ticks since boot: with the number it names one process for good. */
      birth: fields[19],
      ended: fields[0] === 'Z',
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'),
    };
  } catch {
    return null;
  }
}
