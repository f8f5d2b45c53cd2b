import { handleCommand } from '@souk/kit/contracts';
import { add, err, ok, zero, type Money } from '@souk/kit/domain';
import {
  AuthorizePayment,
  CapturePayment,
  ConfirmPayment,
  RefundPayment,
  VoidPayment,
  type PaymentFacts,
} from '@souk/payments/contract';
import { Interference } from './interference.ts';

/** A pending payment and the buyer's action on it. */
interface WaitingFacts {
  readonly facts: PaymentFacts;
  outcome: 'APPROVED' | 'DECLINED' | null;
}

/**
 * A test double of the payments subgraph. It declines the token `tok_declined`. A payment with `tok_action` stays pending until
 * `buyerActs`.
 */
export class TestPayments {
  readonly #payments = new Map<string, PaymentFacts>();
  readonly #closed = new Set<string>();
  readonly #waiting = new Map<string, WaitingFacts>();
  readonly #refunds = new Set<string>();
  /** Makes commands to this test double fail. */
  readonly interference = new Interference();

  /** The payments with authorized or captured money. */
  get open(): PaymentFacts[] {
    return [...this.#payments.values()].filter(({ status }) => status === 'AUTHORIZED' || status === 'CAPTURED');
  }

  /** The ids of the pending payments. */
  get waiting(): string[] {
    return [...this.#waiting].flatMap(([id, { outcome }]) => (outcome === null ? [id] : []));
  }

  /** Approves or declines a pending payment, as a buyer does on the provider's page. @throws Error when the payment is not pending */
  buyerActs(paymentId: string, outcome: 'APPROVED' | 'DECLINED'): void {
    const waiting = this.#waiting.get(paymentId);
    if (!waiting || waiting.outcome) throw new Error(`Payment ${paymentId} does not wait`);
    waiting.outcome = outcome;
  }

  /** The only payment of an order. @throws Error when the order has no payment */
  of(orderId: string): PaymentFacts {
    const found = [...this.#payments.values()].find((facts) => facts.orderId === orderId);
    if (!found) throw new Error(`Order ${orderId} has no payment`);
    return found;
  }

  readonly handlers = [
    handleCommand(AuthorizePayment, (_ctx, request) =>
      this.interference.around(AuthorizePayment.name, () => this.#authorize(request)),
    ),
    handleCommand(ConfirmPayment, (_ctx, { paymentId }) =>
      this.interference.around(ConfirmPayment.name, () => this.#confirm(paymentId)),
    ),
    handleCommand(CapturePayment, (_ctx, { paymentId }) =>
      this.interference.around(CapturePayment.name, () => this.#capture(paymentId)),
    ),
    handleCommand(VoidPayment, (_ctx, { paymentId }) =>
      this.interference.around(VoidPayment.name, () => this.#void(paymentId)),
    ),
    handleCommand(RefundPayment, (_ctx, { paymentId, refundId, amount }) =>
      this.interference.around(RefundPayment.name, () => this.#refund(paymentId, refundId, amount)),
    ),
  ];

  #authorize({
    paymentId,
    orderId,
    amount,
    token,
  }: {
    paymentId: string;
    orderId: string;
    amount: Money;
    token?: string | undefined;
  }) {
    if (this.#closed.has(paymentId)) return err({ code: 'PAYMENT_NOT_ALLOWED' as const, message: 'closed' });
    if (token === 'tok_declined')
      return err({ code: 'PAYMENT_DECLINED' as const, declineCode: 'card_declined', message: 'The card was declined' });
    const known = this.#payments.get(paymentId);
    if (known) return ok(known);
    const none = zero(amount.currency);
    const facts = { paymentId, orderId, version: 1, status: 'AUTHORIZED' as const, authorized: amount };
    const held = { ...facts, captured: none, refunded: none };
    if (token !== 'tok_action') return ok(this.#save(held));
    const waiting = this.#waiting.get(paymentId) ?? { facts: held, outcome: null };
    this.#waiting.set(paymentId, waiting);
    return this.#look(paymentId, waiting);
  }

  #confirm(paymentId: string) {
    const known = this.#payments.get(paymentId);
    if (known) return ok(known);
    if (this.#closed.has(paymentId)) return err({ code: 'PAYMENT_NOT_ALLOWED' as const, message: 'closed' });
    const waiting = this.#waiting.get(paymentId);
    return waiting ? this.#look(paymentId, waiting) : err({ code: 'PAYMENT_NOT_FOUND' as const });
  }

  #look(paymentId: string, { facts, outcome }: WaitingFacts) {
    if (outcome === null) {
      const action = { kind: 'REDIRECT' as const, url: `https://provider.test/${paymentId}` };
      return ok({ paymentId, orderId: facts.orderId, status: 'PENDING' as const, action });
    }
    this.#waiting.delete(paymentId);
    if (outcome === 'APPROVED') return ok(this.#save(facts));
    this.#closed.add(paymentId);
    const message = 'The buyer did not authenticate';
    return err({ code: 'PAYMENT_DECLINED' as const, declineCode: 'authentication_failed', message });
  }

  #capture(paymentId: string) {
    const facts = this.#payments.get(paymentId);
    if (!facts) return err({ code: 'PAYMENT_NOT_FOUND' as const });
    if (facts.status === 'CAPTURED') return ok(facts);
    if (facts.status !== 'AUTHORIZED') return err({ code: 'PAYMENT_NOT_ALLOWED' as const, message: facts.status });
    return ok(this.#save({ ...facts, version: facts.version + 1, status: 'CAPTURED', captured: facts.authorized }));
  }

  #void(paymentId: string) {
    const facts = this.#payments.get(paymentId);
    if (!facts) {
      this.#waiting.delete(paymentId);
      this.#closed.add(paymentId);
      return ok({ voided: false, facts: null });
    }
    if (facts.status === 'CAPTURED') return err({ code: 'PAYMENT_NOT_ALLOWED' as const, message: 'captured' });
    if (facts.status !== 'AUTHORIZED') return ok({ voided: false, facts });
    return ok({ voided: true, facts: this.#save({ ...facts, version: facts.version + 1, status: 'VOIDED' }) });
  }

  #refund(paymentId: string, refundId: string, amount?: Money) {
    const facts = this.#payments.get(paymentId);
    if (!facts) return err({ code: 'PAYMENT_NOT_FOUND' as const });
    if (facts.status === 'REFUNDED' || this.#refunds.has(refundId)) return ok(facts);
    this.#refunds.add(refundId);
    const refunded = amount ? add(facts.refunded, amount) : facts.captured;
    const status = refunded.amountMinor < facts.captured.amountMinor ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
    return ok(this.#save({ ...facts, version: facts.version + 1, status, refunded }));
  }

  #save(facts: PaymentFacts): PaymentFacts {
    this.#payments.set(facts.paymentId, facts);
    return facts;
  }
}
