import { markdownTable } from './markdown-table.ts';
import type { Memory } from './subscriptions-messages.ts';

/** The time and the memory to connect all sockets of one server. */
export interface Connections {
  readonly name: string;
  readonly sockets: number;
  readonly connectedMs: number;
  readonly before: Memory;
  readonly after: Memory;
}

/** The result of one broadcast. */
export interface Round {
  /** The latency of each client, in milliseconds. */
  readonly latencies: readonly number[];
  /** The server's CPU time, in milliseconds. */
  readonly cpuMs: number;
}

/** One way to send a broadcast, such as `ws` alone or the gateway, with the rounds that measured it. */
export interface Broadcast {
  readonly name: string;
  readonly rounds: readonly Round[];
}

/** The latencies of events to a single client, in milliseconds. */
export interface Deliveries {
  readonly name: string;
  readonly latencies: readonly number[];
}

/** Formats connection rates and memory as a Markdown table. */
export function connectionTable(connections: readonly Connections[]): string {
  return markdownTable(
    ['', 'connected /s', 'KiB a socket (RSS)', 'of it heap', 'buffers'],
    connections.map(({ name, sockets, connectedMs, before, after }) => {
      const kib = (part: keyof Memory) => (((after[part] - before[part]) * 1024) / sockets).toFixed(1);
      return [name, ((sockets / connectedMs) * 1000).toFixed(0), kib('rss'), kib('heap'), kib('external')];
    }),
  );
}

/**
 * Formats broadcasts as a Markdown table. Ratios compare adjacent rounds, so a slow moment of the machine affects both.
 */
export function broadcastTable(broadcasts: readonly Broadcast[]): string {
  const souk = broadcasts[0]?.rounds ?? [];
  return markdownTable(
    [
      '',
      'half have it, ms',
      'all have it, ms',
      'server CPU ms',
      'souk takes, half',
      'souk takes, all',
      'souk takes, CPU',
    ],
    broadcasts.map(({ name, rounds }) => [
      name,
      median(rounds.map(half)).toFixed(1),
      median(rounds.map(last)).toFixed(1),
      mean(rounds.map(({ cpuMs }) => cpuMs)).toFixed(1),
      median(rounds.map((round, index) => half(souk[index]) / half(round))).toFixed(2),
      median(rounds.map((round, index) => last(souk[index]) / last(round))).toFixed(2),
      (mean(souk.map(({ cpuMs }) => cpuMs)) / mean(rounds.map(({ cpuMs }) => cpuMs))).toFixed(2),
    ]),
  );
}

/** Formats the latencies of single deliveries as a Markdown table. */
export function deliveryTable(deliveries: readonly Deliveries[]): string {
  return markdownTable(
    ['to one of the sockets', 'p50 ms', 'p95 ms', 'p99 ms', 'longest'],
    deliveries.map(({ name, latencies }) => [
      name,
      ...[0.5, 0.95, 0.99, 1].map((share) => at(latencies, share).toFixed(2)),
    ]),
  );
}

const half = (round: Round | undefined) => at(round?.latencies ?? [], 0.5);
const last = (round: Round | undefined) => at(round?.latencies ?? [], 1);
/** Uses the mean, because CPU time is measured in steps of 10 ms, for which a median is too coarse. */
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const median = (numbers: readonly number[]) => at(numbers, 0.5);

function at(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
