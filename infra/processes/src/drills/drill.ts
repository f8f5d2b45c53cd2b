import type { Nats } from '@souk/platform/nats';
import { until } from '@souk/kit/testing';
import type { Client } from 'pg';
import type { Cluster } from '../cluster/cluster.ts';
import { bookProblems, ordersNotShown } from './load/books.ts';
import { missedChanges } from './load/histories.ts';
import { deadLetterCount, unsettled } from './load/settled.ts';
import type { LoadShop } from './load/shop.ts';
import { startSteadyLoad, type SteadyLoad } from './load/steady-load.ts';
import type { SmallDisk } from './small-disk.ts';
import { recoveryOf, type Recovery } from './recovery.ts';

/** What drills happen to. */
export interface Ground {
  readonly cluster: Cluster;
  readonly shop: LoadShop;
  /** Administrator of the cluster's database; another one after a restart of Postgres. */
  admin(): Promise<Client>;
  readonly nats: Nats;
  /** The disk of NATS; null where it is the machine's. */
  readonly disk: SmallDisk | null;
}

/** What a fault is told about the load, so that it lasts for facts and not for times. */
export interface UnderLoad {
  readonly load: SteadyLoad;
  /** Waits until so many more requests were sent and `ms` are over. */
  lasting(ms: number, requests: number): Promise<void>;
}

export interface DrillOutcome {
  readonly recovery: Recovery;
  /** In sentences; none is how it should be. */
  readonly problems: readonly string[];
}

/** How long a client waits for an answer before it asks again. */
const ANSWER_WITHIN_MS = 5000;
const BUYERS = 3;
const FOLLOWERS = 2;
const STAFF = 2;
/** Orders before the fault, and after it is over. */
const ORDERS = 8;
/** On a busy machine. */
const PATIENCE_MS = 60_000;
/** As long as an event that is told takes, from the outbox to the last subscriber. */
const TOLD_WITHIN_MS = 20_000;

/** A fault under load, and whether all is well when it is over. */
export async function drill(
  ground: Ground,
  fault: (ground: Ground, under: UnderLoad) => Promise<void>,
): Promise<DrillOutcome> {
  const { cluster, shop, admin, nats } = ground;
  const { url } = cluster;
  const crowd = { buyers: BUYERS, followers: FOLLOWERS, staff: STAFF, patienceMs: ANSWER_WITHIN_MS };
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
    await until(async () => (await missedChanges(client, load)).length === 0, TOLD_WITHIN_MS).catch(() => undefined);
    const problems = [
      ...left.map((each) => `It does not settle: ${each}`),
      ...(await bookProblems(client, load.log)),
      ...(await ordersNotShown(url, shop, load.log)).map((number) => `The API does not show ${number}`),
      ...shortened(await missedChanges(client, load)),
      ...((await deadLetterCount(nats)) > 0 ? ['Consumers gave up on events'] : []),
    ];
    return { recovery: recoveryOf(load.log, { struckAt, overAt, stoppedAt, settledAt }), problems };
  } finally {
    await load.close();
  }
}

/** Enough to find out what happened. */
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

/** Waits for everything that was begun to come to its end; gives what has not. */
export async function settled(client: Client, nats: Nats): Promise<readonly string[]> {
  let left: readonly string[] = [];
  const isSettled = async () => {
    left = await unsettled(client, nats);
    return left.length === 0;
  };
  await until(isSettled, PATIENCE_MS).catch(() => undefined);
  return left;
}
