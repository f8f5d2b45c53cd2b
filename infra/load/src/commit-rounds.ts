import type { Shop } from './commit-shops.ts';
import { graphqlClient } from './graphql-client.ts';
import { measure, medianOfNumbers, type Measurement } from './measure.ts';
import type { Scenario } from './scenarios.ts';

/** The connections, the number of rounds and the length of a round. */
export interface CommitPace {
  readonly connections: number;
  readonly rounds: number;
  readonly roundMs: number;
}

/** One round of one shop. CPU times are in milliseconds per run, including the work that events cause. */
export interface CommitRound extends Measurement {
  readonly nodeMs: number;
  readonly postgresMs: number;
}

const WARM_UP = { runs: 2000, rounds: 8 };

/** The rounds of one scenario: one list per shop. */
export type CommitRounds = readonly (readonly CommitRound[])[];

/**
 * Measures the shops in turns, and swaps their order in every second round. A slow moment of the machine then affects
 * all shops.
 * @throws Error when the outboxes of a shop are not empty 30 s after a round.
 */
export async function measureInTurns(
  scenario: Scenario,
  shops: readonly Shop[],
  { connections, rounds, roundMs }: CommitPace,
): Promise<CommitRounds> {
  const users = await Promise.all(
    shops.map(async (shop) => {
      const client = graphqlClient([shop.base], connections);
      return { shop, client, work: await scenario.prepare(client, connections), measured: [] as CommitRound[] };
    }),
  );
  for (const { shop, work } of users) {
    await shop.prepareRound?.();
    await warmUp(connections, roundMs, work);
  }
  for (let round = 0; round < rounds; round++) {
    for (const { shop, work, measured } of round % 2 === 0 ? users : users.toReversed()) {
      measured.push(await measureRound(shop, () => measure(connections, roundMs, work)));
    }
  }
  for (const { client } of users) client.close();
  return users.map(({ measured }) => measured);
}

/**
 * Warms up by a number of runs instead of a time, because V8 optimizes a function after some thousand calls, however
 * long they take.
 */
async function warmUp(connections: number, roundMs: number, work: (worker: number) => Promise<unknown>): Promise<void> {
  let runs = 0;
  for (let rounds = 0; rounds < 2 || (runs < WARM_UP.runs && rounds < WARM_UP.rounds); rounds++) {
    runs += (await measure(connections, roundMs, work)).runs;
  }
}

async function measureRound(shop: Shop, run: () => Promise<Measurement>): Promise<CommitRound> {
  await shop.prepareRound?.();
  const before = { node: shop.nodeMs(), postgres: shop.postgresMs() };
  const measured = await run();
  if (!(await shop.database.settles(async () => true)))
    throw new Error(`Events wait in an outbox of ${shop.name} 30 s after the round. Look for errors in the output.`);
  return {
    ...measured,
    nodeMs: (shop.nodeMs() - before.node) / measured.runs,
    postgresMs: (shop.postgresMs() - before.postgres) / measured.runs,
  };
}

/** The median of a value over the rounds of one shop. */
export const medianIn = (rounds: readonly CommitRound[], pick: (round: CommitRound) => number): number =>
  medianOfNumbers(rounds.map(pick));

/** The median of `pick(of) / pick(to)`. Each quotient compares two consecutive rounds. */
export function medianRatio(
  of: readonly CommitRound[],
  to: readonly CommitRound[],
  pick: (round: CommitRound) => number,
): number {
  return medianOfNumbers(of.flatMap((round, index) => (to[index] ? [pick(round) / pick(to[index])] : [])));
}
