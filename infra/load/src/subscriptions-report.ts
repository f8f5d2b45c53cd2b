import { markdownTable } from './markdown-table.ts';
import type { Memory } from './subscriptions-messages.ts';

/** Duration and memory of connecting all sockets of one server. */
export interface Connections {
  readonly name: string;
  readonly sockets: number;
  readonly connectedMs: number;
  readonly before: Memory;
  readonly after: Memory;
}

/** Result of one broadcast. */
export interface Round {
  /** The delays of all clients, in milliseconds. */
  readonly latencies: readonly number[];
  /** The server's processor time, in milliseconds. */
  readonly cpuMs: number;
}

/** Rounds of one way to broadcast. */
export interface Broadcast {
  readonly name: string;
  readonly rounds: readonly Round[];
}

/** The delays from each event to one client, in milliseconds. */
export interface Deliveries {
  readonly name: string;
  readonly latencies: readonly number[];
}

/** Formats connection rates and memory as Markdown. */
export function connectionTable(connections: readonly Connections[]): string {
  return markdownTable(
    ['', 'connected /s', 'KiB a socket (RSS)', 'of it heap', 'buffers'],
    connections.map(({ name, sockets, connectedMs, before, after }) => {
      const kib = (part: keyof Memory) => (((after[part] - before[part]) * 1024) / sockets).toFixed(1);
      return [name, ((sockets / connectedMs) * 1000).toFixed(0), kib('rss'), kib('heap'), kib('external')];
    }),
  );
}

/** Formats broadcasts as Markdown. Each ratio compares neighboring rounds, because a slow moment of the machine slows both rounds. */
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

/** Formats latencies of single deliveries as Markdown. */
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
/** The mean instead of the median, because processor time is counted in steps of 10 ms. */
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const median = (numbers: readonly number[]) => at(numbers, 0.5);

function at(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
