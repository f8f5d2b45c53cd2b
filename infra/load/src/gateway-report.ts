import { markdownTable } from './markdown-table.ts';
import type { Result } from './gateway-rounds.ts';

/** A server's name and result, one row of the table. */
export interface ReportRow {
  readonly name: string;
  readonly result: Result;
}

/** Requests per second, relative to another result. Above 1 the result is faster. */
const ratio = (result: Result, to: Result): string => (result.perSecond / to.perSecond).toFixed(2);

/** The other result's processor time, relative to the processor time of this result. Above 1 this result needs less. */
const cpuRatio = (result: Result, to: Result): string => (to.cpuMs / result.cpuMs).toFixed(2);

/**
 * Formats results as Markdown: one row for each server, with ratios to the baselines. The first ratio is about requests per second, and the
 * ratio in parentheses about processor time for each request. A ratio above 1 is better.
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
