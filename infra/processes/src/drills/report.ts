import type { Recovery } from './recovery.ts';

const HEADINGS = ['fault', 'lasts', 'first order', 'last failure', 'failed', 'longest gap', 'settled'];

/** Formats the recovery of each drill as a table for a terminal. Times are in seconds from the start of the fault. */
export function recoveryTable(recoveries: ReadonlyMap<string, Recovery>): string {
  const rows = [...recoveries].map(([name, each]) => [
    name,
    seconds(each.faultMs),
    seconds(each.firstOrderMs),
    each.lastFailureMs === null ? 'none' : seconds(each.lastFailureMs),
    `${each.failures} of ${each.requests}`,
    seconds(each.longestGapMs),
    seconds(each.settledMs),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  const why = [...recoveries].flatMap(([name, { reasons }]) =>
    reasons.length > 0 ? [`${name}: ${reasons.map(([reason, count]) => `${count} ${reason}`).join(', ')}`] : [],
  );
  return [line(HEADINGS), ...rows.map(line), ...(why.length > 0 ? ['', 'Failed requests', ...why] : [])].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
