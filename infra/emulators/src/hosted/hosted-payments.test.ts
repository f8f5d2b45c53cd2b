import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startFlutterwaveEmulator } from '../flutterwave/index.ts';
import { startPaystackEmulator } from '../paystack/index.ts';
import { HostedShop, ngn, SECRET_KEY, TURN_MS, VENDORS, type VendorName } from '../testing/hosted-shop.ts';

const AMOUNT = 1_050_050;
const NAMES = Object.keys(VENDORS) as VendorName[];

describe.each(NAMES)('%s', (name) => {
  let shop: HostedShop;
  beforeAll(async () => {
    shop = await HostedShop.start(name);
  });
  afterAll(() => shop.stop());
  afterEach(() => shop.emulator.recover());

  const { unit } = VENDORS[name];
  const INITIALIZE = name === 'PAYSTACK' ? /initialize$/ : /POST .*payments$/;
  const VERIFY = /verify/;
  const REFUND = /POST .*refund$/;
  const RECEIVED = { received: true, userErrors: [] };

  const waiting = async () => {
    const request = shop.request();
    const answer = await shop.authorize(request);
    const code = shop.emulator.pageOf(request.paymentId)?.code;
    const url = `${shop.emulator.url}/pay/${code}`;
    expect(answer).toMatchObject({ ok: true, value: { status: 'PENDING', action: { kind: 'REDIRECT', url } } });
    return request;
  };
  const paid = async () => {
    const request = await waiting();
    shop.emulator.buyerPays(request.paymentId);
    expect(await shop.confirm(request)).toMatchObject({
      ok: true,
      value: { status: 'CAPTURED', captured: ngn(AMOUNT) },
    });
    return request;
  };

  test('sends the buyer to its page, and takes the money there', async () => {
    const request = await waiting();
    expect(shop.emulator.pageOf(request.paymentId)).toMatchObject({ amount: 10_500.5 * unit, currency: 'NGN' });
    expect(await shop.confirm(request)).toMatchObject({ ok: true, value: { status: 'PENDING' } });
    shop.emulator.buyerFails(request.paymentId);
    expect(await shop.confirm(request)).toMatchObject({ ok: true, value: { status: 'PENDING' } });
    shop.emulator.buyerPays(request.paymentId);
    expect(await shop.confirm(request)).toMatchObject({ ok: true, value: { status: 'CAPTURED' } });
    expect(await shop.ledger(request)).toEqual([`AUTHORIZE SUCCEEDED ${AMOUNT}`, `CAPTURE SUCCEEDED ${AMOUNT}`]);
  });

  test('asks for the address of the buyer', async () => {
    const { email: _none, ...request } = shop.request();
    const answer = await shop.authorize(request);
    expect(answer).toMatchObject({ error: { code: 'PAYMENT_DECLINED', declineCode: 'email_required' } });
  });

  test('declines a currency that it cannot count', async () => {
    const request = { ...shop.request(), amount: { amountMinor: 1_234, currency: 'KWD' } };
    expect(await shop.authorize(request)).toMatchObject({ error: { declineCode: 'currency_not_supported' } });
    expect(shop.emulator.pageOf(request.paymentId)).toBeNull();
  });

  test('refunds in parts, never more than was paid', async () => {
    const request = await paid();
    expect(await shop.refund(request, ngn(50_050))).toMatchObject({
      ok: true,
      value: { status: 'PARTIALLY_REFUNDED' },
    });
    expect(shop.takenAtVendor(request)).toBe(1_000_000);
    expect(await shop.refund(request, ngn(1_000_001))).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
    expect(await shop.refund(request)).toMatchObject({ ok: true, value: { status: 'REFUNDED' } });
    expect(shop.takenAtVendor(request)).toBe(0);
  });

  test('takes any number and order of notifications, also after a refund', async () => {
    const request = await waiting();
    shop.emulator.buyerPays(request.paymentId);
    const events = shop.eventsOf(request).toReversed();
    const twice = [...events, ...events].map(({ payload }) => shop.deliver(payload));
    expect(await Promise.all(twice)).toEqual(twice.map(() => RECEIVED));
    await shop.refund(request);
    for (const { payload } of shop.eventsOf(request)) expect(await shop.deliver(payload)).toEqual(RECEIVED);
    expect(await shop.ledger(request)).toEqual([
      `AUTHORIZE SUCCEEDED ${AMOUNT}`,
      `CAPTURE SUCCEEDED ${AMOUNT}`,
      `REFUND SUCCEEDED ${AMOUNT}`,
    ]);
  });

  test('never takes the amount of a notification', async () => {
    const request = await waiting();
    shop.emulator.buyerPays(request.paymentId, 1 * unit);
    for (const { payload } of shop.eventsOf(request)) {
      const forged = payload.replaceAll(`"amount":${unit}`, `"amount":${10_500.5 * unit}`);
      shop.clock.advance(TURN_MS);
      expect(await shop.deliver(forged)).toEqual(RECEIVED);
    }
    shop.clock.advance(TURN_MS);
    expect(await shop.confirm(request)).toMatchObject({ error: { declineCode: 'amount_mismatch' } });
    expect(shop.takenAtVendor(request)).toBe(0);
  });

  describe('a buyer who pays after the payment was voided', () => {
    const voided = async () => {
      const request = await waiting();
      expect(await shop.release(request)).toMatchObject({ ok: true, value: { voided: true } });
      return request;
    };
    const LEDGER = ['AUTHORIZE', 'CAPTURE', 'REFUND', 'VOID'].map((kind) => `${kind} SUCCEEDED ${AMOUNT}`);

    test('gets the money back once, though the notification comes several times', async () => {
      const request = await voided();
      shop.emulator.buyerPays(request.paymentId);
      const [event] = shop.eventsOf(request);
      const deliveries = [1, 2, 3].map(() => shop.deliver(event?.payload ?? ''));
      const answers = await Promise.all(deliveries);
      expect(answers).toContainEqual(RECEIVED);
      expect(await shop.deliver(event?.payload ?? '')).toEqual(RECEIVED);
      expect(shop.takenAtVendor(request)).toBe(0);
      expect(await shop.ledger(request)).toEqual(LEDGER);
      expect(await shop.recorded(request)).toMatchObject({ status: 'REFUNDED', open: '0' });
    });

    test('gets the money back without any notification', async () => {
      const request = await voided();
      await shop.runJobs();
      expect(await shop.recorded(request)).toMatchObject({ status: 'VOIDED' });
      shop.emulator.buyerPays(request.paymentId);
      await shop.runJobs();
      expect(shop.takenAtVendor(request)).toBe(0);
      expect(await shop.ledger(request)).toEqual(LEDGER);
    });

    test.each(['BEFORE', 'AFTER'] as const)('gets the money back once when the answer is lost (%s)', async (how) => {
      const request = await voided();
      shop.emulator.buyerPays(request.paymentId);
      shop.emulator.fail({ request: REFUND, how });
      await shop.runJobs();
      expect(await shop.recorded(request)).toMatchObject({ status: 'CAPTURED', open: '1' });
      await shop.runJobs();
      expect(await shop.recorded(request)).toMatchObject({ status: 'REFUNDED', open: '0' });
      expect(shop.emulator.refundedOf(request.paymentId)).toBe(10_500.5 * unit);
    });
  });

  describe('a crash or a silent vendor', () => {
    test.each(['BEFORE', 'AFTER', 503, 429] as const)(
      'while the page is opened leaves nothing to pay (%s)',
      async (how) => {
        const request = shop.request();
        shop.emulator.fail({ request: INITIALIZE, how });
        await expect(shop.authorize(request)).rejects.toThrow('payments.authorize');
        expect(await shop.release(request)).toMatchObject({ ok: true, value: { voided: true } });
        expect(await shop.authorize(request)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
      },
    );

    test('while the buyer paid is found by the next question', async () => {
      const request = await waiting();
      shop.emulator.buyerPays(request.paymentId);
      shop.emulator.fail({ request: VERIFY, how: 'AFTER' });
      await expect(shop.confirm(request)).rejects.toThrow('payments.confirm');
      expect(await shop.confirm(request)).toMatchObject({ ok: true, value: { status: 'CAPTURED' } });
    });

    test('while a paid payment is voided returns the money once', async () => {
      const request = await waiting();
      shop.emulator.buyerPays(request.paymentId);
      shop.emulator.fail({ request: REFUND, how: 'AFTER' });
      await expect(shop.release(request)).rejects.toThrow('payments.void');
      shop.clock.advance(TURN_MS);
      expect(await shop.release(request)).toMatchObject({ ok: true, value: { voided: true } });
      expect(shop.emulator.refundedOf(request.paymentId)).toBe(10_500.5 * unit);
    });

    test('while money is refunded returns it once', async () => {
      const request = await paid();
      const refundId = randomUUID();
      const once = () => shop.refund(request, ngn(400), refundId);
      shop.emulator.fail({ request: REFUND, how: 'AFTER' });
      await expect(once()).rejects.toThrow('payments.refund');
      shop.clock.advance(TURN_MS);
      const answers = await Promise.allSettled([once(), once(), once()]);
      expect(answers.map(({ status }) => status)).toContain('fulfilled');
      expect(shop.emulator.refundedOf(request.paymentId)).toBe(4 * unit);
    });
  });

  test('a silent vendor at any step moves money once, and nothing stays open', async () => {
    const [opening, voiding] = [shop.request(), await waiting()];
    const [returning, notified, late] = [await waiting(), await waiting(), await waiting()];
    const [refunding, refundId] = [await paid(), randomUUID()];
    expect(await shop.release(late)).toMatchObject({ ok: true, value: { voided: true } });
    for (const request of [voiding, returning, notified, late]) shop.emulator.buyerPays(request.paymentId);
    const deliver = (request: typeof opening) => shop.deliver(shop.eventsOf(request)[0]?.payload ?? '');
    const NOT_RECEIVED = { received: null, userErrors: [{ code: 'PROVIDER_UNAVAILABLE' }] };

    await shop.silently(/./, [
      () => expect(shop.authorize(opening)).rejects.toThrow('payments.authorize'),
      () => expect(shop.confirm(returning)).rejects.toThrow('payments.confirm'),
      async () => expect(await deliver(notified)).toEqual(NOT_RECEIVED),
      async () => expect(await deliver(late)).toEqual(NOT_RECEIVED),
    ]);
    shop.clock.advance(TURN_MS);
    await shop.silently(REFUND, [
      () => expect(shop.release(voiding)).rejects.toThrow('payments.void'),
      () => expect(shop.refund(refunding, ngn(400), refundId)).rejects.toThrow('payments.refund'),
    ]);
    shop.clock.advance(TURN_MS);
    expect(await shop.confirm(returning)).toMatchObject({ ok: true, value: { status: 'CAPTURED' } });
    expect([await deliver(notified), await deliver(late)]).toEqual([RECEIVED, RECEIVED]);
    await shop.runJobs('payments.recovery');

    const booksOf = async (request: typeof opening) => {
      const { status, open } = (await shop.recorded(request)) ?? {};
      return { status, open, taken: shop.takenAtVendor(request) };
    };
    expect(await booksOf(opening)).toEqual({ status: 'VOIDED', open: '0', taken: 0 });
    expect(await booksOf(voiding)).toEqual({ status: 'VOIDED', open: '0', taken: 0 });
    expect(await booksOf(returning)).toEqual({ status: 'CAPTURED', open: '0', taken: AMOUNT });
    expect(await booksOf(notified)).toEqual({ status: 'CAPTURED', open: '0', taken: AMOUNT });
    expect(await booksOf(late)).toEqual({ status: 'REFUNDED', open: '0', taken: 0 });
    expect(await booksOf(refunding)).toEqual({ status: 'PARTIALLY_REFUNDED', open: '0', taken: AMOUNT - 400 });
    expect(await shop.authorize(opening)).toMatchObject({ error: { code: 'PAYMENT_NOT_ALLOWED' } });
  });

  describe('a notification', () => {
    const body = JSON.stringify({ event: 'charge.success', data: { reference: 'other', tx_ref: 'other' } });
    const SIGNATURE = { received: null, userErrors: [{ code: 'WEBHOOK_SIGNATURE_INVALID' }] };
    const header = name === 'PAYSTACK' ? 'x-paystack-signature' : 'flutterwave-signature';

    test('without a sound signature is refused', async () => {
      expect(await shop.deliver(body, {})).toEqual(SIGNATURE);
      expect(await shop.deliver(body, { [header]: '00' })).toEqual(SIGNATURE);
      expect(await shop.deliver(`${body} `, shop.emulator.signed(body))).toEqual(SIGNATURE);
    });

    test('about anything else is received', async () => {
      expect(await shop.deliver(body)).toEqual(RECEIVED);
      const malformed = { received: null, userErrors: [{ code: 'WEBHOOK_MALFORMED' }] };
      expect(await shop.deliver('not JSON')).toEqual(malformed);
    });
  });
});

test('a lost dispute at Paystack takes the money, and a won one does not', async () => {
  const emulator = await startPaystackEmulator({ secretKey: SECRET_KEY });
  const shop = await HostedShop.start('PAYSTACK', emulator);
  const disputed = async (resolution: 'merchant-accepted' | 'declined') => {
    const request = shop.request();
    await shop.authorize(request);
    emulator.buyerPays(request.paymentId);
    await shop.confirm(request);
    const id = emulator.openDispute(request.paymentId, 50_050);
    for (const { payload } of shop.eventsOf(request)) await shop.deliver(payload);
    emulator.resolveDispute(id, resolution);
    for (const { payload } of shop.eventsOf(request)) await shop.deliver(payload);
    return (await shop.ledger(request)).filter((entry) => entry.startsWith('DISPUTE'));
  };
  expect(await disputed('merchant-accepted')).toEqual(['DISPUTE_WITHDRAWAL 50050']);
  expect(await disputed('declined')).toEqual([]);
  await shop.stop();
});

test('a chargeback at Flutterwave holds the money, and gives it back when the shop wins', async () => {
  const emulator = await startFlutterwaveEmulator({ secretKey: SECRET_KEY, secretHash: 'hash_of_the_shop' });
  const shop = await HostedShop.start('FLUTTERWAVE', emulator);
  const paid = async () => {
    const request = shop.request();
    await shop.authorize(request);
    emulator.buyerPays(request.paymentId);
    await shop.confirm(request);
    return request;
  };
  const notify = async () => {
    const events = emulator.events.filter(({ type }) => type.startsWith('chargeback.'));
    for (const { payload } of events.toReversed())
      expect(await shop.deliver(payload)).toMatchObject({ received: true });
  };
  const disputesOf = async (request: Awaited<ReturnType<typeof paid>>) =>
    (await shop.ledger(request)).filter((entry) => entry.startsWith('DISPUTE'));
  const [won, lost, twice] = [await paid(), await paid(), await paid()];
  const ids = [won, lost].map(({ paymentId }) => emulator.openChargeback(paymentId, 500.5));
  await notify();
  expect(await disputesOf(won)).toEqual(['DISPUTE_WITHDRAWAL 50050']);
  emulator.decideChargeback(ids[0] ?? 0, 'declined');
  await notify();
  expect(await disputesOf(won)).toEqual(['DISPUTE_WITHDRAWAL 50050']);
  emulator.decideChargeback(ids[0] ?? 0, 'won');
  emulator.decideChargeback(ids[1] ?? 0, 'lost');
  await notify();
  await notify();
  expect(await disputesOf(won)).toEqual(['DISPUTE_REINSTATEMENT 50050', 'DISPUTE_WITHDRAWAL 50050']);
  expect(await disputesOf(lost)).toEqual(['DISPUTE_WITHDRAWAL 50050']);
  // After the shop declines a chargeback, the bank may open a second chargeback for the same payment. Only the second
  // chargeback then withholds the money.
  emulator.decideChargeback(emulator.openChargeback(twice.paymentId, 500.5), 'declined');
  emulator.openChargeback(twice.paymentId, 500.5);
  await notify();
  expect(await shop.sql('select disputed_minor from payments.payment where id = $1', [twice.paymentId])).toEqual([
    { disputed_minor: '50050' },
  ]);
  await shop.stop();
});

test('Flutterwave may send its secret hash instead of a signature', async () => {
  const shop = await HostedShop.start('FLUTTERWAVE');
  const body = JSON.stringify({ event: 'charge.completed', data: { tx_ref: 'other' } });
  expect(await shop.deliver(body, { 'verif-hash': 'hash_of_the_shop' })).toMatchObject({ received: true });
  expect(await shop.deliver(body, { 'verif-hash': 'another' })).toMatchObject({ received: null });
  const both = { 'verif-hash': 'hash_of_the_shop', 'flutterwave-signature': 'unsound' };
  expect(await shop.deliver(body, both)).toMatchObject({ received: null });
  await shop.stop();
});
