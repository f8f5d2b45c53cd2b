import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { testActors } from '@souk/kit/testing';
import { startFlutterwaveEmulator } from '../flutterwave/index.ts';
import { startPaystackEmulator } from '../paystack/index.ts';
import { HostedShop, ngn, SECRET_KEY, VENDORS, type VendorName } from '../testing/hosted-shop.ts';

const AMOUNT = 1_050_050;
const DISPUTABLE = {
  PAYSTACK: async () => {
    const emulator = await startPaystackEmulator({ secretKey: SECRET_KEY });
    return { emulator, open: (id: string) => emulator.openDispute(id, 50_050) };
  },
  FLUTTERWAVE: async () => {
    const emulator = await startFlutterwaveEmulator({ secretKey: SECRET_KEY, secretHash: 'hash_of_the_shop' });
    return { emulator, open: (id: string) => emulator.openChargeback(id, 500.5) };
  },
};

describe.each(Object.keys(VENDORS) as VendorName[])('%s', (name) => {
  let shop: HostedShop;
  let open: (reference: string) => number;
  beforeAll(async () => {
    const started = await DISPUTABLE[name]();
    open = started.open;
    shop = await HostedShop.start(name, started.emulator);
    for (let round = 0; round < 2; round += 1) await shop.runJobs(); // the daily comparison is over
  });
  afterAll(() => shop.stop());
  afterEach(() => shop.emulator.recover());
  const { unit } = VENDORS[name];

  const waiting = async () => {
    const request = shop.request();
    await shop.authorize(request);
    return request;
  };
  const paid = async () => {
    const request = await waiting();
    shop.emulator.buyerPays(request.paymentId);
    await shop.confirm(request);
    return request;
  };
  const AGREED = { status: 'COMPLETED', differenceCount: 0, differences: [], problem: null };

  test('a ledger that agrees has no differences, on any number of pages', async () => {
    for (const request of await Promise.all(Array.from({ length: 22 }, paid))) await shop.refund(request, ngn(100));
    const compared = await shop.reconcile();
    expect(compared).toMatchObject(AGREED);
    expect(compared.chargeCount).toBeGreaterThanOrEqual(22);
    expect(compared.refundCount).toBe(22);
  });

  test('a refund at the vendor is recorded once', async () => {
    const request = await paid();
    await shop.refundAtVendor(request, 100 * unit);
    const { differences } = await shop.reconcile();
    const amount = { ledgerAmount: null, providerAmount: { amount: '100.00' } };
    expect(differences).toEqual([
      expect.objectContaining({
        kind: 'REFUND_MISSING_IN_LEDGER',
        paymentId: request.paymentId,
        isRepaired: true,
        ...amount,
      }),
    ]);
    expect(await shop.recorded(request)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: '10000' });
    expect(await shop.reconcile()).toMatchObject(AGREED);
    expect(await shop.refund(request)).toMatchObject({ ok: true, value: { status: 'REFUNDED' } });
    expect(shop.takenAtVendor(request)).toBe(0);
  });

  test('a payment whose notification was lost is recorded', async () => {
    const request = await waiting();
    shop.emulator.buyerPays(request.paymentId);
    const { differences } = await shop.reconcile();
    expect(differences).toMatchObject([{ kind: 'CHARGE_MISSING_IN_LEDGER', isRepaired: true }]);
    expect(await shop.recorded(request)).toMatchObject({ status: 'CAPTURED', captured: String(AMOUNT) });
  });

  test('a void that returned the money of a buyer is no difference, and late money is returned', async () => {
    const [returned, late] = [await waiting(), await waiting()];
    shop.emulator.buyerPays(returned.paymentId);
    for (const request of [returned, late]) await shop.release(request);
    shop.emulator.buyerPays(late.paymentId);
    const { differences } = await shop.reconcile();
    expect(differences).toMatchObject([{ paymentId: late.paymentId, isRepaired: true }]);
    expect([shop.takenAtVendor(returned), shop.takenAtVendor(late)]).toEqual([0, 0]);
    expect(await shop.reconcile()).toMatchObject(AGREED);
  });

  test('a dispute whose notification was lost is recorded', async () => {
    const request = await paid();
    open(request.paymentId);
    const { differences } = await shop.reconcile();
    expect(differences).toMatchObject([{ kind: 'DISPUTE_MISSING_IN_LEDGER', paymentId: request.paymentId }]);
    expect(await shop.reconcile()).toMatchObject(AGREED);
  });

  test('money that the vendor does not know is reported, and left as it is', async () => {
    const id = randomUUID();
    await shop.sql(
      `insert into payments.payment (tenant_id, id, order_id, provider, status, currency, amount_minor, authorized_minor, captured_minor)
       select tenant_id, $1, $1, provider, 'CAPTURED', 'NGN', 500, 500, 500 from payments.payment limit 1`,
      [id],
    );
    const found = { kind: 'CHARGE_MISSING_AT_PROVIDER', paymentId: id, isRepaired: false, providerAmount: null };
    expect((await shop.reconcile()).differences).toMatchObject([found]);
    expect(await shop.recorded({ paymentId: id, orderId: id })).toMatchObject({ captured: '500' });
    await shop.sql(`delete from payments.payment where id = $1`, [id]);
  });

  test('a vendor that does not answer is asked again', async () => {
    shop.emulator.fail({ request: /GET .*(transaction|transactions)$/, how: 503 });
    const failed = await shop.reconcile();
    expect(failed).toMatchObject({ status: 'QUEUED', differenceCount: 0 });
    expect(failed.problem).toContain('503');
    await shop.runJobs();
  });

  test('equal comparisons are queued once, until the first has ended', async () => {
    const [from, to] = [new Date(shop.clock.now().getTime() - 3_600_000), shop.clock.now()];
    const START = `mutation {
      reconciliationStart(input: { provider: ${name}, from: "${from.toISOString()}", to: "${to.toISOString()}" }) {
        reconciliation { id }
      }
    }`;
    const start = async () =>
      (await shop.list<{ reconciliationStart: { reconciliation: { id: string } } }>(START)).reconciliationStart
        .reconciliation.id;
    const ids = await Promise.all([start(), start(), start()]);
    expect(new Set([...ids, await start()]).size).toBe(1);
    await shop.runJobs('payments.reconciliation');
    expect(ids).not.toContain(await start());
    await shop.runJobs('payments.reconciliation');
  });

  test('every account is compared once a day', async () => {
    const LIST = '{ reconciliations(first: 200) { nodes { status differenceCount } } }';
    const count = async () =>
      (await shop.list<{ reconciliations: { nodes: unknown[] } }>(LIST)).reconciliations.nodes.length;
    const before = await count();
    await shop.runJobs();
    expect(await count()).toBe(before);
    await shop.sql(`update payments.reconciliation_plan set next_at = now() - interval '1 second'`);
    shop.clock.advance(24 * 3_600_000);
    for (let round = 0; round < 3; round += 1) await shop.runJobs();
    expect(await count()).toBe(before + 1);
  });
});

