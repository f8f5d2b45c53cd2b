import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RestockSold } from '@souk/inventory/contract';
import type { RequestContext } from '@souk/kit/context';
import { PaymentChanged, type PaymentFacts } from '@souk/payments/contract';
import { openShop } from '../testing/shop.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => void (shop = await openShop()));
afterAll(() => shop.close());

const FIELDS = `return { id number status version lines { orderLineId quantity receivedQuantity restockedQuantity reason }
  refund { amount { amount } total { net { amount } tax { amount } } taxLines { percent base { amount } amount { amount } } settledAt } rejectionReason order { fulfillmentStatus paymentStatus } }`;

/** Two lamps for 10.00 each contain 19 % tax. */
const TAX_OF_TWO_LAMPS = {
  total: { net: { amount: '16.81' }, tax: { amount: '3.19' } },
  taxLines: [{ percent: '19.00', base: { amount: '16.81' }, amount: { amount: '3.19' } }],
};

async function mutate(field: string, args: string, ctx: RequestContext = shop.staff, payload = FIELDS) {
  const source = `mutation { ${field}(input: { ${args} }) { ${payload} userErrors { code field message } } }`;
  return (await shop.process.query(ctx, source))[field];
}

/** Delivers the event of a refund that staff made in the subgraph payments. */
function staffRefunded(facts: PaymentFacts) {
  return shop.process.events.publish([
    {
      event_id: randomUUID(),
      event_type: PaymentChanged.subject,
      tenant_id: shop.tenantId,
      aggregate_id: facts.paymentId,
      timestamp: new Date().toISOString(),
      source: 'test',
      version: PaymentChanged.version,
      data: { step: 'REFUNDED', facts },
      metadata: { user_id: null, correlation_id: null },
    },
  ]);
}

/** Creates a delivered order of three lamps for 10.00 each. */
async function delivered() {
  const lamp = shop.offer(5);
  const { id, accessToken } = await shop.order([{ ...lamp, quantity: 3 }]);
  const packed = await mutate('fulfillmentCreate', `orderId: "${id}"`, shop.staff, 'fulfillments { id }');
  for (const move of ['fulfillmentShip', 'fulfillmentDeliver'])
    await mutate(move, `fulfillmentId: "${packed.fulfillments[0].id}"`, shop.staff, 'fulfillment { id }');
  const { order } = await shop.process.query(shop.staff, `{ order(id: "${id}") { lines { id } } }`);
  return { id, accessToken, lamp, lineId: order.lines[0].id as string };
}

const lines = (lineId: string, quantity: number) =>
  `lines: [{ orderLineId: "${lineId}", quantity: ${quantity}, reason: DEFECTIVE }]`;

async function requested(quantity = 2) {
  const sold = await delivered();
  const { return: made } = await mutate('returnRequest', `orderId: "${sold.id}", ${lines(sold.lineId, quantity)}`);
  return { ...sold, returnId: made.id as string };
}

