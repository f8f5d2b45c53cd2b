import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterMember } from '@souk/processes/cluster';
import type { ClusterArrangement } from './cluster-arrangements.ts';
import type { Deliveries } from './cluster-deliveries.ts';
import { recoveryOf, type Attempt, type Recovery } from './cluster-recovery.ts';
import { Side } from './cluster-side.ts';

/**
 * Measurements of users while one process of each kind is killed at the same moment. The users connect through the
 * cluster's load balancer.
 */
export interface Loss {
  readonly killed: readonly string[];
  /** Milliseconds until all killed processes had been replaced and served requests. */
  readonly servingAgainMs: number;
  readonly list: Recovery;
  readonly checkout: Recovery;
  /** The recovery of deliveries, from commit to frame. A commit without a frame counts as failed. */
  readonly delivery: Recovery;
  /** The number of frames that repeat an earlier frame. */
  readonly duplicates: number;
  /** The number of failed attempts of users by error message. */
  readonly reasons: ReadonlyMap<string, number>;
}

const BROWSERS = 8;
const BUYERS = 4;
const BEFORE_MS = 3000;
const AFTERWARDS_MS = 4000;
/** The pause of a user between a failure and the next attempt, in milliseconds. */
const AFTER_FAILURE_MS = 100;

/**
 * Kills one process of each kind with SIGKILL while users browse and buy. Measures from 3 s before the loss until 4 s
 * after all processes serve again.
 */
export async function measureLoss(arrangement: ClusterArrangement): Promise<Loss> {
  const { cluster } = arrangement;
  const side = await Side.open(arrangement, { bases: [cluster.url], connections: BROWSERS + BUYERS });
  try {
    const since = side.begin();
    const users = new Users(side);
    await sleep(BEFORE_MS);
    const killed = oneOfEach(cluster.members);
    const killedAt = side.now();
    await Promise.all(killed.map(killAndAwaitRestart));
    const servingAgainMs = side.now() - killedAt;
    await sleep(AFTERWARDS_MS);
    const observedMs = side.now() - killedAt;
    await users.stop();
    const deliveries = await side.settled(since);
    await side.requireOrders(users.orders);
    const recovery = (attempts: readonly Attempt[]) => recoveryAfter(attempts, killedAt, observedMs);
    return {
      killed: killed.map(({ process }) => process.name),
      servingAgainMs,
      list: recovery(users.lists),
      checkout: recovery(users.checkouts),
      delivery: recovery(attemptsOf(deliveries)),
      duplicates: deliveries.duplicates,
      reasons: users.reasons,
    };
  } finally {
    await side.close();
  }
}

/** @param atMs time of the loss, by the same clock as the attempts */
function recoveryAfter(tries: readonly Attempt[], atMs: number, observedMs: number): Recovery {
  const attempts = tries.map(({ begunMs, endedMs, succeeded }) => ({
    begunMs: begunMs - atMs,
    endedMs: endedMs - atMs,
    succeeded,
  }));
  const before = attempts.filter(({ endedMs, succeeded }) => succeeded && endedMs < 0).length;
  return recoveryOf(attempts, observedMs, (before / BEFORE_MS) * 1000);
}

/**
 * Converts deliveries to attempts. Each commit is an attempt to deliver a frame. A commit without a frame failed at the
 * time of the commit.
 */
function attemptsOf({ delivered, missed }: Deliveries): readonly Attempt[] {
  return [
    ...delivered.map(({ committedMs, receivedMs }) => ({ begunMs: committedMs, endedMs: receivedMs, succeeded: true })),
    ...missed.map(({ atMs }) => ({ begunMs: atMs, endedMs: atMs, succeeded: false })),
  ];
}

function oneOfEach(members: readonly ClusterMember[]): readonly ClusterMember[] {
  return [...new Map(members.toReversed().map((member) => [member.kind, member])).values()];
}

async function killAndAwaitRestart({ process }: ClusterMember): Promise<void> {
  const { pid } = process;
  process.signal('SIGKILL');
  while (process.pid === pid) await sleep(10);
  await process.serving();
}

/** Simulated users who browse and buy until `stop`. Records their attempts to load a list or to check out. */
class Users {
  readonly lists: Attempt[] = [];
  readonly checkouts: Attempt[] = [];
  /** The ids of the confirmed orders. */
  readonly orders: string[] = [];
  readonly reasons = new Map<string, number>();
  readonly #side: Side;
  readonly #running: readonly Promise<void>[];
  #stopped = false;

  constructor(side: Side) {
    this.#side = side;
    const buy = async (worker: number) => void this.orders.push(await side.buy(worker));
    this.#running = [
      ...Array.from({ length: BROWSERS }, () => this.#repeat(this.lists, side.list)),
      ...Array.from({ length: BUYERS }, (_, worker) => this.#repeat(this.checkouts, () => buy(worker))),
    ];
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  /** Repeats the work until `stop`. A failure does not end the repetition. */
  async #repeat(attempts: Attempt[], work: () => Promise<unknown>): Promise<void> {
    while (!this.#stopped) {
      const begunMs = this.#side.now();
      const failure = await work().then(() => null, reasonOf);
      attempts.push({ begunMs, endedMs: this.#side.now(), succeeded: failure === null });
      if (failure === null) continue;
      this.reasons.set(failure, (this.reasons.get(failure) ?? 0) + 1);
      await sleep(AFTER_FAILURE_MS);
    }
  }
}

const MESSAGE = /"message":("(?:\\.|[^"\\])*")/;
const ID = /[\da-f]{8}-[\da-f-]{27}/g;

/** The error message without ids, so that equal failures are counted together. */
function reasonOf(error: unknown): string {
  return (MESSAGE.exec(String(error))?.[1] ?? String(error)).replaceAll(ID, 'ID').slice(0, 200);
}
