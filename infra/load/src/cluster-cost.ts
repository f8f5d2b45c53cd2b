import type { Arrangement } from './cluster-arrangements.ts';
import { sumOverTree } from './gateway-process.ts';

/** Milliseconds of processor time, or MiB, by kind of process. */
export type ByKind = ReadonlyMap<string, number>;

/** What every kind of process took since it began; processes by their own account, engines by the kernel's. */
export async function cpuMsByKind({ processes, engines }: Arrangement): Promise<ByKind> {
  const told = await Promise.all(
    processes.map(
      async ({ kind, metricsUrl }) => [kind, (await metricOf(metricsUrl, 'process_cpu_seconds_total')) * 1000] as const,
    ),
  );
  const engineMs = engines.map(({ kind, pid }) => [kind, sumOverTree(pid, ({ cpuMs }) => cpuMs)] as const);
  return sums([...told, ...engineMs]);
}

/** What Souk's processes hold in memory, in MiB, without the engines. */
export async function residentMiB({ processes }: Arrangement): Promise<number> {
  const bytes = await Promise.all(
    processes.map(({ metricsUrl }) => metricOf(metricsUrl, 'process_resident_memory_bytes')),
  );
  return bytes.reduce((sum, each) => sum + each, 0) / 2 ** 20;
}

/** What was taken between two looks, for each of so many requests. */
export function costOf(before: ByKind, after: ByKind, requests: number): ByKind {
  return new Map([...after].map(([kind, ms]) => [kind, (ms - (before.get(kind) ?? 0)) / requests]));
}

/** The value of a metric without labels of its own, in Prometheus' text format. @throws Error when it is not there. */
export function metricIn(text: string, name: string): number {
  const [, value] = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text) ?? [];
  if (value === undefined) throw new Error(`there is no ${name}`);
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
