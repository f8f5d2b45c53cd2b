import { Buyer } from './buyer.ts';
import { followThrough, type FollowedOrder, type Packers } from './follow-through.ts';
import { LoadLog } from './load-log.ts';
import { OrderWatch } from './order-watch.ts';
import { openShop, type LoadShop } from './shop.ts';
import { NotDoneError, SteadyClient } from './steady-client.ts';

export interface SteadyLoadOptions {
  /** Of the server, without a slash at the end. */
  readonly url: string;
  /** Default: the demo shop is opened for this load. */
  readonly shop?: LoadShop;
  /** Who buy without a pause. */
  readonly buyers: number;
  /** Buyers who follow each of their orders until it was delivered, before they buy the next. */
  readonly followers: number;
  /** Staff who follow all orders; one at least, by whom it is known when an order can be packed. */
  readonly staff: number;
  /** How long a client waits for one answer, in ms. Default 15,000. */
  readonly patienceMs?: number;
}

/** Buyers and subscribers who are at it all the time. */
export interface SteadyLoad {
  readonly shop: LoadShop;
  readonly log: LoadLog;
  /** Who follow all orders. They were there before the first purchase of `log`. */
  readonly staff: readonly OrderWatch[];
  /** Everybody with a subscription. */
  readonly watches: readonly OrderWatch[];
  readonly followed: readonly FollowedOrder[];
  /** What staff could not do. */
  readonly troubles: readonly string[];
  /** Begins no other purchase, and resolves when those under way are answered or given up. Subscriptions stay. */
  stop(): Promise<void>;
  /** Ends the subscriptions too. */
  close(): Promise<void>;
}

/** Resolves when everybody is at work, and the staff's subscriptions are there. */
export async function startSteadyLoad(options: SteadyLoadOptions): Promise<SteadyLoad> {
  const { url, buyers, followers } = options;
  const shop = options.shop ?? (await openShop(url));
  const staff = Array.from({ length: options.staff }, () => new OrderWatch(url, shop.staffHeaders));
  for (const watch of staff) watch.followAll();
  await untilTaken(staff, url, shop);
  const watches = Array.from({ length: followers }, () => new OrderWatch(url));
  const [news] = staff;
  if (!news) throw new Error('A load needs staff');
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

/** Everybody who buys. */
class Crowd {
  readonly log = new LoadLog();
  readonly followed: FollowedOrder[] = [];
  readonly troubles: string[] = [];
  stopped = false;
  readonly #shop: LoadShop;
  readonly #buyer: Buyer;
  readonly #packers: Packers;

  /** @param news of all orders, for those who pack. */
  constructor({ url, patienceMs = 15_000 }: SteadyLoadOptions, shop: LoadShop, news: OrderWatch) {
    const { log } = this;
    this.#shop = shop;
    this.#buyer = new Buyer(new SteadyClient({ url, log, patienceMs }), log);
    this.#packers = {
      watch: news,
      client: new SteadyClient({ url, log, patienceMs, headers: shop.staffHeaders }),
    };
  }

  /** Buys one thing after the other. @param place of the buyer: each begins with another article. */
  async buyOn(place: number, watch: OrderWatch | null): Promise<void> {
    const { articles } = this.#shop;
    for (let turn = place; !this.stopped; turn += 1) {
      const article = articles[turn % articles.length];
      if (!article) throw new Error('The demo shop sells nothing');
      const order = await this.#buyer.buy(article, 1 + (turn % 2));
      if (!order || !watch) continue;
      try {
        this.followed.push(await followThrough(order, watch, this.#packers));
      } catch (error) {
        if (!(error instanceof NotDoneError)) throw error;
        this.troubles.push(`Staff could not deliver ${order.id}: ${error.message}`);
      }
    }
  }
}

/** Nothing announces that a subscription was taken: orders are placed until everybody was told of one. */
async function untilTaken(watches: readonly OrderWatch[], url: string, { articles }: LoadShop): Promise<void> {
  const log = new LoadLog();
  const buyer = new Buyer(new SteadyClient({ url, log }), log);
  const [article] = articles;
  const waiting = new Set(watches);
  while (article && waiting.size > 0) {
    const order = await buyer.buy(article, 1);
    if (!order) throw new Error(`The shop does not sell: ${log.purchases.at(-1)?.reason ?? ''}`);
    const told = await Promise.all(watches.map((watch) => watch.sees(order.id, 'CONFIRMED', 2000)));
    for (const [index, watch] of watches.entries()) if (told[index]) waiting.delete(watch);
  }
}
