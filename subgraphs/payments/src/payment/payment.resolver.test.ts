import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestContext } from '@souk/kit/context';
import { money } from '@souk/kit/domain';
import { recordQueries, startTestSubgraph, testActors, type TestSubgraph } from '@souk/kit/testing';
import { AuthorizePayment, CapturePayment, RefundPayment, VoidPayment } from '../contract.ts';
import { payments as subgraph, type PaymentsServices } from '../index.ts';

const { system, shopper, staff, staffWith } = testActors(['payments:read', 'payments:write']);
let payments: TestSubgraph<PaymentsServices>;
beforeAll(async () => void (payments = await startTestSubgraph(subgraph, { settings: {} })));
afterAll(() => payments.close());

const run = (ctx: RequestContext, source: string, variables: Record<string, unknown> = {}) =>
  payments.execute(ctx, source, variables);

async function authorize(orderId: string = randomUUID(), amountMinor = 10_000): Promise<string> {
  const paymentId = randomUUID();
  const amount = money(amountMinor, 'EUR');
  const reply = await payments.commands.send(system, AuthorizePayment, {
    paymentId,
    orderId,
    amount,
    provider: 'TEST',
    token: 'tok_visa',
  });
  expect(reply).toMatchObject({ ok: true, value: { status: 'AUTHORIZED', authorized: amount, version: 2 } });
  return paymentId;
}

const CAPTURE = `mutation ($input: PaymentCaptureInput!) {
  paymentCapture(input: $input) {
    payment { status version capturedAmount { amount currencyCode } transactions { kind status amount { amount } } }
    userErrors { __typename code message field ... on AmountExceedsRemainingError { remaining { amount currencyCode } } }
  }
}`;

describe('the payments of an order', () => {
  const ENTITIES = `query ($ids: [_Any!]!) {
    _entities(representations: $ids) {
      ... on Order { id payments { id provider status amount { amount currencyCode } transactions { kind at reason } } }
    }
  }`;

  test('are visible to a guest, with one statement per kind for any number of orders', async () => {
    const orders = [randomUUID(), randomUUID(), randomUUID()];
    for (const order of orders.slice(0, 2)) await authorize(order);
    const ids = orders.map((id) => ({ __typename: 'Order', id }));
    const { result, statements } = await recordQueries(() => run(shopper, ENTITIES, { ids }));
    expect(result.data?.['_entities']).toMatchObject([
      {
        id: orders[0],
        payments: [{ provider: 'TEST', status: 'AUTHORIZED', amount: { amount: '100.00', currencyCode: 'EUR' } }],
      },
      { id: orders[1], payments: [{ transactions: [{ kind: 'AUTHORIZE' }] }] },
      { id: orders[2], payments: [] },
    ]);
    expect(statements.filter((statement) => statement.startsWith('select "'))).toHaveLength(2);
  });

  test('through a reference are for staff only', async () => {
    const id = await authorize();
    const query = 'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Payment { id } } }';
    const ids = [{ __typename: 'Payment', id }];
    const seenBy = async (ctx: RequestContext) => (await run(ctx, query, { ids })).data?.['_entities'];
    expect(await seenBy(staff)).toEqual([{ id }]);
    expect(await seenBy(shopper)).toEqual([null]);
  });

  test('show the reason of a refund to staff only', async () => {
    const orderId = randomUUID();
    const paymentId = await authorize(orderId);
    await payments.commands.send(system, CapturePayment, { paymentId, captureId: randomUUID() });
    await payments.commands.send(system, RefundPayment, {
      paymentId,
      refundId: randomUUID(),
      reason: 'a difficult buyer',
    });
    const ids = [{ __typename: 'Order', id: orderId }];
    const reasons = async (ctx: RequestContext) => JSON.stringify((await run(ctx, ENTITIES, { ids })).data);
    expect(await reasons(shopper)).not.toContain('difficult');
    expect(await reasons(staff)).toContain('difficult');
  });
});

describe('commands', () => {
  test('an unknown payment is not found, and voiding it closes its id', async () => {
    const paymentId = randomUUID();
    const captured = await payments.commands.send(system, CapturePayment, { paymentId, captureId: randomUUID() });
    expect(captured).toEqual({ ok: false, error: { code: 'PAYMENT_NOT_FOUND' } });
    const voided = await payments.commands.send(system, VoidPayment, { paymentId, orderId: randomUUID() });
    expect(voided).toEqual({ ok: true, value: { voided: false, facts: null } });
  });

  test('a refund that is too large is refused with the remaining amount', async () => {
    const paymentId = await authorize();
    await payments.commands.send(system, CapturePayment, { paymentId, captureId: randomUUID() });
    const refund = { paymentId, refundId: randomUUID(), amount: money(10_001, 'EUR'), reason: 'too much' };
    expect(await payments.commands.send(system, RefundPayment, refund)).toEqual({
      ok: false,
      error: { code: 'PAYMENT_NOT_ALLOWED', message: '100.00 EUR is left to refund of what was captured' },
    });
  });
});