describe('a buyer', () => {
  test('returns units with the access token of the order, reads the return and cancels it', async () => {
    const { id, accessToken, lineId } = await delivered();
    const args = `orderId: "${id}", ${lines(lineId, 2)}`;
    expect(await mutate('returnRequest', args, shop.shopper)).toMatchObject({
      return: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['orderId'] }],
    });
    const withToken = `accessToken: "${accessToken}"`;
    const { return: made } = await mutate('returnRequest', `${args}, ${withToken}`, shop.shopper);
    expect(made).toMatchObject({ status: 'REQUESTED', lines: [{ quantity: 2, reason: 'DEFECTIVE' }], refund: null });
    const read = (token: string) =>
      shop.process.query(shop.shopper, `{ return(id: "${made.id}" ${token}) { number } }`);
    expect((await read(`, ${withToken}`)).return).toEqual({ number: made.number });
    expect((await read('')).return).toBeNull();
    const cancel = (token: string) => mutate('returnCancel', `returnId: "${made.id}" ${token}`, shop.shopper);
    expect(await cancel('')).toMatchObject({ return: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await cancel(`, ${withToken}`)).toMatchObject({ return: { status: 'CANCELED' } });
  });

  test('is refused after the window that the shop set, staff are not', async () => {
    const { id, accessToken, lineId } = await delivered();
    await shop.admin.query(
      `update orders.fulfillment set delivered_at = now() - interval '9 days' where order_id = $1`,
      [id],
    );
    const set = await mutate('returnPolicySet', 'windowDays: 7', shop.staff, 'returnPolicy { windowDays version }');
    expect(set).toMatchObject({ returnPolicy: { windowDays: 7 }, userErrors: [] });
    const args = `orderId: "${id}", ${lines(lineId, 1)}`;
    expect(await mutate('returnRequest', `${args}, accessToken: "${accessToken}"`, shop.shopper)).toMatchObject({
      return: null,
      userErrors: [{ code: 'RETURN_NOT_ALLOWED' }],
    });
    expect((await mutate('returnRequest', args)).userErrors).toEqual([]);
    const stale = await mutate(
      'returnPolicySet',
      'windowDays: 30, expectedVersion: 0',
      shop.staff,
      'returnPolicy { windowDays }',
    );
    expect(stale).toMatchObject({ returnPolicy: null, userErrors: [{ code: 'VERSION_CONFLICT' }] });
    await mutate(
      'returnPolicySet',
      `windowDays: 30, expectedVersion: ${set.returnPolicy.version}`,
      shop.staff,
      'returnPolicy { windowDays }',
    );
    const { returnPolicy } = await shop.process.query(shop.shopper, '{ returnPolicy { windowDays } }');
    expect(returnPolicy).toEqual({ windowDays: 30 });
  });

  test('sees the returns of the order', async () => {
    const { id, accessToken } = await requested();
    const source = `{ order(id: "${id}", accessToken: "${accessToken}") { returns { status } } }`;
    expect((await shop.process.query(shop.shopper, source)).order).toEqual({ returns: [{ status: 'REQUESTED' }] });
  });
});

