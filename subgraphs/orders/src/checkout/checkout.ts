import type { StockAllocation } from '@souk/inventory/contract';
import type { Failure } from '@souk/kit/domain';
import type { PaymentAction, PaymentFacts, PAYMENT_PROVIDERS } from '@souk/payments/contract';
import type { OrderAgreement } from '../order/order-agreement.ts';
import { CHECKOUT_TRANSITIONS, type CheckoutCompensation, type CheckoutState } from './checkout.machine.ts';

/** The user errors with which a checkout ended. */
export type CheckoutRefusal = readonly Failure[];

/** The payment method that the buyer chose. Its token is sent to the payments subgraph and never stored. */
export interface PaymentMethod {
  readonly provider: (typeof PAYMENT_PROVIDERS)[number];
  /** Absent when the buyer enters the payment method on the provider's page. */
  readonly token?: string | null;
  /**
   * The page of the shop to which the provider redirects the buyer. Absent when the client performs the payment action without a redirect.
   */
  readonly returnUrl?: string | null;
}

/** The wait of a checkout for the outcome of its payment. */
export interface CheckoutWait {
  /** The action that the buyer must take at the provider. Null when the provider decides without the buyer. */
  readonly action: PaymentAction | null;
  /** ISO 8601. A payment that has no outcome at this time is voided. */
  readonly until: string;
}

/** A checkout between two steps. `id` is also the id of its payment and of its first reservation. */
export interface Checkout {
  readonly id: string;
  /** The id of the future order. It is created with the checkout, because stock and money are reserved for this id. */
  readonly orderId: string;
  readonly cartId: string;
  /** Null when the request had no key, or when the key is free again. */
  readonly idempotencyKey: string | null;
  readonly fingerprint: string;
  readonly state: CheckoutState;
  readonly agreement: OrderAgreement | null;
  readonly reservationId: string;
  readonly allocations: readonly StockAllocation[] | null;
  readonly payment: PaymentFacts | null;
  readonly compensations: readonly CheckoutCompensation[] | null;
  readonly refusal: CheckoutRefusal | null;
  /** Set while the checkout waits for the outcome of its payment. Null otherwise. */
  readonly wait: CheckoutWait | null;
  /** The token of the process that runs the checkout. A write with another token fails. */
  readonly lease: string;
}

/** The members of a checkout that a step may set. */
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

/** The checkout in its next state. @throws Error when the lifecycle does not have this transition, which is a bug */
export function advance(checkout: Checkout, state: CheckoutState, facts: CheckoutFacts = {}): Checkout {
  if (!CHECKOUT_TRANSITIONS[checkout.state].includes(state))
    throw new Error(`A checkout that is ${checkout.state} cannot become ${state}`);
  const ended = CHECKOUT_TRANSITIONS[state].length === 0;
  const waits = state === 'AWAITING_PAYMENT' || state === 'CONFIRMING';
  // The agreement contains personal data, so an ended checkout drops it. The order has its own copy.
  return { ...checkout, ...facts, ...(ended && { agreement: null }), ...(!waits && { wait: null }), state };
}

/** The outcome of a checkout for its caller. Null while the checkout runs. */
export type CheckoutOutcome =
  | { readonly kind: 'ORDERED'; readonly orderId: string }
  | { readonly kind: 'REFUSED'; readonly refusal: CheckoutRefusal }
  /** The payment has no outcome yet. */
  | { readonly kind: 'WAITING'; readonly wait: CheckoutWait }
  /** The checkout was compensated after a crash. The caller may try again. */
  | { readonly kind: 'LOST' };

export function outcomeOf({ state, orderId, refusal, wait }: Checkout): CheckoutOutcome | null {
  if (state === 'AWAITING_PAYMENT' && wait) return { kind: 'WAITING', wait };
  if (state === 'PLACED' || state === 'COMPLETED') return { kind: 'ORDERED', orderId };
  // The refusal is returned although the compensation still runs, because the recovery job finishes the compensation if this process does
  // not.
  if (refusal) return { kind: 'REFUSED', refusal };
  return state === 'UNDONE' || state === 'UNDOING' ? { kind: 'LOST' } : null;
}

/** The agreement of a priced checkout. @throws Error when the checkout is not priced yet, which is a bug */
export function agreed({ id, agreement }: Checkout): OrderAgreement {
  if (!agreement) throw new Error(`Checkout ${id} has no agreement yet`);
  return agreement;
}
