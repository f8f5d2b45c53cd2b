import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fulfillment } from './fulfillment.ts';
import { allocateToLines, requireCovered, splitByWarehouse, type AllocatedLine } from './warehouse-split.ts';

const [NORTH, SOUTH] = ['north', 'south'];

function line(id: string, allocations: Readonly<Record<string, number>>): AllocatedLine {
  const parts = Object.entries(allocations).map(([warehouseId, quantity]) => ({ warehouseId, quantity }));
  return { id, sku: id, quantity: parts.reduce((sum, { quantity }) => sum + quantity, 0), allocations: parts };
}

function packed(warehouseId: string, orderLineId: string, quantity: number, status: Fulfillment['status'] = 'PENDING') {
  const times = { createdAt: new Date(), shippedAt: null, deliveredAt: null, canceledAt: null };
  const lines = [{ orderLineId, quantity }];
  return {
    id: randomUUID(),
    warehouseId,
    status,
    carrier: null,
    trackingNumber: null,
    trackingUrl: null,
    lines,
    ...times,
  };
}

test('each warehouse sends its allocated units', () => {
  const split = splitByWarehouse([line('lamp', { [NORTH]: 2, [SOUTH]: 1 }), line('bulb', { [SOUTH]: 4 })], [], null);
  expect(split).toEqual({
    ok: true,
    value: [
      { warehouseId: NORTH, lines: [{ orderLineId: 'lamp', quantity: 2 }] },
      {
        warehouseId: SOUTH,
        lines: [
          { orderLineId: 'lamp', quantity: 1 },
          { orderLineId: 'bulb', quantity: 4 },
        ],
      },
    ],
  });
});

test('packed units are not packed again, unless their fulfillment was canceled', () => {
  const lamp = line('lamp', { [NORTH]: 2, [SOUTH]: 1 });
  const before = [packed(NORTH, 'lamp', 2), packed(SOUTH, 'lamp', 1, 'CANCELED')];
  expect(splitByWarehouse([lamp], before, null)).toMatchObject({
    value: [{ warehouseId: SOUTH, lines: [{ quantity: 1 }] }],
  });
  expect(splitByWarehouse([lamp], [...before, packed(SOUTH, 'lamp', 1, 'SHIPPED')], null)).toMatchObject({
    error: { code: 'NOTHING_TO_FULFILL' },
  });
});

test('more units than are open are refused, also when a line is named twice', () => {
  const lamp = line('lamp', { [NORTH]: 2, [SOUTH]: 1 });
  const twice = [2, 2].map((quantity) => ({ orderLineId: 'lamp', quantity }));
  expect(splitByWarehouse([lamp], [], twice)).toMatchObject({
    error: { code: 'FULFILLMENT_QUANTITY_EXCEEDED', field: ['lines', '1', 'quantity'] },
  });
  expect(splitByWarehouse([lamp], [], [{ orderLineId: 'bulb', quantity: 1 }])).toMatchObject({
    error: { code: 'NOT_FOUND', field: ['lines', '0', 'orderLineId'] },
  });
});

test('two lines of one SKU share its allocations, and uncovered units throw an error', () => {
  const lines = [2, 3].map((quantity, index) => ({ id: String(index), sku: 'lamp', quantity }));
  const allocations = [
    { sku: 'lamp', warehouseId: NORTH, quantity: 4 },
    { sku: 'lamp', warehouseId: SOUTH, quantity: 1 },
  ];
  expect([...allocateToLines(lines, allocations).values()]).toEqual([
    [{ warehouseId: NORTH, quantity: 2 }],
    [
      { warehouseId: NORTH, quantity: 2 },
      { warehouseId: SOUTH, quantity: 1 },
    ],
  ]);
  expect(() => requireCovered(lines, allocations.slice(1))).toThrow('do not cover');
  expect(() => requireCovered(lines, allocations)).not.toThrow();
});

test('every unit leaves once, in whatever portions an order is packed', () => {
  const allocations = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 9 }), { minKeys: 1 });
  fc.assert(
    fc.property(
      fc.array(allocations, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 5 }),
      (lines, portion) => {
        const ordered = lines.map((each, index) => line(String(index), each));
        const fulfillments: Fulfillment[] = [];
        for (const { id, quantity } of ordered) {
          for (let left = quantity; left > 0; left -= portion) {
            const split = splitByWarehouse(ordered, fulfillments, [
              { orderLineId: id, quantity: Math.min(portion, left) },
            ]);
            if (!split.ok) throw new Error(split.error.message);
            for (const share of split.value)
              for (const each of share.lines)
                fulfillments.push(packed(share.warehouseId, each.orderLineId, each.quantity));
          }
        }
        const units = fulfillments.flatMap((each) => each.lines).reduce((sum, { quantity }) => sum + quantity, 0);
        expect(units).toBe(ordered.reduce((sum, { quantity }) => sum + quantity, 0));
        expect(splitByWarehouse(ordered, fulfillments, null)).toMatchObject({ error: { code: 'NOTHING_TO_FULFILL' } });
      },
    ),
  );
});
