import { markdownTable } from './markdown-table.ts';
import type { Result } from './gateway-rounds.ts';

/** One row of the table: a server's name and result. */
export interface ReportRow {
  readonly name: string;
  readonly result: Result;
}

/** Requests per second relative to another result. When the ratio is above 1, this result is faster. */
const ratio = (result: Result, to: Result): string => (result.perSecond / to.perSecond).toFixed(2);

/** CPU time of another result relative to this result. When the ratio is above 1, this result needs less CPU time. */
const cpuRatio = (result: Result, to: Result): string => (to.cpuMs / result.cpuMs).toFixed(2);

/**
 * Formats results as a Markdown table with one row per server. For each baseline there is a ratio of requests per
 * second, and in parentheses a ratio of CPU time per request. A ratio above 1 is better.
 * @param ratiosTo names of the baselines.
 */
export function reportTable(rows: readonly ReportRow[], ratiosTo: readonly string[]): string {
  const baselines = rows.filter(({ name }) => ratiosTo.includes(name));
  const head = [
    '',
    '/s',
    'p50 ms',
    'p99 ms',
    'CPU ms',
    'RSS MiB',
    'load core',
    ...baselines.map((each) => `to ${each.name}`),
  ];
  const lines = rows.map(({ name, result }) => [
    name,
    result.perSecond.toFixed(0),
    result.p50.toFixed(1),
    result.p99.toFixed(1),
    result.cpuMs.toFixed(3),
    result.rssMiB.toFixed(0),
    `${(result.loadCoreBusy * 100).toFixed(0)} %`,
    ...baselines.map((to) => `${ratio(result, to.result)} (${cpuRatio(result, to.result)})`),
  ]);
  return markdownTable(head, lines);
}
