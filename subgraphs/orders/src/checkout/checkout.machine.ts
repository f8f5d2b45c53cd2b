import { defineTransitions } from '@souk/kit/domain';

export const CHECKOUT_STATES = [
  'STARTED',
  'PRICED',
  'RESERVED',
  'AWAITING_PAYMENT',
  'CONFIRMING',
  'AUTHORIZED',
  'PLACED',
  'COMPLETED',
  'UNDOING',
  'UNDONE',
] as const;
/**
 * The progress of a checkout. The next command may already have been sent. AWAITING_PAYMENT: the buyer must act at the provider, and no
 * process runs the checkout. CONFIRMING: a process asks for the outcome of that payment.
 */
export type CheckoutState = (typeof CHECKOUT_STATES)[number];

/**
 * The state that is stored from the start of a checkout until its order is placed. Recovery then releases stock and money, held or not, so the
 * steps between need no record of their own. Only earlier versions stored STARTED, PRICED and AUTHORIZED.
 */
export const STORED_WHILE_RUNNING: CheckoutState = 'RESERVED';

/** The lifecycle of a checkout. PLACED is the point of no return: before it a failure compensates, after it recovery confirms. */
export const CHECKOUT_TRANSITIONS = defineTransitions<CheckoutState>('STARTED', {
  // STARTED leads directly to UNDONE, because nothing can be held yet.
  STARTED: ['PRICED', 'UNDONE'],
  PRICED: ['RESERVED', 'UNDOING', 'UNDONE'],
  // An order that costs nothing needs no authorization.
  RESERVED: ['AUTHORIZED', 'AWAITING_PAYMENT', 'PLACED', 'UNDOING'],
  AWAITING_PAYMENT: ['CONFIRMING'],
  CONFIRMING: ['AUTHORIZED', 'AWAITING_PAYMENT', 'UNDOING'],
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
  AWAITING_PAYMENT: ['VOID_PAYMENT', 'RELEASE_STOCK'],
  CONFIRMING: ['RELEASE_STOCK'],
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
  CONFIRMING: ['VOID_PAYMENT', 'RELEASE_STOCK'],
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

/**
 * How recovery ends an abandoned checkout: before the order is placed it compensates, afterwards it confirms. A checkout that waits for its
 * payment asks for the outcome.
 */
export function remedyFor(state: CheckoutState): 'COMPENSATE' | 'CONFIRM' | 'ASK_FOR_PAYMENT' | 'NOTHING' {
  if (state === 'COMPLETED' || state === 'UNDONE') return 'NOTHING';
  if (state === 'AWAITING_PAYMENT' || state === 'CONFIRMING') return 'ASK_FOR_PAYMENT';
  return state === 'PLACED' ? 'CONFIRM' : 'COMPENSATE';
}
