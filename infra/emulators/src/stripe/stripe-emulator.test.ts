import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Stripe from 'stripe';
import { startStripeEmulator, type StripeEmulator } from './index.ts';

let emulator: StripeEmulator;
let stripe: Stripe;
beforeAll(async () => {
  emulator = await startStripeEmulator({ webhookSecret: 'whsec_test' });
  stripe = clientOf(emulator);
});
afterAll(() => emulator.stop());

function clientOf({ url }: StripeEmulator, key = 'sk_test_1'): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

const create = (params: Partial<Stripe.PaymentIntentCreateParams> = {}, options?: Stripe.RequestOptions) =>
  stripe.paymentIntents.create({ amount: 1999, currency: 'eur', capture_method: 'manual', ...params }, options);
const refused = async (request: Promise<unknown>) => {
  const error: unknown = await request.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error('the request was not refused');
  const { type, code, param, message, statusCode } = error;
  return { type, code, param, message, statusCode };
};

describe('a payment intent', () => {
  test('is held, captured in part and refunded in parts', async () => {
    const { id } = await create();
    const held = await stripe.paymentIntents.confirm(id, {
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.test',
    });
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 1999 });
    const captured = await stripe.paymentIntents.capture(id, { amount_to_capture: 1500 });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 1500, amount_capturable: 0 });
    expect(await stripe.refunds.create({ payment_intent: id, amount: 500 })).toMatchObject({ status: 'succeeded' });
    const tooMuch = await refused(stripe.refunds.create({ payment_intent: id, amount: 1001 }));
    expect(tooMuch).toMatchObject({ statusCode: 400, param: 'amount' });
    await stripe.refunds.create({ payment_intent: id });
    expect(await refused(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
      code: 'charge_already_refunded',
    });
  });

  test('is confirmed by a confirmation token, which serves one intent', async () => {
    const [one, other] = [await create(), await create()];
    const { id: confirmation_token } = await stripe.testHelpers.confirmationTokens.create({
      payment_method: 'pm_card_visa',
    });
    const terms = { confirmation_token, return_url: 'https://shop.test' };
    expect(await stripe.paymentIntents.confirm(one.id, terms)).toMatchObject({ status: 'requires_capture' });
    expect(await refused(stripe.paymentIntents.confirm(other.id, terms))).toMatchObject({
      param: 'confirmation_token',
    });
  });

  test('that captures at once succeeds without a capture', async () => {
    const { id } = await create({
      capture_method: 'automatic',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    expect(await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).toMatchObject({
      status: 'succeeded',
      amount_received: 1999,
    });
    expect(await refused(stripe.paymentIntents.cancel(id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  test('of a declined card can be paid by another card', async () => {
    const { id } = await create();
    const declined = await refused(
      stripe.paymentIntents.confirm(id, {
        payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
        return_url: 'https://shop.test',
      }),
    );
    expect(declined).toMatchObject({ type: 'StripeCardError', code: 'card_declined', statusCode: 402 });
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { decline_code: 'insufficient_funds' },
    });
    const paid = await stripe.paymentIntents.confirm(id, {
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.test',
    });
    expect(paid.status).toBe('requires_capture');
  });

  test('that needs authentication sends the buyer to the bank and back', async () => {
    const { id, client_secret } = await create();
    const confirmed = await stripe.paymentIntents.confirm(id, {
      payment_method: 'pm_card_authenticationRequired',
      return_url: 'https://shop.test/back?cart=1',
    });
    expect(confirmed).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
    const page = confirmed.next_action?.redirect_to_url?.url ?? '';
    expect(await (await fetch(page)).text()).toContain(`/authenticate/${id}/approve`);
    const back = await fetch(`${page}/approve`, { method: 'POST', redirect: 'manual' });
    const address = new URL(back.headers.get('location') ?? '');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      cart: '1',
      payment_intent: id,
      payment_intent_client_secret: client_secret,
      redirect_status: 'succeeded',
    });
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_capture');
  });
});

describe('parameters', () => {
  test.each<[string, object, object]>([
    [
      'an unknown parameter',
      { colour: 'red' },
      { code: 'parameter_unknown', param: 'colour', message: 'Received unknown parameter: colour' },
    ],
    [
      'an unknown parameter inside another',
      { automatic_payment_methods: { enabled: true, size: 1 } },
      { code: 'parameter_unknown', param: 'automatic_payment_methods[size]' },
    ],
    [
      'a fraction',
      { amount: 19.99 },
      { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer: 19.99' },
    ],
    [
      'a value outside of an enum',
      { capture_method: 'later' },
      {
        param: 'capture_method',
        message: 'Invalid capture_method: must be one of automatic, automatic_async, or manual',
      },
    ],
    [
      'a text in place of a boolean',
      { automatic_payment_methods: { enabled: 'perhaps' } },
      { param: 'automatic_payment_methods[enabled]' },
    ],
    ['a currency in capitals', { currency: 'EUR' }, { param: 'currency' }],
  ])('%s is refused with 400', async (_what, params, expected) => {
    const error = await refused(create(params));
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, ...expected });
  });

  test('a missing parameter is refused', async () => {
    const request = stripe.paymentIntents.create({ currency: 'eur' } as Stripe.PaymentIntentCreateParams);
    expect(await refused(request)).toMatchObject({
      code: 'parameter_missing',
      message: 'Missing required param: amount.',
    });
  });

  test('a key that is no secret key is refused with 401', async () => {
    const request = clientOf(emulator, 'pk_test_1').paymentIntents.retrieve('pi_1');
    expect(await refused(request)).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
  });
});

