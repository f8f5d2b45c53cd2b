import { rmSync } from 'node:fs';
import { until } from '@souk/kit/testing';
import { LoginDocument, LogoutDocument } from '@souk/sdk';
import { DEMO_LOGINS } from '@souk/demo/shops';
import { settled, type Ground } from './drill.ts';
import { bookProblems } from './load/books.ts';
import { Buyer } from './load/buyer.ts';
import { LoadLog } from './load/load-log.ts';
import { OrderWatch } from './load/order-watch.ts';
import { deadLetterCount } from './load/settled.ts';
import { SteadyClient } from './load/steady-client.ts';

/** Deletes data of NATS, including events that consumers have not read yet. */
export type Loss = (ground: Ground) => Promise<void>;

/** The kinds of data loss that the drills cause, by name. */
export const LOSSES: Readonly<Record<string, Loss>> = {
  "NATS' store is emptied": emptyStore,
  'one stream is deleted': deleteStreams('SOUK_ORDERS'),
};

/** Timeout for a busy machine, in ms. A process checks its streams every 2 s. */
const NOTICED_WITHIN_MS = 30_000;
/** How long to wait for the event of a new order, in ms. Then another order is placed. */
const SUBSCRIBED_WITHIN_MS = 1000;
/** Timeout for a busy machine, in ms. */
const DELIVERED_WITHIN_MS = 60_000;
/** The number of orders to place while the migration creates the streams. */
const ORDERS = 4;

async function emptyStore({ cluster: { nats, natsStore } }: Ground): Promise<void> {
  await nats.stop('SIGKILL');
  rmSync(natsStore, { recursive: true });
  await nats.start();
}

function deleteStreams(...names: readonly string[]): Loss {
  return async ({ nats }) => {
    const manager = await nats.connection.jetstreamManager();
    for (const name of names) await manager.streams.delete(name);
  };
}

/**
 * Deletes streams. Then places orders without the streams, and while a migration creates them again. No process is restarted.
 * @returns one sentence per problem
 */
export async function problemsAfter(ground: Ground, lose: Loss): Promise<readonly string[]> {
  const { cluster, shop, admin, nats } = ground;
  const log = new LoadLog();
  const guest = new SteadyClient({ url: cluster.url, log });
  const buyer = new Buyer(guest, log);
  const buy = async () => {
    const [article] = shop.articles;
    return article ? buyer.buy(article, 1) : null;
  };
  const news = new OrderWatch(cluster.url, shop.staffHeaders);
  try {
    await untilDelivered(news, buy);
    const left = await settled(await admin(), nats);
    const session = await logIn(guest);

    await buy(); // its last events may be lost before any consumer reads them
    await lose(ground);
    await buy();
    await guest.change(LogoutDocument, { input: { refreshToken: session.refreshToken } });
    const buying = Promise.all(Array.from({ length: ORDERS }, buy));
    await cluster.migrateStreams();
    await buying;

    const isLost = () => news.failures.some((failure) => failure.startsWith('RESUME_POSITION_LOST'));
    const wasReported = await until(isLost, NOTICED_WITHIN_MS).catch(() => false);
    await untilDelivered(news, buy);
    const open = await gatewaysThatAccept(ground, session.accessToken);
    const unsettledNow = await settled(await admin(), nats);
    return [
      ...left.map((each) => `Not settled before the loss: ${each}`),
      ...(wasReported ? [] : [`A subscription continued although its stream was lost: ${news.failures.join(', ')}`]),
      ...open.map((url) => `${url} accepts the token of a session that was ended while the streams were missing`),
      ...unsettledNow.map((each) => `Not settled: ${each}`),
      ...(await notReady(ground)).map((name) => `${name} is not ready`),
      ...(await bookProblems(await admin(), log)),
      ...((await deadLetterCount(nats)) > 0 ? ['Events were parked as dead letters'] : []),
    ];
  } finally {
    await news.close();
  }
}

/** Places orders until the subscriber receives an event, because the server does not confirm the start of a subscription. */
async function untilDelivered(news: OrderWatch, buy: () => Promise<{ readonly id: string } | null>): Promise<void> {
  const rounds: string[] = [];
  const giveUpAt = performance.now() + DELIVERED_WITHIN_MS;
  while (performance.now() < giveUpAt) {
    news.followAll();
    const order = await buy();
    if (order && (await news.sees(order.id, 'CONFIRMED', SUBSCRIBED_WITHIN_MS))) return;
    rounds.push(order ? `${order.id}: ${news.typesOf(order.id).join(', ') || 'no event'}` : 'no order');
  }
  const errors = news.failures.join('; ') || 'none';
  throw new Error(`No CONFIRMED order was delivered: ${rounds.join('; ')}. Errors of subscriptions: ${errors}`);
}

async function logIn(guest: SteadyClient): Promise<{ readonly accessToken: string; readonly refreshToken: string }> {
  const [{ email, password } = { email: '', password: '' }] = DEMO_LOGINS;
  const { login } = await guest.change(LoginDocument, { input: { email, password } });
  return { accessToken: login.accessToken ?? '', refreshToken: login.refreshToken ?? '' };
}

async function gatewaysThatAccept({ cluster }: Ground, accessToken: string): Promise<readonly string[]> {
  const accepting = async () => {
    const urls = cluster.members.filter(({ kind }) => kind === 'gateway').map(({ url }) => url);
    const accepted = await Promise.all(urls.map((url) => accepts(url, accessToken)));
    return urls.filter((_, place) => accepted[place]);
  };
  await until(async () => (await accepting()).length === 0, NOTICED_WITHIN_MS).catch(() => undefined);
  return accepting();
}

async function accepts(url: string, accessToken: string): Promise<boolean> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{"query":"{ me { id } }"}' });
  return (await response.text()).includes('"me":{"id"');
}

async function notReady({ cluster }: Ground): Promise<readonly string[]> {
  const states = await Promise.all(
    cluster.members.map(async ({ url, process }) => [process.name, (await fetch(`${url}/health/ready`)).ok] as const),
  );
  return states.filter(([, isReady]) => !isReady).map(([name]) => name);
}