describe('staff', () => {
  test('receive units: their stock and their money go back once, whatever is repeated', async () => {
    const { id, returnId, lamp, lineId } = await requested();
    await mutate('returnApprove', `returnId: "${returnId}"`);
    const key = `idempotencyKey: "${randomUUID()}"`;
    const receive = () => mutate('returnReceive', `returnId: "${returnId}", ${key}`);
    const first = await receive();
    expect(first).toMatchObject({
      return: {
        status: 'RECEIVED',
        lines: [{ orderLineId: lineId, receivedQuantity: 2, restockedQuantity: 2 }],
        refund: { amount: { amount: '20.00' }, ...TAX_OF_TWO_LAMPS, settledAt: expect.any(String) },
        order: { fulfillmentStatus: 'PARTIALLY_RETURNED', paymentStatus: 'PARTIALLY_REFUNDED' },
      },
      userErrors: [],
    });
    await receive();
    expect(await mutate('returnReceive', `returnId: "${returnId}"`)).toMatchObject({
      userErrors: [{ code: 'RETURN_STATE_INVALID' }],
    });
    expect(shop.payments.of(id).refunded.amountMinor).toBe(2000);
    expect(shop.stock.available(lamp.sku)).toBe(4);
    const { order } = await shop.process.query(
      shop.staff,
      `{ order(id: "${id}") { returnedTotal { amount } lines { returnedQuantity } events(last: 4) { nodes { type } } } }`,
    );
    expect(order).toMatchObject({ returnedTotal: { amount: '20.00' }, lines: [{ returnedQuantity: 2 }] });
    expect(order.events.nodes.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['RETURN_APPROVED', 'RETURN_RECEIVED', 'REFUNDED']),
    );
  });

  test('see the taxes of all refunds: with the rest of the money they are the taxes of the order', async () => {
    const { id, returnId } = await requested();
    await mutate('returnReceive', `returnId: "${returnId}"`);
    const taxes = 'taxLines { percent base { amount } amount { amount } }';
    const read = async (accessToken = '') => {
      const source = `{ order(id: "${id}" ${accessToken}) { ${taxes} refunds { total { net { amount } tax { amount } } ${taxes} } } }`;
      return (await shop.process.query(shop.staff, source)).order;
    };
    expect((await read()).refunds).toEqual([TAX_OF_TWO_LAMPS]);
    const facts = shop.payments.of(id);
    await staffRefunded({ ...facts, version: facts.version + 1, status: 'REFUNDED', refunded: facts.captured });
    const { refunds, taxLines } = await read();
    expect(refunds.slice(1)).toMatchObject([{ total: { net: { amount: '12.52' }, tax: { amount: '2.38' } } }]);
    const cents = (amounts: readonly { amount: string }[]) =>
      amounts.reduce((all, { amount }) => all + Math.round(Number(amount) * 100), 0);
    const all = refunds.flatMap((each: typeof TAX_OF_TWO_LAMPS) => each.taxLines);
    expect(cents(all.map(({ amount }: { amount: { amount: string } }) => amount))).toBe(cents([taxLines[0].amount]));
  });

  test('receive one return twice at once: one request succeeds', async () => {
    const { id, returnId, lamp } = await requested();
    const answers = await Promise.all([1, 2, 3].map(() => mutate('returnReceive', `returnId: "${returnId}"`)));
    expect(answers.filter((each) => each.return)).toHaveLength(1);
    expect(shop.payments.of(id).refunded.amountMinor).toBe(2000);
    expect(shop.stock.available(lamp.sku)).toBe(4);
  });

  test('receive units while inventory does not reply: stock and money follow later', async () => {
    const { id, returnId, lamp } = await requested();
    shop.stock.interference.fail(RestockSold.name, 'MUTE');
    const { return: made } = await mutate('returnReceive', `returnId: "${returnId}"`);
    expect(made).toMatchObject({ status: 'RECEIVED', refund: { settledAt: null } });
    shop.stock.interference.recover();
    await shop.restart();
    await shop.settled();
    expect(shop.payments.of(id).refunded.amountMinor).toBe(2000);
    expect(shop.stock.available(lamp.sku)).toBe(4);
  });

  test('refund another amount, and get an error when the amount cannot be paid', async () => {
    const { id, returnId } = await requested();
    const receive = (amount: string) => mutate('returnReceive', `returnId: "${returnId}", refundAmount: "${amount}"`);
    expect(await receive('9999.00')).toMatchObject({
      userErrors: [{ code: 'REFUND_EXCEEDS_CAPTURED', field: ['refundAmount'] }],
    });
    expect(await receive('1.005')).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT', field: ['refundAmount'] }] });
    expect(await receive('15.50')).toMatchObject({
      return: { refund: { amount: { amount: '15.50' } } },
      userErrors: [],
    });
    expect(shop.payments.of(id).refunded.amountMinor).toBe(1550);
  });

  test('list returns by status and by order, and reject with a reason', async () => {
    const { id, returnId } = await requested();
    const rejected = await mutate('returnReject', `returnId: "${returnId}", reason: "Used"`);
    expect(rejected).toMatchObject({ return: { status: 'REJECTED', rejectionReason: 'Used' } });
    const list = async (filter: string) =>
      (await shop.process.query(shop.staff, `{ returns(filter: ${filter}, first: 200) { nodes { id order { id } } } }`))
        .returns.nodes;
    expect(await list(`{ orderId: "${id}" }`)).toEqual([{ id: returnId, order: { id } }]);
    expect(await list(`{ orderId: "${id}", status: REQUESTED }`)).toEqual([]);
  });

  test('of another tenant, and shoppers, reach no return', async () => {
    const { returnId } = await requested();
    const rival = shop.otherTenant;
    expect((await shop.process.query(rival, `{ return(id: "${returnId}") { id } }`)).return).toBeNull();
    expect(await mutate('returnApprove', `returnId: "${returnId}"`, rival)).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    const { data, errors } = await shop.process.execute(
      shop.shopper,
      `mutation { returnReceive(input: { returnId: "${returnId}" }) { return { id } } }`,
    );
    expect(data).toEqual({ returnReceive: null });
    expect(errors).toMatchObject([{ extensions: { code: expect.stringMatching(/FORBIDDEN|UNAUTHENTICATED/) } }]);
  });
});
