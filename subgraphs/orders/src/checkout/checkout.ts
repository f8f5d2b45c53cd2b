import type { StockAllocation } from '@souk/inventory/contract';
import type { Failure } from '@souk/kit/domain';
import type { PaymentAction, PaymentFacts, PAYMENT_PROVIDERS } from '@souk/payments/contract';
import type { OrderAgreement } from '../order/order-agreement.ts';
import { CHECKOUT_TRANSITIONS, type CheckoutCompensation, type CheckoutState } from './checkout.machine.ts';

/** The user errors with which a checkout ended. */
export type CheckoutRefusal = readonly Failure[];

/** The buyer's payment method. Its token is sent to payments and never stored. */
export interface PaymentMethod {
  readonly provider: (typeof PAYMENT_PROVIDERS)[number];
  /** Absent: the page of the provider asks the buyer. */
  readonly token?: string | null;
  /** The saved payment method of the calling customer that pays in place of a token. @default none */
  readonly savedMethodId?: string | null;
  /** The page of the shop to which the provider sends the buyer after a redirect. @default the client shows the action itself */
  readonly returnUrl?: string | null;
}

/** A checkout whose payment waits for its buyer. */
export interface CheckoutWait {
  /** The action at the provider. Null: the provider decides without the buyer. */
  readonly action: PaymentAction | null;
  /** ISO 8601. A payment without an outcome by then is voided. */
  readonly until: string;
}

/** A checkout between two steps. `id` is also the id of its payment and, at first, of its reservation. */
export interface Checkout {
  readonly id: string;
  /** The id of the order. It is chosen before the order exists, because stock and money are held for this id. */
  readonly orderId: string;
  readonly cartId: string;
  /** The idempotency key. Null when the request had no key, or when the key is free again. */
  readonly idempotencyKey: string | null;
  readonly fingerprint: string;
  readonly state: CheckoutState;
  readonly agreement: OrderAgreement | null;
  readonly reservationId: string;
  readonly allocations: readonly StockAllocation[] | null;
  readonly payment: PaymentFacts | null;
  readonly compensations: readonly CheckoutCompensation[] | null;
  readonly refusal: CheckoutRefusal | null;
  /** The wait for the payment, from its beginning until the outcome. */
  readonly wait: CheckoutWait | null;
  /** The lease of the process that runs the checkout. A write under another lease is refused. */
  readonly lease: string;
}

/** The facts that a step may add to a checkout. */
export type CheckoutFacts = Partial<
  Pick<
    Checkout,
    'agreement' | 'reservationId' | 'allocations' | 'payment' | 'compensations' | 'refusal' | 'idempotencyKey' | 'wait'
  >
>;

/** A new checkout. Its ids must be random UUIDs. */
export function startCheckout(
  ids: { readonly id: string; readonly orderId: string; readonly lease: string },
  request: { readonly cartId: string; readonly idempotencyKey: string | null; readonly fingerprint: string },
): Checkout {
  const nothingYet = {
    agreement: null,
    allocations: null,
    payment: null,
    compensations: null,
    refusal: null,
    wait: null,
  };
  return { ...ids, ...request, ...nothingYet, state: 'STARTED', reservationId: ids.id };
}

/** The checkout in its next state. @throws Error for a transition that the lifecycle does not allow. Such a transition is a bug. */
export function advance(checkout: Checkout, state: CheckoutState, facts: CheckoutFacts = {}): Checkout {
  if (!CHECKOUT_TRANSITIONS[checkout.state].includes(state))
    throw new Error(`A checkout that is ${checkout.state} cannot become ${state}`);
  const ended = CHECKOUT_TRANSITIONS[state].length === 0;
  const waits = state === 'AWAITING_PAYMENT' || state === 'CONFIRMING';
  // Names and addresses are stored only where they are needed: in the order, if one exists.
  return { ...checkout, ...facts, ...(ended && { agreement: null }), ...(!waits && { wait: null }), state };
}

/** The outcome of a checkout for its caller. Null while the checkout runs. */
export type CheckoutOutcome =
  | { readonly kind: 'ORDERED'; readonly orderId: string }
  | { readonly kind: 'REFUSED'; readonly refusal: CheckoutRefusal }
  /** The buyer must act before the payment succeeds. */
  | { readonly kind: 'WAITING'; readonly wait: CheckoutWait }
  /** Compensated after a crash, without a reply. The caller may try again. */
  | { readonly kind: 'LOST' };

export function outcomeOf({ state, orderId, refusal, wait }: Checkout): CheckoutOutcome | null {
  if (state === 'AWAITING_PAYMENT' && wait) return { kind: 'WAITING', wait };
  if (state === 'PLACED' || state === 'COMPLETED') return { kind: 'ORDERED', orderId };
  // The refusal is returned while the compensation still runs, because the held stock and money are released whether the caller waits or
  // not.
  if (refusal) return { kind: 'REFUSED', refusal };
  return state === 'UNDONE' || state === 'UNDOING' ? { kind: 'LOST' } : null;
}

/** The frozen agreement. @throws Error when the checkout is not priced yet, which is a bug */
export function agreed({ id, agreement }: Checkout): OrderAgreement {
  if (!agreement) throw new Error(`Checkout ${id} has no agreement yet`);
  return agreement;
}
