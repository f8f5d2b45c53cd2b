import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { PaymentChanged, PaymentSettled, type PaymentFacts } from '../contract.ts';
import type { Payment, StepKind } from './payment.ts';

const STEP_NAMES = {
  AUTHORIZE: 'AUTHORIZED',
  CAPTURE: 'CAPTURED',
  VOID: 'VOIDED',
  REFUND: 'REFUNDED',
} as const satisfies Record<StepKind, string>;

/** The data of a payment that other subgraphs receive. @throws TypeError while the authorization has no outcome */
export function factsOf({ id, orderId, version, status, authorized, captured, refunded }: Payment): PaymentFacts {
  if (status === 'PENDING') throw new TypeError(`Payment ${id} is pending: it has no facts yet`);
  return { paymentId: id, orderId, version, status, authorized, captured, refunded };
}

/** The event after a pending payment got its outcome. */
export function paymentSettled({ id, orderId, status }: Payment): DomainEvent {
  const outcome = status === 'FAILED' ? 'DECLINED' : 'APPROVED';
  return eventOf(PaymentSettled, id, { paymentId: id, orderId, outcome });
}

export function paymentChanged(kind: StepKind, payment: Payment): DomainEvent {
  return eventOf(PaymentChanged, payment.id, { step: STEP_NAMES[kind], facts: factsOf(payment) });
}
