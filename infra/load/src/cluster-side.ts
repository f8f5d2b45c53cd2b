import type { Arrangement } from './cluster-arrangements.ts';
import { BenchDatabase } from './cluster-database.ts';
import { deliveriesOf, type Deliveries } from './cluster-deliveries.ts';
import { fillShelves, logIn } from './cluster-shop.ts';
import { OrderWatcher } from './cluster-watcher.ts';
import { graphqlClient } from './graphql-client.ts';
import { productPages } from './product-pages.ts';
import { checkout } from './scenarios.ts';
import { wallClock } from './wall-clock.ts';

/** An arrangement with its users: shoppers, buyers, and staff who watch all orders. */
export interface Side<Kind extends Arrangement = Arrangement> {
  readonly arrangement: Kind;
  /** @throws Error when the answer is not the whole page. */
  readonly list: () => Promise<void>;
  /** Gives the order's id. */
  readonly buy: (worker: number) => Promise<string>;
  /** Waits until all that was bought is dealt with, and tells what became of its changes at the subscriber. */
  settled(sinceMs: number): Promise<Deliveries>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Forgets the frames that came until now. @returns the milliseconds since 1970. */
  begin(): number;
  /** @throws Error when one of them is not in the database. */
  requireOrders(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Where the users of a side connect to. */
export interface Doors {
  readonly bases: readonly string[];
  /** At once, to each. */
  readonly connections: number;
}

const UNTIL_IT_WATCHES_MS = 20_000;

/** Fills the shelves, lets staff watch, and waits until they are told of an order. */
export async function openSide<Kind extends Arrangement>(arrangement: Kind, doors: Doors): Promise<Side<Kind>> {
  const [base = ''] = doors.bases;
  const accessToken = await logIn(base);
  await fillShelves(base, accessToken);
  const client = graphqlClient(doors.bases, doors.connections);
  const database = await BenchDatabase.open(arrangement.adminUrl);
  let clock = wallClock();
  const watcher = new OrderWatcher(base, accessToken, () => clock());
  const list = await productPages(client);
  const buy = await checkout.prepare(client, doors.connections);
  const side: Side<Kind> = {
    arrangement,
    list,
    buy,
    now: () => clock(),
    begin() {
      clock = wallClock();
      watcher.forget();
      return clock();
    },
    async settled(sinceMs) {
      const deliveries = async () => deliveriesOf(await database.commitsSince(sinceMs), watcher.frames);
      await database.settles(async () => (await deliveries()).missed.length === 0);
      return deliveries();
    },
    async requireOrders(ids) {
      const found = await database.countOrders(ids);
      if (found !== new Set(ids).size) throw new Error(`${ids.length} orders were confirmed, ${found} are there`);
    },
    async close() {
      client.close();
      await watcher.close();
      await database.close();
    },
  };
  await untilTold(watcher, side);
  return side;
}

/** Buys until the subscriber hears of it: its subscription travels beside the requests. */
async function untilTold(watcher: OrderWatcher, side: Side): Promise<void> {
  const deadline = performance.now() + UNTIL_IT_WATCHES_MS;
  while (watcher.frames.length === 0) {
    if (performance.now() > deadline) throw new Error(`${side.arrangement.name}: the subscriber is told nothing`);
    await side.buy(0);
  }
  await side.settled(side.begin());
}
