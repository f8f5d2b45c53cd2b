import { load, type LoadTarget, type Round } from './gateway-load.ts';
import type { PinnedProcess } from './gateway-process.ts';

/** A server and the requests that it receives. */
export interface Measured {
  readonly target: LoadTarget;
  readonly server: PinnedProcess;
}

/** The results of one server, as medians over the rounds. Durations are in milliseconds. */
export interface Result {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU time of the server per request, in milliseconds. */
  readonly cpuMs: number;
  /** Resident memory at the end of the last round, in MiB. */
  readonly rssMiB: number;
  /**
   * The fraction of time in which the core of load generator and subgraphs was busy. At 1, that core was the
   * bottleneck, not the server.
   */
  readonly loadCoreBusy: number;
}

/** The connections, the number of rounds and their length. */
export interface Pace {
  readonly connections: number;
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
}

interface MeasuredRound extends Round {
  readonly cpuMs: number;
  readonly loadCpuMs: number;
}

/** Measures the servers in turns, so a slow moment of the machine affects all of them. */
export async function compareInTurns(
  measured: readonly Measured[],
  subgraphs: PinnedProcess | null,
  pace: Pace,
): Promise<readonly Result[]> {
  const rounds = measured.map((): MeasuredRound[] => []);
  for (const { target } of measured) await load(target, pace.connections, pace.warmUpMs);
  for (let round = 0; round < pace.rounds; round++) {
    for (const [index, each] of measured.entries()) rounds[index]?.push(await measureRound(each, subgraphs, pace));
  }
  return measured.map(({ server }, index) => summarize(rounds[index] ?? [], server.rssMiB()));
}

async function measureRound(
  { target, server }: Measured,
  subgraphs: PinnedProcess | null,
  { connections, roundMs }: Pace,
): Promise<MeasuredRound> {
  const loadCpu = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000 + (subgraphs?.cpuMs() ?? 0);
  const [serverBefore, loadBefore] = [server.cpuMs(), loadCpu()];
  const round = await load(target, connections, roundMs);
  return { ...round, cpuMs: server.cpuMs() - serverBefore, loadCpuMs: loadCpu() - loadBefore };
}

function summarize(rounds: readonly MeasuredRound[], rssMiB: number): Result {
  const median = (pick: (round: MeasuredRound) => number) => {
    const sorted = rounds.map(pick).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  };
  return {
    perSecond: median(({ requests, elapsedMs }) => (requests / elapsedMs) * 1000),
    p50: median(({ p50 }) => p50),
    p99: median(({ p99 }) => p99),
    cpuMs: median(({ cpuMs, requests }) => cpuMs / requests),
    rssMiB,
    loadCoreBusy: median(({ loadCpuMs, elapsedMs }) => loadCpuMs / elapsedMs),
  };
}
