import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideAdjustment, MAX_ON_HAND, transferRefusal } from './stock-level.ts';

const level = { onHand: 10, reserved: 4 };

test('an adjustment is a difference or a result', () => {
  expect(decideAdjustment(level, { delta: -6 })).toEqual({ ok: true, value: -6 });
  expect(decideAdjustment(level, { setOnHand: 25 })).toEqual({ ok: true, value: 15 });
  expect(decideAdjustment(level, { setOnHand: 10 })).toEqual({ ok: true, value: 0 });
});

test.each([{}, { delta: 1, setOnHand: 2 }, { delta: 0 }, { delta: null, setOnHand: null }])(
  'an adjustment by %j says nothing and is refused',
  (change) => {
    expect(decideAdjustment(level, change)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', field: ['delta'] },
    });
  },
);

test('reserved units cannot be removed, and the refusal states the possible quantity', () => {
  expect(decideAdjustment(level, { delta: -7 })).toEqual({
    ok: false,
    error: {
      code: 'STOCK_BELOW_RESERVED',
      message: '4 of 10 units are reserved: delta can be -6 at the lowest',
      field: ['delta'],
      onHand: 10,
      reserved: 4,
    },
  });
  expect(decideAdjustment(level, { setOnHand: 3 })).toMatchObject({
    error: { field: ['setOnHand'], message: '4 of 10 units are reserved: setOnHand can be 4 at the lowest' },
  });
});

test('a level cannot exceed its limit', () => {
  expect(decideAdjustment(level, { delta: MAX_ON_HAND })).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  expect(decideAdjustment(level, { setOnHand: MAX_ON_HAND })).toMatchObject({ ok: true });
});

test('a transfer can move unreserved units only', () => {
  expect(transferRefusal(level, { onHand: 0, reserved: 0 }, 6)).toBeNull();
  expect(transferRefusal(level, { onHand: 0, reserved: 0 }, 7)).toMatchObject({
    code: 'STOCK_BELOW_RESERVED',
    message: '4 of 10 units are reserved: 6 can be moved at the most',
  });
  expect(transferRefusal(level, { onHand: MAX_ON_HAND, reserved: 0 }, 1)).toMatchObject({ code: 'INVALID_INPUT' });
});

test('an accepted adjustment leaves at least the reserved units and at most the limit', () => {
  const levels = fc
    .record({ reserved: fc.nat(50), free: fc.nat(50) })
    .map(({ reserved, free }) => ({ reserved, onHand: reserved + free }));
  const changes = fc.oneof(
    fc.record({ delta: fc.integer({ min: -MAX_ON_HAND, max: MAX_ON_HAND }) }),
    fc.record({ delta: fc.integer({ min: -60, max: 60 }) }),
    fc.record({ setOnHand: fc.nat(MAX_ON_HAND) }),
    fc.record({ setOnHand: fc.nat(60) }),
  );
  fc.assert(
    fc.property(levels, changes, (some, change) => {
      const decided = decideAdjustment(some, change);
      if (!decided.ok) return;
      expect(some.onHand + decided.value).toBeGreaterThanOrEqual(some.reserved);
      expect(some.onHand + decided.value).toBeLessThanOrEqual(MAX_ON_HAND);
    }),
  );
});