describe('staff', () => {
  test('see the payments of an order only with the scope of payments', async () => {
    const orderId = randomUUID();
    await authorize(orderId);
    const read = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Order { payments { status } } } }`;
    const paymentsFor = async (ctx: RequestContext) =>
      (await run(ctx, read, { ids: [{ __typename: 'Order', id: orderId }] })).data?.['_entities'];
    expect(await paymentsFor(staffWith('orders:read'))).toEqual([{ payments: null }]);
    expect(await paymentsFor(staffWith('payments:read'))).toEqual([{ payments: [{ status: 'AUTHORIZED' }] }]);
  });

  test('fields and mutations are refused for a guest and for a user without the scope', async () => {
    const paymentId = await authorize();
    const read = `query ($id: ID!) { payment(id: $id) { id } payments { nodes { id } } }`;
    expect((await run(shopper, read, { id: paymentId })).errors).toContainEqual(
      expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } }),
    );
    expect((await run(staffWith('orders:read'), read, { id: paymentId })).errors).toContainEqual(
      expect.objectContaining({ extensions: { code: 'FORBIDDEN' } }),
    );
    expect((await run(staffWith('payments:read'), CAPTURE, { input: { paymentId } })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('can capture a part, and get the remaining amount when they request too much', async () => {
    const paymentId = await authorize();
    const input = { paymentId, amount: { amount: '40.00', currencyCode: 'EUR' } };
    const captured = await run(staff, CAPTURE, { input });
    expect(captured.data?.['paymentCapture']).toEqual({
      payment: {
        status: 'CAPTURED',
        version: 3,
        capturedAmount: { amount: '40.00', currencyCode: 'EUR' },
        transactions: [
          { kind: 'AUTHORIZE', status: 'SUCCEEDED', amount: { amount: '100.00' } },
          { kind: 'CAPTURE', status: 'SUCCEEDED', amount: { amount: '40.00' } },
        ],
      },
      userErrors: [],
    });
    const tooMuch = await run(staff, CAPTURE, {
      input: { ...input, amount: { amount: '60.01', currencyCode: 'EUR' } },
    });
    expect(tooMuch.data?.['paymentCapture']).toEqual({
      payment: null,
      userErrors: [
        {
          __typename: 'AmountExceedsRemainingError',
          code: 'CAPTURE_EXCEEDS_AUTHORIZED',
          message: '60.00 EUR is left to capture of what was authorized',
          field: ['amount'],
          remaining: { amount: '60.00', currencyCode: 'EUR' },
        },
      ],
    });
  });

  test('an idempotency key captures once, and is refused with another input', async () => {
    const paymentId = await authorize();
    const capture = (amount: string) =>
      run(staff, CAPTURE, { input: { paymentId, amount: { amount, currencyCode: 'EUR' }, idempotencyKey: 'monday' } });
    for (const _ of [1, 2])
      expect((await capture('10.00')).data?.['paymentCapture']).toMatchObject({
        payment: { capturedAmount: { amount: '10.00' } },
      });
    expect((await capture('11.00')).data?.['paymentCapture']).toMatchObject({
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
    });
  });

  test.each([
    [{ amount: { amount: '1.001', currencyCode: 'EUR' } }, 'INVALID_INPUT', ['amount', 'amount']],
    [{ amount: { amount: '1.00', currencyCode: 'USD' } }, 'INVALID_INPUT', ['amount', 'currencyCode']],
    [{ expectedVersion: 1 }, 'VERSION_CONFLICT', ['expectedVersion']],
    [{ paymentId: randomUUID() }, 'NOT_FOUND', ['paymentId']],
    [{ paymentId: 'x' }, 'INVALID_INPUT', ['paymentId']],
    [{ idempotencyKey: '' }, 'IDEMPOTENCY_KEY_INVALID', ['idempotencyKey']],
  ])('%j is refused as %s', async (wrong, code, field) => {
    const { data } = await run(staff, CAPTURE, { input: { paymentId: await authorize(), ...wrong } });
    expect(data?.['paymentCapture']).toMatchObject({ userErrors: [{ code, field }] });
  });

  test('can refund and void', async () => {
    const [captured, held] = [await authorize(), await authorize()];
    await payments.commands.send(system, CapturePayment, { paymentId: captured, captureId: randomUUID() });
    const { data } = await run(
      staff,
      `mutation ($captured: ID!, $held: ID!) {
        paymentRefund(input: { paymentId: $captured, reason: "broken" }) { payment { status refundedAmount { amount } } userErrors { code } }
        paymentVoid(input: { paymentId: $held }) { payment { status } userErrors { code } }
        again: paymentVoid(input: { paymentId: $captured }) { payment { status } userErrors { code } }
      }`,
      { captured, held },
    );
    expect(data).toEqual({
      paymentRefund: { payment: { status: 'REFUNDED', refundedAmount: { amount: '100.00' } }, userErrors: [] },
      paymentVoid: { payment: { status: 'VOIDED' }, userErrors: [] },
      again: { payment: null, userErrors: [{ code: 'PAYMENT_NOT_ALLOWED' }] },
    });
  });

  test('can page through payments, newest first, filtered by status', async () => {
    const ids = [await authorize(), await authorize(), await authorize()];
    const PAGE = `query ($after: String) {
      payments(first: 2, after: $after, filter: { status: [AUTHORIZED] }) { nodes { id } pageInfo { hasNextPage endCursor } }
    }`;
    type Page = { payments: { nodes: { id: string }[]; pageInfo: { endCursor: string } } };
    const first = (await run(staff, PAGE)).data as unknown as Page;
    const second = (await run(staff, PAGE, { after: first.payments.pageInfo.endCursor })).data as unknown as Page;
    const seen = [...first.payments.nodes, ...second.payments.nodes].map(({ id }) => id);
    expect(seen.slice(0, 3)).toEqual(ids.toReversed());
  });
});
