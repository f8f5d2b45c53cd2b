import { expect, test } from '@jest/globals';
import { CHECKOUT_STATES, CHECKOUT_TRANSITIONS, compensationsOf, remedyFor } from './checkout.machine.ts';
import { advance, outcomeOf, startCheckout } from './checkout.ts';

const started = startCheckout(
  { id: 'checkout', orderId: 'order', lease: 'lease' },
  { cartId: 'cart', idempotencyKey: null, fingerprint: 'digest' },
);

test('recovery compensates before the order is placed, and confirms afterwards', () => {
  expect(CHECKOUT_STATES.filter((state) => remedyFor(state) === 'CONFIRM')).toEqual(['PLACED']);
  expect(CHECKOUT_TRANSITIONS.PLACED).toEqual(['COMPLETED']);
  const undone = CHECKOUT_STATES.filter((state) => remedyFor(state) === 'COMPENSATE');
  expect(undone).toEqual(['STARTED', 'PRICED', 'RESERVED', 'AUTHORIZED', 'UNDOING']);
});

test('a command without a reply is compensated as if it had been carried out', () => {
  expect(compensationsOf('STARTED', 'UNANSWERED')).toEqual([]);
  expect(compensationsOf('PRICED', 'ANSWERED')).toEqual([]);
  expect(compensationsOf('PRICED', 'UNANSWERED')).toEqual(['RELEASE_STOCK']);
  expect(compensationsOf('RESERVED', 'ANSWERED')).toEqual(['RELEASE_STOCK']);
  expect(compensationsOf('RESERVED', 'UNANSWERED')).toEqual(['VOID_PAYMENT', 'RELEASE_STOCK']);
  expect(compensationsOf('AUTHORIZED', 'UNANSWERED')).toEqual(['VOID_PAYMENT', 'RELEASE_STOCK']);
});

test('an unknown transition throws an error', () => {
  expect(() => advance(started, 'PLACED')).toThrow('STARTED cannot become PLACED');
});

test('the caller gets the outcome as soon as it is certain', () => {
  const refusal = [{ code: 'PAYMENT_DECLINED', message: 'declined' }];
  expect(outcomeOf(started)).toBeNull();
  expect(outcomeOf({ ...started, state: 'AUTHORIZED' })).toBeNull();
  expect(outcomeOf({ ...started, state: 'PLACED' })).toEqual({ kind: 'ORDERED', orderId: 'order' });
  expect(outcomeOf({ ...started, state: 'UNDOING', refusal })).toEqual({ kind: 'REFUSED', refusal });
  expect(outcomeOf({ ...started, state: 'UNDONE' })).toEqual({ kind: 'LOST' });
});