test('staff need scopes, and see the comparisons of their shop only', async () => {
  const shop = await HostedShop.start('PAYSTACK');
  await shop.reconcile();
  const LIST = '{ reconciliations(first: 10) { nodes { id provider status } } }';
  const actors = testActors(['payments:read', 'payments:write']);
  const listed = await shop.payments.query<{ reconciliations: { nodes: unknown[] } }>(actors.owner, LIST);
  expect(listed.reconciliations.nodes).toEqual([]);
  const START = `mutation ($input: ReconciliationStartInput!) { reconciliationStart(input: $input) { userErrors { code } } }`;
  const input = { provider: 'PAYSTACK', from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' };
  const refused = await shop.payments.execute(actors.staffWith('payments:read'), START, { input });
  expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect(await shop.payments.query(actors.owner, START, { input })).toMatchObject({
    reconciliationStart: { userErrors: [{ code: 'INVALID_INPUT' }] },
  });
  await shop.stop();
});

test('more comparisons than the database has connections are queued at once', async () => {
  const shop = await HostedShop.start('PAYSTACK');
  const { owner } = testActors(['payments:read', 'payments:write']);
  const START = `mutation ($input: ReconciliationStartInput!) { reconciliationStart(input: $input) { userErrors { code } } }`;
  const input = { provider: 'PAYSTACK', from: '2026-01-01T00:00:00Z', to: '2026-01-08T00:00:00Z' };
  const started = Array.from({ length: 60 }, () => shop.payments.query(owner, START, { input }));
  const codes = (await Promise.all(started)).map((answer) => JSON.stringify(answer));
  expect(new Set(codes).size).toBe(1);
  await shop.stop();
});
