import { costOf, cpuMsByKind, residentMiB, type ByKind } from './cluster-cost.ts';
import { latenciesOf, type Deliveries } from './cluster-deliveries.ts';
import type { Side } from './cluster-side.ts';
import { measure, medianOf, medianOfNumbers, percentile, type Measurement } from './measure.ts';

/** The connections, the number of rounds and the length of a round. */
export interface ClusterPace {
  readonly connections: number;
  readonly rounds: number;
  readonly roundMs: number;
}

/** The delay from a commit to its WebSocket frame, in milliseconds. */
export interface Delivery {
  readonly p50: number;
  readonly p95: number;
}

/** The results of the all-in-one process or of one cluster, as medians over the rounds. */
export interface SideResult {
  readonly name: string;
  readonly list: Measurement;
  readonly checkout: Measurement;
  readonly quietly: Delivery;
  /** The delivery delay while buyers order on all connections. */
  readonly underLoad: Delivery;
  readonly listCost: ByKind;
  /** CPU time of one checkout, including the work that its events cause. */
  readonly checkoutCost: ByKind;
  readonly residentMiB: number;
}

type Round = Omit<SideResult, 'name' | 'residentMiB'>;

/**
 * Warms up the compiler and the connection pools. Checkouts run twice as long as lists, because a checkout is slower
 * and runs more code.
 */
export async function warmUp(side: Side, { connections, roundMs }: ClusterPace): Promise<void> {
  await measure(connections, roundMs, side.list);
  const since = side.begin();
  await measure(connections, 2 * roundMs, side.buy);
  await requireAll(side, since);
}

/**
 * Measures the `sides` (the all-in-one process and the clusters) in turns, so a slow moment of the machine affects all
 * of them.
 */
export async function compareSides(
  sides: readonly Side[],
  pace: ClusterPace,
  stepOf: (round: number, name: string, work: () => Promise<Round>) => Promise<Round>,
): Promise<readonly SideResult[]> {
  const rounds = sides.map((): Round[] => []);
  for (let round = 1; round <= pace.rounds; round++) {
    for (const [index, side] of sides.entries())
      rounds[index]?.push(await stepOf(round, side.arrangement.name, () => runRound(side, pace)));
  }
  return Promise.all(sides.map((side, index) => summarize(side, rounds[index] ?? [])));
}

async function runRound(side: Side, pace: ClusterPace): Promise<Round> {
  const [list, listCost] = await listRound(side, pace);
  const { checkout, deliveries, cost } = await checkoutRound(side, pace.connections, pace.roundMs);
  const quiet = await checkoutRound(side, 1, pace.roundMs);
  return {
    list,
    listCost,
    checkout,
    checkoutCost: cost,
    underLoad: delivery(deliveries),
    quietly: delivery(quiet.deliveries),
  };
}

async function listRound(side: Side, { connections, roundMs }: ClusterPace) {
  const before = await cpuMsByKind(side.arrangement);
  const list = await measure(connections, roundMs, side.list);
  return [list, costOf(before, await cpuMsByKind(side.arrangement), list.runs)] as const;
}

async function checkoutRound(side: Side, connections: number, roundMs: number) {
  const orders: string[] = [];
  const before = await cpuMsByKind(side.arrangement);
  const since = side.begin();
  const checkout = await measure(connections, roundMs, async (worker) => void orders.push(await side.buy(worker)));
  const deliveries = await requireAll(side, since);
  await side.requireOrders(orders);
  return { checkout, deliveries, cost: costOf(before, await cpuMsByKind(side.arrangement), checkout.runs) };
}

async function requireAll(side: Side, sinceMs: number): Promise<Deliveries> {
  const deliveries = await side.settled(sinceMs);
  const { missed, duplicates } = deliveries;
  if (missed.length + duplicates === 0) return deliveries;
  throw new Error(
    `${side.arrangement.name}: a subscriber missed ${missed.length} changes and got ${duplicates} changes twice. The measurement is void.`,
  );
}

function delivery(deliveries: Deliveries): Delivery {
  const latencies = latenciesOf(deliveries);
  return { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) };
}

async function summarize(side: Side, rounds: readonly Round[]): Promise<SideResult> {
  const deliveryOf = (pick: (round: Round) => Delivery): Delivery => ({
    p50: medianOfNumbers(rounds.map((round) => pick(round).p50)),
    p95: medianOfNumbers(rounds.map((round) => pick(round).p95)),
  });
  return {
    name: side.arrangement.name,
    list: medianOf(rounds.map(({ list }) => list)),
    checkout: medianOf(rounds.map(({ checkout }) => checkout)),
    quietly: deliveryOf(({ quietly }) => quietly),
    underLoad: deliveryOf(({ underLoad }) => underLoad),
    listCost: mediansByKind(rounds.map(({ listCost }) => listCost)),
    checkoutCost: mediansByKind(rounds.map(({ checkoutCost }) => checkoutCost)),
    residentMiB: await residentMiB(side.arrangement),
  };
}

function mediansByKind(rounds: readonly ByKind[]): ByKind {
  const kinds = [...new Set(rounds.flatMap((round) => [...round.keys()]))];
  return new Map(kinds.map((kind) => [kind, medianOfNumbers(rounds.map((round) => round.get(kind) ?? NaN))]));
}