describe('an idempotency key', () => {
  test('returns the first answer, also after the intent has changed', async () => {
    const idempotencyKey = randomUUID();
    const first = await create({}, { idempotencyKey });
    await stripe.paymentIntents.cancel(first.id);
    expect(await create({}, { idempotencyKey })).toMatchObject({ id: first.id, status: 'requires_payment_method' });
    expect(await refused(create({ amount: 1 }, { idempotencyKey }))).toMatchObject({ type: 'StripeIdempotencyError' });
  });

  test('is free again after a request with wrong parameters', async () => {
    const idempotencyKey = randomUUID();
    await refused(create({ amount: 1.5 }, { idempotencyKey }));
    expect((await create({}, { idempotencyKey })).amount).toBe(1999);
  });

  test('finds the effect of a request whose answer was lost', async () => {
    const idempotencyKey = randomUUID();
    const before = emulator.intents().length;
    // The `stripe` package always retries once after a closed connection, whatever its options. The test therefore
    // needs two failures.
    emulator.fail({ request: /POST \/v1\/payment_intents$/, how: 'AFTER', times: 2 });
    expect(await refused(create({}, { idempotencyKey }))).toMatchObject({ type: 'StripeConnectionError' });
    await create({}, { idempotencyKey });
    expect(emulator.intents()).toHaveLength(before + 1);
  });
});

test('events are signed as the library expects', async () => {
  const { id } = await create();
  const event = emulator.events.findLast(({ payload }) => payload.includes(id));
  if (!event) throw new Error('no event was published');
  const read = await stripe.webhooks.constructEventAsync(event.payload, emulator.sign(event.payload), 'whsec_test');
  expect(read).toMatchObject({ type: 'payment_intent.created', data: { object: { id } } });
  const other = stripe.webhooks.constructEventAsync(`${event.payload} `, emulator.sign(event.payload), 'whsec_test');
  await expect(other).rejects.toThrow(Stripe.errors.StripeSignatureVerificationError);
});

test('the books survive a restart', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'stripe-')), 'books.jsonl');
  const first = await startStripeEmulator({ webhookSecret: 'whsec_test', file });
  const { id } = await clientOf(first).paymentIntents.create({ amount: 5, currency: 'jpy' }, { idempotencyKey: 'k' });
  await first.stop();
  const second = await startStripeEmulator({ webhookSecret: 'whsec_test', file });
  expect((await clientOf(second).paymentIntents.retrieve(id)).amount).toBe(5);
  const again = await clientOf(second).paymentIntents.create({ amount: 5, currency: 'jpy' }, { idempotencyKey: 'k' });
  expect(again.id).toBe(id);
  await second.stop();
});
