import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterMember } from '@souk/processes/cluster';
import type { ClusterArrangement } from './cluster-arrangements.ts';
import type { Deliveries } from './cluster-deliveries.ts';
import { recoveryOf, type Attempt, type Recovery } from './cluster-recovery.ts';
import { Side } from './cluster-side.ts';

/** What the loss of one process of each kind cost, at the same moment, at the front of the cluster. */
export interface Loss {
  readonly killed: readonly string[];
  /** Until all of them served again. */
  readonly servingAgainMs: number;
  readonly list: Recovery;
  readonly checkout: Recovery;
  /** From commits to frames; failed are those that were never told. */
  readonly delivery: Recovery;
  /** Frames that came twice. */
  readonly doubled: number;
  /** Reasons of failures, with how often each was met. */
  readonly reasons: ReadonlyMap<string, number>;
}

const BROWSERS = 8;
const BUYERS = 4;
const BEFORE_MS = 3000;
const AFTERWARDS_MS = 4000;
/** What users do before they try again. */
const AFTER_FAILURE_MS = 100;

/** Browses and buys through the front, kills one process of each kind outright, and goes on until all is well for a while. */
export async function measureLoss(arrangement: ClusterArrangement): Promise<Loss> {
  const { cluster } = arrangement;
  const side = await Side.open(arrangement, { bases: [cluster.url], connections: BROWSERS + BUYERS });
  try {
    const since = side.begin();
    const users = new Users(side);
    await sleep(BEFORE_MS);
    const killed = oneOfEach(cluster.members);
    const killedAt = side.now();
    await Promise.all(killed.map(killedAndBack));
    const servingAgainMs = side.now() - killedAt;
    await sleep(AFTERWARDS_MS);
    const lookedForMs = side.now() - killedAt;
    await users.stop();
    const deliveries = await side.settled(since);
    await side.requireOrders(users.orders);
    const recovery = (tries: readonly Attempt[]) => recoveryAfter(tries, killedAt, lookedForMs);
    return {
      killed: killed.map(({ process }) => process.name),
      servingAgainMs,
      list: recovery(users.lists),
      checkout: recovery(users.checkouts),
      delivery: recovery(attemptsOf(deliveries)),
      doubled: deliveries.doubled,
      reasons: users.reasons,
    };
  } finally {
    await side.close();
  }
}

/** @param tries by the clock of `atMs`. */
function recoveryAfter(tries: readonly Attempt[], atMs: number, forMs: number): Recovery {
  const attempts = tries.map(({ begunMs, endedMs, succeeded }) => ({
    begunMs: begunMs - atMs,
    endedMs: endedMs - atMs,
    succeeded,
  }));
  const before = attempts.filter(({ endedMs, succeeded }) => succeeded && endedMs < 0).length;
  return recoveryOf(attempts, forMs, (before / BEFORE_MS) * 1000);
}

/** A commit is a try to tell a subscriber; one that was never told failed at once. */
function attemptsOf({ delivered, missed }: Deliveries): readonly Attempt[] {
  return [
    ...delivered.map(({ committedMs, toldMs }) => ({ begunMs: committedMs, endedMs: toldMs, succeeded: true })),
    ...missed.map(({ atMs }) => ({ begunMs: atMs, endedMs: atMs, succeeded: false })),
  ];
}

function oneOfEach(members: readonly ClusterMember[]): readonly ClusterMember[] {
  return [...new Map(members.toReversed().map((member) => [member.kind, member])).values()];
}

/** Resolves when it serves again, as another process. */
async function killedAndBack({ process }: ClusterMember): Promise<void> {
  const { pid } = process;
  process.signal('SIGKILL');
  while (process.pid === pid) await sleep(10);
  await process.serving();
}

/** What users did until now. */
class Users {
  readonly lists: Attempt[] = [];
  readonly checkouts: Attempt[] = [];
  /** Ids of those that were confirmed. */
  readonly orders: string[] = [];
  /** Why tries failed, with how often. */
  readonly reasons = new Map<string, number>();
  readonly #side: Side;
  readonly #running: readonly Promise<void>[];
  #stopped = false;

  constructor(side: Side) {
    this.#side = side;
    const buy = async (worker: number) => void this.orders.push(await side.buy(worker));
    this.#running = [
      ...Array.from({ length: BROWSERS }, () => this.#goOn(this.lists, side.list)),
      ...Array.from({ length: BUYERS }, (_, worker) => this.#goOn(this.checkouts, () => buy(worker))),
    ];
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  /** Whatever happens. */
  async #goOn(attempts: Attempt[], work: () => Promise<void>): Promise<void> {
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

/** What users are told, without what differs between failures of the same kind. */
function reasonOf(error: unknown): string {
  return (MESSAGE.exec(String(error))?.[1] ?? String(error)).replaceAll(ID, 'ID').slice(0, 200);
}
