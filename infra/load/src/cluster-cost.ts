import type { Arrangement } from './cluster-arrangements.ts';
import { sumOverTree } from './gateway-process.ts';

/** Values by kind of process: CPU milliseconds or MiB. */
export type ByKind = ReadonlyMap<string, number>;

/**
 * Reads the CPU time of every kind of process since its start. Souk's processes report it in `/metrics`. For Postgres,
 * NATS and Redis, the kernel reports it.
 */
export async function cpuMsByKind({ processes, engines }: Arrangement): Promise<ByKind> {
  const reported = await Promise.all(
    processes.map(
      async ({ kind, metricsUrl }) => [kind, (await metricOf(metricsUrl, 'process_cpu_seconds_total')) * 1000] as const,
    ),
  );
  const engineMs = engines.map(({ kind, pid }) => [kind, sumOverTree(pid, ({ cpuMs }) => cpuMs)] as const);
  return sums([...reported, ...engineMs]);
}

/** Sums the resident memory of Souk's processes in MiB, without Postgres, NATS and Redis. */
export async function residentMiB({ processes }: Arrangement): Promise<number> {
  const bytes = await Promise.all(
    processes.map(({ metricsUrl }) => metricOf(metricsUrl, 'process_resident_memory_bytes')),
  );
  return bytes.reduce((sum, each) => sum + each, 0) / 2 ** 20;
}

/** Divides the difference of two readings by the number of requests. @returns milliseconds or MiB per request */
export function costOf(before: ByKind, after: ByKind, requests: number): ByKind {
  return new Map([...after].map(([kind, ms]) => [kind, (ms - (before.get(kind) ?? 0)) / requests]));
}

/**
 * Parses one metric from Prometheus' text format, ignoring labels.
 * @throws Error when the metric is missing.
 */
export function metricIn(text: string, name: string): number {
  const [, value] = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text) ?? [];
  if (value === undefined) throw new Error(`The text of /metrics has no metric "${name}".`);
  return Number(value);
}

async function metricOf(metricsUrl: string, name: string): Promise<number> {
  return metricIn(await (await fetch(metricsUrl)).text(), name);
}

function sums(entries: readonly (readonly [string, number])[]): ByKind {
  const byKind = new Map<string, number>();
  for (const [kind, value] of entries) byKind.set(kind, (byKind.get(kind) ?? 0) + value);
  return byKind;
}
