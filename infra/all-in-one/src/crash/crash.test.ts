import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@souk/kit/testing';
import type { Article } from '../testing/test-shop.ts';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from '../testing/test-souk.ts';
import { nameOf, type Step } from './checkout-task.ts';
import { prepareProcesses, runUntilKilled } from './processes.ts';

/** A checkout whose process is killed at a step of the checkout. */
interface Drill {
  readonly article: Article;
  readonly cartId: string;
  readonly token: string;
  readonly idempotencyKey: string;
  /** The step at which the first process is killed. The optional second step kills the process that recovers the checkout. */
  readonly dieAt: readonly [string, string?];
}

const UNITS = 5;

let installation: TestInstallation;
let souk: TestSouk;
/** The names of the steps that each checkout has taken, in any process. */
const steps = new Map<string, string[]>();
const drills: Drill[] = [];

beforeAll(async () => {
  await prepareProcesses();
  installation = await openInstallation();
  souk = await startSouk();
  await runDrills(await prepareDrills(await plansOfNormalRuns()), { atOnce: 2 });
  await restart();
  // The drills run one at a time, because a recovering process recovers every unfinished checkout.
  await runDrills(await prepareDrills(await plansOfRecoveries()), { atOnce: 1 });
  await restart();
});

afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

const startSouk = () => startTestSouk(installation, { settings: { orders: { onCheckoutStep: note } } });

/** Starts Souk, and waits until it has recovered the checkouts of the killed processes. */
async function restart(): Promise<void> {
  souk = await startSouk();
  await until(async () => (await souk.books.unfinishedCheckouts()) === 0);
}

function note(step: Step): void {
  const { checkoutId } = step;
  steps.set(checkoutId, [...(steps.get(checkoutId) ?? []), nameOf(step)]);
}

type Plan = Pick<Drill, 'token' | 'dieAt'>;

/**
 * Runs one checkout that succeeds and one that is compensated, without a kill.
 * @returns a plan for each step of both checkouts: a later run kills a process at this step
 */
async function plansOfNormalRuns(): Promise<Plan[]> {
  const plans = new Map<string, Plan>();
  for (const token of ['tok_visa', 'tok_declined']) {
    await souk.buyer.checkout(await souk.buyer.fillCart(await souk.shop.offer({ north: 1, south: 0 })), { token });
    for (const name of [...steps.values()].flat()) if (!plans.has(name)) plans.set(name, { token, dieAt: [name] });
  }
  return [...plans.values()];
}

/**
 * Returns a plan for each step that only a recovery runs. Each plan first kills a process at one fixed step, and then kills the recovering
 * process at the step of the plan.
 */
async function plansOfRecoveries(): Promise<Plan[]> {
  const plans = new Map<string, Plan>();
  for (const { cartId, token, dieAt } of drills) {
    for (const name of await stepsOf(cartId)) if (!isTested(name)) plans.set(name, { token, dieAt: [dieAt[0], name] });
  }
  return [...plans.values()];
}

const isTested = (name: string) => drills.some(({ dieAt }) => dieAt.includes(name));

async function stepsOf(cartId: string): Promise<string[]> {
  return (await installation.books.checkoutsOfCart(cartId)).flatMap(({ id }) => steps.get(id) ?? []);
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

/** Runs and kills a process for each drill. No other process of Souk runs at this time. */
async function runDrills(prepared: readonly Drill[], { atOnce }: { readonly atOnce: number }): Promise<void> {
  await souk.stop();
  const waiting = prepared.values();
  const workers = Array.from({ length: atOnce }, async () => {
    for (const drill of waiting) await runDrill(drill);
  });
  await Promise.all(workers);
}

async function runDrill({ cartId, token, idempotencyKey, dieAt: [first, second] }: Drill): Promise<void> {
  const task = { tenantId: souk.shop.tenantId, cartId };
  await runUntilKilled(installation, { ...task, checkout: { token, idempotencyKey }, dieAt: first }, note);
  if (!second) return;
  await installation.books.endLease(cartId);
  await runUntilKilled(installation, { ...task, checkout: null, dieAt: second }, note);
}

/**
 * The expected end of a checkout. A checkout that was killed before its order was placed is compensated. A checkout that was killed later
 * is completed.
 */
async function endOf({ cartId, dieAt: [first] }: Drill): Promise<'ORDERED' | 'UNDONE'> {
  const taken = await stepsOf(cartId);
  return taken.slice(0, taken.indexOf(first) + 1).includes('RECORDED PLACED') ? 'ORDERED' : 'UNDONE';
}

/** Collects the result of `fact` for every drill, by the names of the steps at which the drill kills a process. */
async function byName<Fact>(fact: (drill: Drill) => Promise<Fact>): Promise<Record<string, Fact>> {
  const facts: Record<string, Fact> = {};
  for (const drill of drills) facts[drill.dieAt.join(', ')] = await fact(drill);
  return facts;
}

/** States that only earlier versions recorded. `checkout-recovery.job.test.ts` recovers checkouts in these states. */
const OF_EARLIER_VERSIONS = ['PRICED', 'RESERVED', 'AUTHORIZED'];

test('a process was killed at every step of a checkout, and in every state that a checkout reports', async () => {
  const taken = new Set([...steps.values()].flat());
  expect([...taken].filter((name) => !isTested(name))).toEqual([]);
  const states = (await installation.books.checkoutStates()).filter((each) => !OF_EARLIER_VERSIONS.includes(each));
  expect(states.filter((state) => !isTested(`RECORDED ${state}`))).toEqual([]);
  expect(states).toContain('PLACED');
});

test('a killed checkout becomes one paid order, or is compensated and holds neither stock nor money', async () => {
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

test('a repeated request returns the placed order, and the cart of a compensated checkout can be ordered', async () => {
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
