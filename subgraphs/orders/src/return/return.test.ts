import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { money, type CurrencyCode, type Money } from '@souk/kit/domain';
import type { PaymentFacts } from '@souk/payments/contract';
import fc from 'fast-check';
import type { Fulfillment } from '../fulfillment/fulfillment.ts';
import { cancelLines } from '../order/order-line-cancellation.ts';
import { deriveStatuses } from '../order/order-status.ts';
import type { Order } from '../order/order.ts';
import { receiveReturn, type Receipt } from './return-receipt.ts';
import { returnWindow } from './return.policy.ts';
import { approveReturn, cancelReturn, rejectReturn, requestReturn, returnableUnits, type Return } from './return.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);

interface Sent {
  readonly warehouseId: string;
  readonly quantity: number;
  readonly status?: Fulfillment['status'];
  readonly deliveredAt?: Date | null;
}

/** An order of one line with shipped parcels and a captured payment. */
function ordered(quantity: number, sent: readonly Sent[], total: Money = money(1000, 'EUR')): Order {
  const nothing = money(0, total.currency);
  const payment: PaymentFacts = {
    paymentId: randomUUID(),
    orderId: randomUUID(),
    version: 2,
    status: 'CAPTURED',
    authorized: total,
    captured: total,
    refunded: nothing,
  };
  return {
    id: randomUUID(),
    number: '100001',
    total,
    canceledTotal: nothing,
    returnedTotal: nothing,
    lines: [
      {
        id: 'lamp',
        sku: 'LAMP',
        quantity,
        canceledQuantity: 0,
        returnedQuantity: 0,
        total,
        allocations: [{ warehouseId: 'north', quantity }],
      },
    ],
    fulfillments: sent.map((parcel) => parcelOf(parcel)),
    payment,
    stockCommittedAt: daysAgo(20),
    canceledAt: null,
    cancelReason: null,
    customerId: null,
    historyLength: 0,
    version: 1,
  };
}

function parcelOf({ warehouseId, quantity, status = 'DELIVERED', deliveredAt = daysAgo(3) }: Sent): Fulfillment {
  return {
    id: randomUUID(),
    warehouseId,
    status,
    carrier: null,
    trackingNumber: null,
    trackingUrl: null,
    lines: [{ orderLineId: 'lamp', quantity }],
    createdAt: daysAgo(10),
    shippedAt: daysAgo(9),
    deliveredAt: status === 'DELIVERED' ? deliveredAt : null,
    canceledAt: null,
  };
}

const units = (quantity: number) => ({
  lines: [{ orderLineId: 'lamp', quantity, reason: 'DEFECTIVE' as const, note: null }],
  note: null,
});

function requested(order: Order, quantity: number, known: readonly Return[] = []): Return {
  const decided = requestReturn(order, known, units(quantity), null, NOW, randomUUID);
  if (!decided.ok) throw new Error(decided.error.message);
  return decided.value.return;
}

function received(order: Order, current: Return, receipt: Partial<Receipt> = {}) {
  const decided = receiveReturn(order, current, { lines: null, refund: null, ...receipt }, NOW);
  if (!decided.ok) throw new Error(decided.error.message);
  return decided.value;
}

const THREE_SENT = [{ warehouseId: 'north', quantity: 3 }];

