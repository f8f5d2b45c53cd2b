import type { Arrangement } from './cluster-arrangements.ts';
import { BenchDatabase } from './cluster-database.ts';
import { deliveriesOf, type Deliveries } from './cluster-deliveries.ts';
import { fillShelves, logIn } from './cluster-shop.ts';
import { OrderWatcher } from './cluster-watcher.ts';
import { graphqlClient, type GraphqlClient } from './graphql-client.ts';
import { productPages } from './product-pages.ts';
import { checkout } from './scenarios.ts';
import { wallClock } from './wall-clock.ts';

/** Where the users of a side connect to. */
export interface Doors {
  readonly bases: readonly string[];
  /** At once, to each. */
  readonly connections: number;
}

/** What users do, over and over. */
interface Works {
  /** @throws Error when the answer is not the whole page. */
  readonly list: () => Promise<void>;
  /** Gives the order's id. @throws Error when it is refused. */
  readonly buy: (worker: number) => Promise<string>;
}

const UNTIL_IT_WATCHES_MS = 20_000;

/** An arrangement with its users: shoppers, buyers, and staff who watch all orders. */
export class Side<Kind extends Arrangement = Arrangement> {
  readonly arrangement: Kind;
  readonly list: Works['list'];
  readonly buy: Works['buy'];
  readonly #client: GraphqlClient;
  readonly #database: BenchDatabase;
  readonly #watcher: OrderWatcher;
  #clock = wallClock();

  private constructor(
    arrangement: Kind,
    works: Works,
    parts: {
      readonly client: GraphqlClient;
      readonly database: BenchDatabase;
      readonly base: string;
      readonly accessToken: string;
    },
  ) {
    this.arrangement = arrangement;
    this.list = works.list;
    this.buy = works.buy;
    this.#client = parts.client;
    this.#database = parts.database;
    this.#watcher = new OrderWatcher(parts.base, parts.accessToken, () => this.#clock());
  }

  /** Fills the shelves, lets staff watch, and waits until they are told of an order. */
  static async open<Kind extends Arrangement>(arrangement: Kind, { bases, connections }: Doors): Promise<Side<Kind>> {
    const [base = ''] = bases;
    const accessToken = await logIn(base);
    await fillShelves(base, accessToken);
    const client = graphqlClient(bases, connections);
    const works = { list: await productPages(client), buy: await checkout.prepare(client, connections) };
    const database = await BenchDatabase.open(arrangement.adminUrl);
    const side = new Side(arrangement, works, { client, database, base, accessToken });
    await side.#untilTold();
    return side;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#clock();
  }

  /** Forgets what staff were told until now. @returns the milliseconds since 1970. */
  begin(): number {
    this.#clock = wallClock();
    this.#watcher.forget();
    return this.#clock();
  }

  /** Waits until all that was bought is dealt with, and tells what became of its changes at the subscriber. */
  async settled(sinceMs: number): Promise<Deliveries> {
    const deliveries = async () => deliveriesOf(await this.#database.commitsSince(sinceMs), this.#watcher.frames);
    await this.#database.settles(async () => (await deliveries()).missed.length === 0);
    return deliveries();
  }

  /** @throws Error when one of them is not in the database. */
  async requireOrders(ids: readonly string[]): Promise<void> {
    const found = await this.#database.countOrders(ids);
    if (found !== ids.length) throw new Error(`${ids.length} orders were confirmed, ${found} are there`);
  }

  async close(): Promise<void> {
    this.#client.close();
    await this.#watcher.close();
    await this.#database.close();
  }

  /** Buys until the subscriber hears of it: its subscription travels beside the requests. */
  async #untilTold(): Promise<void> {
    const deadline = performance.now() + UNTIL_IT_WATCHES_MS;
    while (this.#watcher.frames.length === 0) {
      if (performance.now() > deadline) throw new Error(`${this.arrangement.name}: the subscriber is told nothing`);
      await this.buy(0);
    }
    await this.settled(this.begin());
  }
}
