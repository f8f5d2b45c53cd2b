import type { Nats } from '@souk/platform/nats';
import { until } from '@souk/kit/testing';
import type { Client } from 'pg';
import type { Cluster } from '../cluster/cluster.ts';
import { bookProblems, ordersNotShown } from './load/books.ts';
import { missedChanges } from './load/histories.ts';
import type { LoadLog } from './load/load-log.ts';
import { deadLetterCount, unsettled } from './load/settled.ts';
import type { LoadShop } from './load/shop.ts';
import { startSteadyLoad, type SteadyLoad } from './load/steady-load.ts';
import type { SmallDisk } from './small-disk.ts';
import { recoveryOf, type Recovery } from './recovery.ts';

/** The cluster in which a drill causes a fault, and the connections to it. */
export interface Ground {
  readonly cluster: Cluster;
  readonly shop: LoadShop;
  /** Connects as administrator to the cluster's database. Returns a new connection after a restart of Postgres. */
  admin(): Promise<Client>;
  readonly nats: Nats;
  /** The small disk of NATS that a drill can fill. Null when NATS uses the machine's disk. */
  readonly disk: SmallDisk | null;
}

/**
 * The load during a fault. A fault must last for a minimum number of requests, because a busy machine may send few requests in a fixed
 * time.
 */
export interface UnderLoad {
  readonly load: SteadyLoad;
  /** Waits until the load has sent `requests` more requests, and `ms` have passed. */
  lasting(ms: number, requests: number): Promise<void>;
}

export interface DrillOutcome {
  readonly recovery: Recovery;
  /** Everything that the clients of the load observed. */
  readonly log: LoadLog;
  /** One sentence per problem. Empty after a successful drill. */
  readonly problems: readonly string[];
}

export interface DrillOptions {
  /** How long a client waits for an answer before it retries, in ms. @default 5000 */
  readonly answerWithinMs?: number;
}

/** How long a process of a drill's cluster may take to start on a busy machine, in ms. */
export const START_WITHIN_MS = 180_000;
const BUYERS = 3;
const FOLLOWERS = 2;
const STAFF = 2;
/** Pause of each buyer between purchases, in ms. Without pauses, buyers would take the CPU time that a starting process needs. */
const PAUSE_MS = 800;
/** The number of orders to place before the fault, and again after it. */
const ORDERS = 6;
/** Timeout for a busy machine, in ms. */
const PATIENCE_MS = 60_000;
/** How long an event may take from the outbox to the last subscriber, in ms. */
const DELIVERED_WITHIN_MS = 60_000;

/** Causes a fault under load, then checks orders, tables and subscriptions. */
export async function drill(
  ground: Ground,
  fault: (ground: Ground, under: UnderLoad) => Promise<void>,
  { answerWithinMs = 5000 }: DrillOptions = {},
): Promise<DrillOutcome> {
  const { cluster, shop, admin, nats } = ground;
  const { url } = cluster;
  const crowd = { buyers: BUYERS, followers: FOLLOWERS, staff: STAFF, patienceMs: answerWithinMs, pauseMs: PAUSE_MS };
  const load = await startSteadyLoad({ url, shop, ...crowd });
  try {
    await furtherOrders(load);
    const struckAt = performance.now();
    await fault(ground, { load, lasting: (ms, requests) => lasting(load, ms, requests) });
    const overAt = performance.now();
    await Promise.all(cluster.members.map(({ process }) => process.serving()));
    await furtherOrders(load);
    await load.stop();
    const stoppedAt = performance.now();
    const client = await admin();
    const left = await settled(client, nats);
    const settledAt = performance.now();
    await until(async () => (await missedChanges(client, load)).length === 0, DELIVERED_WITHIN_MS).catch(
      () => undefined,
    );
    const problems = [
      ...left.map((each) => `Not settled: ${each}`),
      ...(await bookProblems(client, load.log)),
      ...(await ordersNotShown(url, shop, load.log)).map((number) => `The API does not return order ${number}`),
      ...shortened(await missedChanges(client, load)),
      ...((await deadLetterCount(nats)) > 0 ? ['Events were parked as dead letters'] : []),
    ];
    return { recovery: recoveryOf(load.log, { struckAt, overAt, stoppedAt, settledAt }), log: load.log, problems };
  } finally {
    await load.close();
  }
}

/** At most ten problems, which are enough to find the cause. */
function shortened(problems: readonly string[]): readonly string[] {
  const [shown, more] = [problems.slice(0, 10), problems.length - 10];
  return more > 0 ? [...shown, `... and ${more} more`] : shown;
}

async function furtherOrders({ log }: SteadyLoad): Promise<void> {
  const wanted = log.ordered.length + ORDERS;
  await until(() => log.ordered.length >= wanted, PATIENCE_MS);
}

async function lasting({ log }: SteadyLoad, ms: number, requests: number): Promise<void> {
  const end = performance.now() + ms;
  const wanted = log.requests + requests;
  await until(() => performance.now() >= end && log.requests >= wanted, ms + PATIENCE_MS);
}

/** Waits until all running work has ended. @returns one description for each kind of work that did not end in time */
export async function settled(client: Client, nats: Nats): Promise<readonly string[]> {
  let left: readonly string[] = [];
  const isSettled = async () => {
    left = await unsettled(client, nats);
    return left.length === 0;
  };
  await until(isSettled, PATIENCE_MS).catch(() => undefined);
  return left;
}
