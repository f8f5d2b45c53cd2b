import { setTimeout as after } from 'node:timers/promises';
import { Buyer, type BoughtOrder } from './buyer.ts';
import { followThrough, type FollowedOrder, type Packers } from './follow-through.ts';
import { LoadLog } from './load-log.ts';
import { OrderWatch } from './order-watch.ts';
import { openShop, type LoadShop } from './shop.ts';
import { NotDoneError, SteadyClient } from './steady-client.ts';

export interface SteadyLoadOptions {
  /** URL of the server, without a trailing slash. */
  readonly url: string;
  /** The shop. @default the demo shop, which is opened for this load */
  readonly shop?: LoadShop;
  /** Number of buyers who buy repeatedly. */
  readonly buyers: number;
  /** Number of buyers who subscribe to each order until its delivery, and then buy again. */
  readonly followers: number;
  /** Number of staff with a subscription to all orders. At least 1, because staff pack an order when their subscription reports it. */
  readonly staff: number;
  /** Timeout of one request, in ms. @default 15,000 */
  readonly patienceMs?: number;
  /** Pause of each buyer between two purchases, in ms. @default 0 */
  readonly pauseMs?: number;
}

/** A running load of buyers and subscribers. */
export interface SteadyLoad {
  readonly shop: LoadShop;
  readonly log: LoadLog;
  /** Staff's subscriptions to all orders. They are open before the first purchase in `log`. */
  readonly staff: readonly OrderWatch[];
  /** The subscriptions of staff and of buyers. */
  readonly watches: readonly OrderWatch[];
  readonly followed: readonly FollowedOrder[];
  /** Errors of failed staff operations. */
  readonly troubles: readonly string[];
  /** Starts no more purchases. Resolves when the running purchases have succeeded or failed. Subscriptions stay open. */
  stop(): Promise<void>;
  /** Closes the subscriptions. */
  close(): Promise<void>;
}

/** Starts a load. Resolves when all clients run and the staff's subscriptions have started. */
export async function startSteadyLoad(options: SteadyLoadOptions): Promise<SteadyLoad> {
  const { url, buyers, followers } = options;
  const shop = options.shop ?? (await openShop(url));
  const staff = Array.from({ length: options.staff }, () => new OrderWatch(url, shop.staffHeaders));
  for (const watch of staff) watch.followAll();
  await untilSubscribed(staff, url, shop);
  const watches = Array.from({ length: followers }, () => new OrderWatch(url));
  const [news] = staff;
  if (!news) throw new Error('A load needs at least one member of staff: set `staff` to 1 or more');
  const crowd = new Crowd(options, shop, news);
  const running = [
    ...Array.from({ length: buyers }, (_, place) => crowd.buyOn(place, null)),
    ...watches.map((watch, place) => crowd.buyOn(place, watch)),
  ];
  return {
    shop,
    staff,
    log: crowd.log,
    followed: crowd.followed,
    troubles: crowd.troubles,
    watches: [...staff, ...watches],
    async stop() {
      crowd.stopped = true;
      await Promise.all(running);
    },
    async close() {
      await Promise.all([...staff, ...watches].map((watch) => watch.close()));
    },
  };
}

/** The buyers of a load. */
class Crowd {
  readonly log = new LoadLog();
  readonly followed: FollowedOrder[] = [];
  readonly troubles: string[] = [];
  stopped = false;
  readonly #pauseMs: number;
  readonly #shop: LoadShop;
  readonly #guest: SteadyClient;
  readonly #buyer: Buyer;
  readonly #packers: Packers;

  /** @param news the subscription to all orders of the staff who pack */
  constructor({ url, patienceMs = 15_000, pauseMs = 0 }: SteadyLoadOptions, shop: LoadShop, news: OrderWatch) {
    const { log } = this;
    this.#pauseMs = pauseMs;
    this.#shop = shop;
    this.#guest = new SteadyClient({ url, log, patienceMs });
    this.#buyer = new Buyer(this.#guest, log);
    this.#packers = {
      watch: news,
      client: new SteadyClient({ url, log, patienceMs, headers: shop.staffHeaders }),
    };
  }

  /** Buys one article after the other. @param place the index of the buyer, because each buyer begins with another article */
  async buyOn(place: number, watch: OrderWatch | null): Promise<void> {
    const { articles } = this.#shop;
    for (let turn = place; !this.stopped; turn += 1) {
      const article = articles[turn % articles.length];
      if (!article) throw new Error('The demo shop has no articles: load the demo data');
      const order = await this.#buyer.buy(article, 1 + (turn % 2));
      if (order && watch) await this.#follow(order, watch);
      await after(this.#pauseMs);
    }
  }

  async #follow(order: BoughtOrder, watch: OrderWatch): Promise<void> {
    try {
      this.followed.push(await followThrough(order, { watch, client: this.#guest }, this.#packers));
    } catch (error) {
      if (!(error instanceof NotDoneError)) throw error;
      this.troubles.push(`Order ${order.id} was not delivered to its buyer: ${error.message}`);
    }
  }
}

/** How long to wait for the event of a new order, in ms. Then another order is placed. */
const SUBSCRIBED_WITHIN_MS = 1000;

/** Places orders until every subscription has received an event, because the server does not confirm the start of a subscription. */
async function untilSubscribed(watches: readonly OrderWatch[], url: string, { articles }: LoadShop): Promise<void> {
  const log = new LoadLog();
  const buyer = new Buyer(new SteadyClient({ url, log }), log);
  const [article] = articles;
  const waiting = new Set(watches);
  while (article && waiting.size > 0) {
    const order = await buyer.buy(article, 1);
    if (!order) throw new Error(`The shop refused an order: ${log.purchases.at(-1)?.reason ?? ''}`);
    const isReceived = await Promise.all(
      watches.map((watch) => watch.sees(order.id, 'CONFIRMED', SUBSCRIBED_WITHIN_MS)),
    );
    for (const [index, watch] of watches.entries()) if (isReceived[index]) waiting.delete(watch);
  }
}
