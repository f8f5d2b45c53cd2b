import { defineTransitions } from '@souk/kit/domain';

export const CHECKOUT_STATES = [
  'STARTED',
  'PRICED',
  'RESERVED',
  'AUTHORIZED',
  'PLACED',
  'COMPLETED',
  'UNDOING',
  'UNDONE',
] as const;
/** The progress of a checkout. Each name states the last recorded step. The next command may already have been sent. */
export type CheckoutState = (typeof CHECKOUT_STATES)[number];

/**
 * The lifecycle of a checkout. PLACED is the point of no return: a failure before it leads to compensation, and after it recovery leads to
 * confirmation.
 */
export const CHECKOUT_TRANSITIONS = defineTransitions<CheckoutState>('STARTED', {
  // STARTED leads directly to UNDONE, because nothing can be held yet.
  STARTED: ['PRICED', 'UNDONE'],
  PRICED: ['RESERVED', 'UNDOING', 'UNDONE'],
  // RESERVED may lead directly to PLACED, because an order that costs nothing needs no authorization.
  RESERVED: ['AUTHORIZED', 'PLACED', 'UNDOING'],
  AUTHORIZED: ['PLACED', 'UNDOING'],
  PLACED: ['COMPLETED'],
  COMPLETED: [],
  UNDOING: ['UNDONE'],
  UNDONE: [],
});

export type CheckoutCompensation = 'VOID_PAYMENT' | 'RELEASE_STOCK';

/** The compensation that a failed checkout certainly needs, by the state in which the checkout failed. */
const HELD: Readonly<Record<CheckoutState, readonly CheckoutCompensation[]>> = {
  STARTED: [],
  PRICED: [],
  RESERVED: ['RELEASE_STOCK'],
  AUTHORIZED: ['VOID_PAYMENT', 'RELEASE_STOCK'],
  PLACED: [],
  COMPLETED: [],
  UNDOING: [],
  UNDONE: [],
};

/** The further compensations that may be needed, because the next command may have been carried out without a recorded reply. */
const PERHAPS_HELD: Partial<Readonly<Record<CheckoutState, readonly CheckoutCompensation[]>>> = {
  PRICED: ['RELEASE_STOCK'],
  RESERVED: ['VOID_PAYMENT', 'RELEASE_STOCK'],
};

/**
 * The compensations, in order, of a checkout that fails in a state. With ANSWERED, the next command was refused and therefore holds
 * nothing. With UNANSWERED, the outcome of the next command is unknown. A compensation of stock or money that was never held has no effect.
 */
export function compensationsOf(
  state: CheckoutState,
  nextCommand: 'ANSWERED' | 'UNANSWERED',
): readonly CheckoutCompensation[] {
  return (nextCommand === 'UNANSWERED' && PERHAPS_HELD[state]) || HELD[state];
}

/** How recovery ends an abandoned checkout. Before the order is placed recovery compensates, and afterwards it confirms. */
export function remedyFor(state: CheckoutState): 'COMPENSATE' | 'CONFIRM' | 'NOTHING' {
  if (state === 'COMPLETED' || state === 'UNDONE') return 'NOTHING';
  return state === 'PLACED' ? 'CONFIRM' : 'COMPENSATE';
}