describe('a request', () => {
  test('gets the number of the order and a count', () => {
    const order = ordered(3, THREE_SENT);
    const first = requested(order, 1);
    expect(first).toMatchObject({ number: '100001-R1', status: 'REQUESTED', lines: [{ quantity: 1 }] });
    expect(requested(order, 1, [first]).number).toBe('100001-R2');
  });

  test.each<[string, Order, number, string]>([
    ['units that were not sent', ordered(3, [{ warehouseId: 'north', quantity: 1 }]), 2, 'RETURN_QUANTITY_EXCEEDED'],
    [
      'packed units',
      ordered(3, [{ warehouseId: 'north', quantity: 3, status: 'PENDING' }]),
      1,
      'RETURN_QUANTITY_EXCEEDED',
    ],
  ])('of %s is refused', (_units, order, quantity, code) => {
    const decided = requestReturn(order, [], units(quantity), null, NOW, randomUUID);
    expect(decided).toMatchObject({ ok: false, error: { code, field: ['lines', '0', 'quantity'] } });
  });

  test('cannot name a unit twice: not in one return, not in two', () => {
    const order = ordered(3, THREE_SENT);
    const [line] = units(2).lines;
    const twice = { lines: [line, line].flatMap((each) => each ?? []), note: null };
    expect(requestReturn(order, [], twice, null, NOW, randomUUID)).toMatchObject({
      error: { code: 'RETURN_QUANTITY_EXCEEDED', field: ['lines', '1', 'quantity'] },
    });
    const open = requested(order, 2);
    expect(returnableUnits(order, [open])).toEqual(new Map([['lamp', 1]]));
    for (const ended of [rejectReturn(order, open, 'used', NOW), cancelReturn(order, open, NOW)])
      expect(ended.ok && returnableUnits(order, [ended.value.return])).toEqual(new Map([['lamp', 3]]));
  });

  test.each([
    ['on the last day', 30, true],
    ['a day too late', 31, false],
  ])('of a buyer %s', (_when, days, allowed) => {
    const order = ordered(3, [{ warehouseId: 'north', quantity: 3, deliveredAt: daysAgo(days) }]);
    const decided = requestReturn(order, [], units(1), returnWindow(30), NOW, randomUUID);
    expect(decided.ok).toBe(allowed);
    if (!decided.ok) expect(decided.error).toMatchObject({ code: 'RETURN_NOT_ALLOWED' });
  });

  test('for a parcel on its way is allowed, and staff ignore the window', () => {
    const onItsWay = ordered(3, [{ warehouseId: 'north', quantity: 3, status: 'SHIPPED' }]);
    expect(requestReturn(onItsWay, [], units(1), returnWindow(0), NOW, randomUUID).ok).toBe(true);
    const late = ordered(3, [{ warehouseId: 'north', quantity: 3, deliveredAt: daysAgo(400) }]);
    expect(requestReturn(late, [], units(1), null, NOW, randomUUID).ok).toBe(true);
  });
});

describe('the lifecycle', () => {
  test('an approved return is received, and then nothing more changes', () => {
    const order = ordered(3, THREE_SENT);
    const approved = approveReturn(order, requested(order, 1), NOW);
    if (!approved.ok) throw new Error(approved.error.message);
    expect(approved.value.history).toMatchObject([{ type: 'RETURN_APPROVED', message: '100001-R1' }]);
    const { return: done, order: after } = received(order, approved.value.return);
    for (const again of [
      approveReturn(after, done, NOW),
      rejectReturn(after, done, 'late', NOW),
      cancelReturn(after, done, NOW),
      receiveReturn(after, done, { lines: null, refund: null }, NOW),
    ])
      expect(again).toMatchObject({ ok: false, error: { code: 'RETURN_STATE_INVALID' } });
  });

  test('the order becomes PARTIALLY_RETURNED and RETURNED, and stays COMPLETED', () => {
    const order = ordered(3, THREE_SENT);
    const { order: after, return: first } = received(order, requested(order, 1));
    expect(deriveStatuses(after)).toMatchObject({ status: 'COMPLETED', fulfillmentStatus: 'PARTIALLY_RETURNED' });
    const { order: end } = received(after, requested(after, 2, [first]));
    expect(deriveStatuses(end)).toMatchObject({ status: 'COMPLETED', fulfillmentStatus: 'RETURNED' });
  });
});

