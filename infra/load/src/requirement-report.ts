import { markdownTable } from './markdown-table.ts';
import type { Measurement } from './measure.ts';

/** Maximum durations in milliseconds, and the minimum of requests a minute. A missing member is not limited. */
export interface Limits {
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly perMinute?: number;
}

/** A measured requirement. */
export interface MeasuredRequirement {
  readonly name: string;
  readonly connections: number;
  readonly limits: Limits;
  readonly measured: Pick<Measurement, 'p50' | 'p95' | 'p99' | 'perSecond'>;
}

/** Whether every limit is kept. */
export function isKept({ limits, measured }: MeasuredRequirement): boolean {
  const slower = (['p50', 'p95', 'p99'] as const).some((each) => measured[each] > (limits[each] ?? Infinity));
  return !slower && measured.perSecond * 60 >= (limits.perMinute ?? 0);
}

/** A Markdown table with each requirement, its limits and its verdict. */
export function requirementTable(rows: readonly MeasuredRequirement[]): string {
  return markdownTable(
    ['', 'connections', 'p50 / p95 / p99 ms', 'a minute', 'limit', 'verdict'],
    rows.map((row) => [
      row.name,
      String(row.connections),
      [row.measured.p50, row.measured.p95, row.measured.p99].map((ms) => ms.toFixed(1)).join(' / '),
      (row.measured.perSecond * 60).toFixed(0),
      limitText(row.limits),
      isKept(row) ? 'kept' : 'MISSED',
    ]),
  );
}

function limitText({ perMinute, ...durations }: Limits): string {
  const parts = Object.entries(durations).map(([name, ms]) => `${name} ${ms} ms`);
  return [...parts, ...(perMinute === undefined ? [] : [`${perMinute} a minute`])].join(', ');
}
