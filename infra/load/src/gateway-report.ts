import { markdownTable } from './markdown-table.ts';
import type { Result } from './gateway-rounds.ts';

/** A row of a table. */
export interface ReportRow {
  readonly name: string;
  readonly result: Result;
}

/** How many times more requests a second one makes than another. */
const ratio = (result: Result, to: Result): string => (result.perSecond / to.perSecond).toFixed(2);

/** How many times more processor time a request of one takes than of another. */
const cpuRatio = (result: Result, to: Result): string => (to.cpuMs / result.cpuMs).toFixed(2);

/**
 * A Markdown table: a row for each server, with ratios to some of them. A ratio above 1 is better: more requests a second, or
 * (in parentheses) less processor time for each.
 */
export function reportTable(rows: readonly ReportRow[], ratiosTo: readonly string[]): string {
  const yardsticks = rows.filter(({ name }) => ratiosTo.includes(name));
  const head = [
    '',
    '/s',
    'p50 ms',
    'p99 ms',
    'CPU ms',
    'RSS MiB',
    'load core',
    ...yardsticks.map((each) => `to ${each.name}`),
  ];
  const lines = rows.map(({ name, result }) => [
    name,
    result.perSecond.toFixed(0),
    result.p50.toFixed(1),
    result.p99.toFixed(1),
    result.cpuMs.toFixed(3),
    result.rssMiB.toFixed(0),
    `${(result.loadCoreBusy * 100).toFixed(0)} %`,
    ...yardsticks.map((to) => `${ratio(result, to.result)} (${cpuRatio(result, to.result)})`),
  ]);
  return markdownTable(head, lines);
}
