import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import type { Article } from '../testing/test-shop.ts';
import { openEstate, startTestSouk, type TestEstate, type TestSouk } from '../testing/test-souk.ts';
import { nameOf, type Step } from './checkout-task.ts';
import { prepareProcesses, runUntilKilled } from './processes.ts';

/** A checkout whose process is killed. */
interface Drill {
  readonly article: Article;
  readonly cartId: string;
  readonly token: string;
  readonly idempotencyKey: string;
  /** The process that takes the order is killed at the first step, the one that recovers at the second. */
  readonly dieAt: readonly [string, string?];
}

const UNITS = 5;

let estate: TestEstate;
let souk: TestSouk;
/** The steps of each checkout, by any process. */
const steps = new Map<string, string[]>();
const drills: Drill[] = [];

beforeAll(async () => {
  await prepareProcesses();
  estate = await openEstate();
  souk = await startSouk();
  await strike(await prepareDrills(await rehearse()), { atOnce: 2 });
  await restart();
  // One at a time: a process that recovers takes whatever there is to recover.
  await strike(await prepareDrills(await stepsOfRecovery()), { atOnce: 1 });
  await restart();
});

afterAll(async () => {
  await souk.stop();
  await estate.database.drop();
});

const startSouk = () => startTestSouk(estate, { settings: { orders: { onCheckoutStep: note } } });

/** Starts Souk, which recovers what the killed processes left. */
async function restart(): Promise<void> {
  souk = await startSouk();
  await until(async () => (await souk.books.unfinishedCheckouts()) === 0);
}

function note(step: Step): void {
  const { checkoutId } = step;
  steps.set(checkoutId, [...(steps.get(checkoutId) ?? []), nameOf(step)]);
}

type Plan = Pick<Drill, 'token' | 'dieAt'>;

/** Two checkouts that nobody kills, one that succeeds and one that is undone: each of their steps is to be struck. */
async function rehearse(): Promise<Plan[]> {
  const plans = new Map<string, Plan>();
  for (const token of ['tok_visa', 'tok_declined']) {
    await souk.buyer.checkout(await souk.buyer.fillCart(await souk.shop.offer({ north: 1, south: 0 })), { token });
    for (const name of [...steps.values()].flat()) if (!plans.has(name)) plans.set(name, { token, dieAt: [name] });
  }
  return [...plans.values()];
}

/** The steps that only recovery takes: to be struck while it recovers from the same crash again. */
async function stepsOfRecovery(): Promise<Plan[]> {
  const plans = new Map<string, Plan>();
  for (const { cartId, token, dieAt } of drills) {
    for (const name of await stepsOf(cartId)) if (!isStruck(name)) plans.set(name, { token, dieAt: [dieAt[0], name] });
  }
  return [...plans.values()];
}

const isStruck = (name: string) => drills.some(({ dieAt }) => dieAt.includes(name));

async function stepsOf(cartId: string): Promise<string[]> {
  return (await estate.books.checkoutsOfCart(cartId)).flatMap(({ id }) => steps.get(id) ?? []);
}

async function prepareDrills(plans: readonly Plan[]): Promise<Drill[]> {
  const prepared: Drill[] = [];
  for (const plan of plans) {
    const article = await souk.shop.offer({ north: UNITS, south: 0 });
    prepared.push({ ...plan, article, cartId: await souk.buyer.fillCart(article), idempotencyKey: randomUUID() });
  }
  drills.push(...prepared);
  return prepared;
}

/** Kills the processes, while nothing else of Souk runs. */
async function strike(prepared: readonly Drill[], { atOnce }: { readonly atOnce: number }): Promise<void> {
  await souk.stop();
  const waiting = prepared.values();
  const workers = Array.from({ length: atOnce }, async () => {
    for (const drill of waiting) await strikeOne(drill);
  });
  await Promise.all(workers);
}

async function strikeOne({ cartId, token, idempotencyKey, dieAt: [first, second] }: Drill): Promise<void> {
  const task = { tenantId: souk.shop.tenantId, cartId };
  await runUntilKilled(estate, { ...task, checkout: { token, idempotencyKey }, dieAt: first }, note);
  if (!second) return;
  await estate.books.endLease(cartId);
  await runUntilKilled(estate, { ...task, checkout: null, dieAt: second }, note);
}

/** Before its order is placed a checkout is undone, afterwards it is finished. */
async function endOf({ cartId, dieAt: [first] }: Drill): Promise<'ORDERED' | 'UNDONE'> {
  const taken = await stepsOf(cartId);
  return taken.slice(0, taken.indexOf(first) + 1).includes('RECORDED PLACED') ? 'ORDERED' : 'UNDONE';
}

/** A fact of every drill. */
async function byName<Fact>(fact: (drill: Drill) => Promise<Fact>): Promise<Record<string, Fact>> {
  const facts: Record<string, Fact> = {};
  for (const drill of drills) facts[drill.dieAt.join(', ')] = await fact(drill);
  return facts;
}

test('every step that a checkout takes was struck, and every state that it can be in', async () => {
  const taken = new Set([...steps.values()].flat());
  expect([...taken].filter((name) => !isStruck(name))).toEqual([]);
  const states = await estate.books.checkoutStates();
  expect(states.filter((state) => !isStruck(`RECORDED ${state}`))).toEqual([]);
  expect(states).toContain('PLACED');
});

test('a killed checkout is one paid order, or it is undone and holds nothing', async () => {
  const { books } = souk;
  const found = await byName(async ({ article, cartId }) => ({
    orders: await books.ordersOfCart(cartId),
    payments: (await books.paymentsOfCart(cartId)).filter((status) => status !== 'VOIDED' && status !== 'FAILED'),
    stock: await books.stockOf(article.sku),
  }));
  const left = (units: number) => ({ onHand: units, reserved: 0, ledgerOnHand: units, ledgerReserved: 0 });
  const expected = await byName(async (drill) =>
    (await endOf(drill)) === 'UNDONE'
      ? { orders: [], payments: [], stock: left(UNITS) }
      : {
          orders: [expect.objectContaining({ status: 'CONFIRMED', payment_status: 'PAID' })],
          payments: ['CAPTURED'],
          stock: left(UNITS - 1),
        },
  );
  expect(found).toEqual(expected);
  expect(await books.heldReservations()).toBe(0);
  expect(await books.strayPayments()).toBe(0);
});

test('a buyer who sends the request of a placed order again gets that order; the cart of an undone one can be ordered', async () => {
  const { books, buyer } = souk;
  const ordered = await byName(async (drill) => {
    const [placed] = await books.ordersOfCart(drill.cartId);
    const again = placed
      ? { token: drill.token, idempotencyKey: drill.idempotencyKey }
      : { idempotencyKey: randomUUID() };
    const { order, userErrors } = await buyer.checkout(drill.cartId, again);
    const stock = await books.stockOf(drill.article.sku);
    return { isTheSame: !placed || order?.id === placed.id, status: order?.status, userErrors, onHand: stock.onHand };
  });
  const once = { isTheSame: true, status: 'CONFIRMED', userErrors: [], onHand: UNITS - 1 };
  expect(ordered).toEqual(await byName(async () => once));
});