describe('a receipt', () => {
  test('gives stock back to the warehouses that sent the units, and only what can be sold', () => {
    const order = ordered(3, [
      { warehouseId: 'north', quantity: 2 },
      { warehouseId: 'south', quantity: 1 },
    ]);
    const lines = [
      { orderLineId: 'lamp', quantity: 2, restock: true },
      { orderLineId: 'lamp', quantity: 1, restock: false },
    ];
    const all = received(order, requested(order, 3), { lines });
    expect(all.givenBack.restock).toEqual([{ sku: 'LAMP', warehouseId: 'north', quantity: 2 }]);
    expect(all.return.lines).toMatchObject([{ receivedQuantity: 3, restockedQuantity: 2 }]);
    const first = received(order, requested(order, 1));
    const rest = received(first.order, requested(first.order, 2, [first.return]));
    expect(rest.givenBack.restock).toEqual([
      { sku: 'LAMP', warehouseId: 'north', quantity: 1 },
      { sku: 'LAMP', warehouseId: 'south', quantity: 1 },
    ]);
  });

  test('of fewer units than announced leaves the others returnable', () => {
    const order = ordered(3, THREE_SENT);
    const lines = [{ orderLineId: 'lamp', quantity: 1, restock: true }];
    const { return: done, order: after } = received(order, requested(order, 3), { lines });
    expect(returnableUnits(after, [done])).toEqual(new Map([['lamp', 2]]));
  });

  test('refunds the entered amount, at most what was captured and not refunded', () => {
    const order = ordered(3, THREE_SENT);
    const current = requested(order, 3);
    expect(received(order, current, { refund: money(700, 'EUR') }).givenBack.refund).toEqual(money(700, 'EUR'));
    expect(receiveReturn(order, current, { lines: null, refund: money(1001, 'EUR') }, NOW)).toMatchObject({
      ok: false,
      error: { code: 'REFUND_EXCEEDS_CAPTURED', field: ['refundAmount'] },
    });
  });

  test.each<CurrencyCode>(['EUR', 'JPY', 'KWD', 'CLP'])(
    'refunds add up to the price in %s when all units were canceled or returned, in any portions and order',
    (currency) => {
      const cases = fc.record({
        total: fc.integer({ min: 0, max: 1_000_000 }),
        sent: fc.integer({ min: 1, max: 20 }),
        open: fc.integer({ min: 0, max: 20 }),
        portions: fc.array(fc.record({ units: fc.integer({ min: 1, max: 5 }), cancel: fc.boolean() }), {
          maxLength: 60,
        }),
      });
      fc.assert(
        fc.property(cases, ({ total, sent, open, portions }) => {
          const result = giveBack(
            ordered(sent + open, [{ warehouseId: 'north', quantity: sent }], money(total, currency)),
            portions,
          );
          expect(result.refunded).toBe(total);
          expect(result.order.canceledTotal.amountMinor + result.order.returnedTotal.amountMinor).toBe(total);
        }),
        { numRuns: 50 },
      );
    },
  );
});

interface Portion {
  readonly units: number;
  readonly cancel: boolean;
}

/** Cancels or returns units in portions, and then all units that are left. Each refund is immediately added to the payment. */
function giveBack(start: Order, portions: readonly Portion[]) {
  let order = start;
  let returns: Return[] = [];
  let refunded = 0;
  const open = () =>
    order.lines.reduce((all, { allocations, quantity, canceledQuantity }) => {
      const sent = order.fulfillments.reduce((sum, { lines }) => sum + (lines[0]?.quantity ?? 0), 0);
      return all + (allocations.length === 0 ? 0 : quantity - canceledQuantity - sent);
    }, 0);
  const cancel = (quantity: number) => {
    const decided = cancelLines(order, [{ orderLineId: 'lamp', quantity }], 'sold out', NOW);
    if (!decided.ok) throw new Error(decided.error.message);
    apply(decided.value.order, decided.value.givenBack.refund);
  };
  const giveUnits = (quantity: number) => {
    const decided = received(order, requested(order, quantity, returns.slice(-40)));
    returns = [...returns, decided.return];
    apply(decided.order, decided.givenBack.refund);
  };
  const apply = (after: Order, refund: Money) => {
    refunded += refund.amountMinor;
    order = after.payment
      ? { ...after, payment: { ...after.payment, refunded: money(refunded, refund.currency) } }
      : after;
  };
  const returnable = () => returnableUnits(order, returns).get('lamp') ?? 0;
  for (const portion of portions) {
    const left = portion.cancel ? open() : Math.min(returnable(), returns.length < 40 ? portion.units : 0);
    const quantity = Math.min(portion.units, left);
    if (quantity > 0) (portion.cancel ? cancel : giveUnits)(quantity);
  }
  if (open() > 0) cancel(open());
  if (returnable() > 0) giveUnits(returnable());
  return { order, refunded };
}
