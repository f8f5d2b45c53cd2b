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
 * The progress of a checkout. The command of the next state may already have been sent. AWAITING_PAYMENT: the buyer must act at the
 * provider, and no process runs the checkout. CONFIRMING: a process requests the outcome of that payment.
 */
export type CheckoutState = (typeof CHECKOUT_STATES)[number];

/**
 * The state that is stored from the start of a checkout until its order is placed. From this state, recovery releases stock and money even
 * if they were not held yet, so the steps in between are not recorded. Only earlier versions stored STARTED, PRICED and AUTHORIZED.
 */
export const STORED_WHILE_RUNNING: CheckoutState = 'RESERVED';

/** The lifecycle of a checkout. A failure before PLACED is compensated. From PLACED on, recovery completes the order. */
export const CHECKOUT_TRANSITIONS = defineTransitions<CheckoutState>('STARTED', {
  // In STARTED, neither stock nor money can be held yet.
  STARTED: ['PRICED', 'UNDONE'],
  PRICED: ['RESERVED', 'UNDOING', 'UNDONE'],
  // RESERVED leads directly to PLACED when the order costs nothing and needs no authorization.
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

/** The compensations of a failed checkout, by the state in which it failed. When the next command got no reply, see `PERHAPS_HELD`. */
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

/** The compensations that replace the entry of `HELD` when the next command got no reply, because that command may have been carried out. */
const PERHAPS_HELD: Partial<Readonly<Record<CheckoutState, readonly CheckoutCompensation[]>>> = {
  PRICED: ['RELEASE_STOCK'],
  RESERVED: ['VOID_PAYMENT', 'RELEASE_STOCK'],
  CONFIRMING: ['VOID_PAYMENT', 'RELEASE_STOCK'],
};

/**
 * The compensations of a checkout that failed in a state, in order. ANSWERED: the next command was refused and has no effect to undo.
 * UNANSWERED: the outcome of the next command is unknown. Releasing stock or money that was not held has no effect.
 */
export function compensationsOf(
  state: CheckoutState,
  nextCommand: 'ANSWERED' | 'UNANSWERED',
): readonly CheckoutCompensation[] {
  return (nextCommand === 'UNANSWERED' && PERHAPS_HELD[state]) || HELD[state];
}

/**
 * The action of the recovery job for an abandoned checkout. Before PLACED it compensates, afterwards it confirms. In AWAITING_PAYMENT it
 * requests the outcome of the payment.
 */
export function remedyFor(state: CheckoutState): 'COMPENSATE' | 'CONFIRM' | 'ASK_FOR_PAYMENT' | 'NOTHING' {
  if (state === 'COMPLETED' || state === 'UNDONE') return 'NOTHING';
  if (state === 'AWAITING_PAYMENT' || state === 'CONFIRMING') return 'ASK_FOR_PAYMENT';
  return state === 'PLACED' ? 'CONFIRM' : 'COMPENSATE';
}
