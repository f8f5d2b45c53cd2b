import type { Arrangement } from './cluster-arrangements.ts';
import { BenchDatabase } from './cluster-database.ts';
import { deliveriesOf, type Deliveries } from './cluster-deliveries.ts';
import { fillShelves, logIn } from './cluster-shop.ts';
import { OrderWatcher } from './cluster-watcher.ts';
import { graphqlClient, type GraphqlClient } from './graphql-client.ts';
import { productPages } from './product-pages.ts';
import { checkout, orderIdOf } from './scenarios.ts';
import { wallClock } from './wall-clock.ts';

/** The gateways to which the users connect. */
export interface Endpoints {
  readonly bases: readonly string[];
  /** The number of simultaneous connections to each gateway. */
  readonly connections: number;
}

interface Workload {
  /** @throws Error when the response is not the complete page. */
  readonly list: () => Promise<string>;
  /** @returns the order's id @throws Error when the server refuses the checkout */
  readonly buy: (worker: number) => Promise<string>;
}

const SUBSCRIBED_WITHIN_MS = 20_000;

/** An arrangement with its simulated users: shoppers, buyers, and staff who watch all orders. */
export class Side<Kind extends Arrangement = Arrangement> {
  readonly arrangement: Kind;
  readonly list: Workload['list'];
  readonly buy: Workload['buy'];
  readonly #client: GraphqlClient;
  readonly #database: BenchDatabase;
  readonly #watcher: OrderWatcher;
  #clock = wallClock();

  private constructor(
    arrangement: Kind,
    workload: Workload,
    dependencies: {
      readonly client: GraphqlClient;
      readonly database: BenchDatabase;
      readonly base: string;
      readonly accessToken: string;
    },
  ) {
    this.arrangement = arrangement;
    this.list = workload.list;
    this.buy = workload.buy;
    this.#client = dependencies.client;
    this.#database = dependencies.database;
    this.#watcher = new OrderWatcher(dependencies.base, dependencies.accessToken, () => this.#clock());
  }

  /** Fills the stock, subscribes staff to all orders, and waits for the first delivered order. */
  static async open<Kind extends Arrangement>(
    arrangement: Kind,
    { bases, connections }: Endpoints,
  ): Promise<Side<Kind>> {
    const [base = ''] = bases;
    const accessToken = await logIn(base);
    await fillShelves(base, accessToken);
    const client = graphqlClient(bases, connections);
    const checkOut = await checkout.prepare(client, connections);
    const buy = async (worker: number) => orderIdOf(await checkOut(worker));
    const workload = { list: await productPages(client), buy };
    const database = await BenchDatabase.open(arrangement.adminUrl);
    const side = new Side(arrangement, workload, { client, database, base, accessToken });
    await side.#untilDelivered();
    return side;
  }

  now(): number {
    return this.#clock();
  }

  /** Discards the frames received so far. @returns the current time, in milliseconds since 1970 */
  begin(): number {
    this.#clock = wallClock();
    this.#watcher.forget();
    return this.#clock();
  }

  /**
   * Waits until all events of the purchases are processed.
   * @returns the deliveries of changes committed after `sinceMs`
   */
  async settled(sinceMs: number): Promise<Deliveries> {
    const deliveries = async () => deliveriesOf(await this.#database.commitsSince(sinceMs), this.#watcher.frames);
    await this.#database.settles(async () => (await deliveries()).missed.length === 0);
    return deliveries();
  }

  /** Checks that the orders exist in the database. @throws Error when an order is missing */
  async requireOrders(ids: readonly string[]): Promise<void> {
    const found = await this.#database.countOrders(ids);
    if (found !== ids.length)
      throw new Error(`${ids.length} orders were confirmed, but the database has ${found} of them. Orders were lost.`);
  }

  async close(): Promise<void> {
    this.#client.close();
    await this.#watcher.close();
    await this.#database.close();
  }

  /** Buys until a frame arrives, because the first orders may be placed before the subscription is active. */
  async #untilDelivered(): Promise<void> {
    const deadline = performance.now() + SUBSCRIBED_WITHIN_MS;
    while (this.#watcher.frames.length === 0) {
      if (performance.now() > deadline)
        throw new Error(
          `${this.arrangement.name}: the subscription delivered no order within ${SUBSCRIBED_WITHIN_MS / 1000} s.`,
        );
      await this.buy(0);
    }
    await this.settled(this.begin());
  }
}
