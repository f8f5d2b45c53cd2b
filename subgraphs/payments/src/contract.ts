import { defineCommand, defineEvent, defineNodeLookup, defineScope, moneySchema, resultOf } from '@souk/kit/contracts';
import { z } from 'zod';

/** Reads payments and their transactions. */
export const PaymentsRead = defineScope({ name: 'payments:read', roles: ['OWNER', 'STAFF'] });

/** Captures, refunds and voids payments. */
export const PaymentsWrite = defineScope({ name: 'payments:write', roles: ['OWNER', 'STAFF'] });

export const PAYMENT_PROVIDERS = ['TEST'] as const;

/** The facts of a payment after a step. Each step increases `version`; a consumer ignores older versions. */
export const paymentFactsSchema = z.object({
  paymentId: z.uuid(),
  orderId: z.uuid(),
  version: z.int().positive(),
  status: z.enum(['AUTHORIZED', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED', 'FAILED']),
  authorized: moneySchema,
  captured: moneySchema,
  refunded: moneySchema,
});
export type PaymentFacts = z.infer<typeof paymentFactsSchema>;

const declined = z.object({
  code: z.literal('PAYMENT_DECLINED'),
  /** The card network's reason, for instance `card_declined`. */
  declineCode: z.string(),
  message: z.string(),
});
/** The payment is in a state that does not allow the step, or the step would move more money than there is. */
const refused = z.object({ code: z.literal('PAYMENT_NOT_ALLOWED'), message: z.string() });
const notFound = z.object({ code: z.literal('PAYMENT_NOT_FOUND') });

/** Holds the amount on the buyer's means of payment. The same payment id again answers the same outcome; nothing is held twice. */
export const AuthorizePayment = defineCommand({
  name: 'payments.authorize',
  version: 1,
  request: z.object({
    /** Chosen by the caller; also the idempotency key at the provider. */
    paymentId: z.uuid(),
    orderId: z.uuid(),
    amount: moneySchema,
    provider: z.enum(PAYMENT_PROVIDERS),
    /** The provider's token for a card or account. Never a card number. */
    token: z.string().min(1).max(255),
  }),
  reply: resultOf(paymentFactsSchema, z.discriminatedUnion('code', [declined, refused])),
  idempotent: true,
  callers: ['orders'],
});

/** Takes the authorized amount, or a part of it. The same `captureId` again does nothing new. */
export const CapturePayment = defineCommand({
  name: 'payments.capture',
  version: 1,
  request: z.object({
    paymentId: z.uuid(),
    /** Chosen by the caller, and not the payment's id: that is the id of its authorization. */
    captureId: z.uuid(),
    amount: moneySchema.optional(),
  }),
  reply: resultOf(paymentFactsSchema, z.discriminatedUnion('code', [refused, notFound])),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Releases an authorization that was not captured. An id that is unknown is closed, so that an authorization that arrives
 * late is refused: then `voided` is false. An authorization that is under way is waited for, and released.
 */
export const VoidPayment = defineCommand({
  name: 'payments.void',
  version: 1,
  request: z.object({ paymentId: z.uuid(), orderId: z.uuid() }),
  reply: resultOf(z.object({ voided: z.boolean(), facts: paymentFactsSchema.nullable() }), refused),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Gives captured money back, never more than is left of it. The same `refundId` again does nothing new. Without an amount, nothing left
 * is a success, and there is no answer while another step of the payment is under way: repeat it.
 */
export const RefundPayment = defineCommand({
  name: 'payments.refund',
  version: 1,
  request: z.object({
    paymentId: z.uuid(),
    refundId: z.uuid(),
    /** Without it: all that is left. */
    amount: moneySchema.optional(),
    reason: z.string().max(255),
  }),
  reply: resultOf(paymentFactsSchema, z.discriminatedUnion('code', [refused, notFound])),
  idempotent: true,
  callers: ['orders'],
});

/** A step of a payment succeeded. Aggregate: the payment. */
export const PaymentChanged = defineEvent({
  subject: 'payments.payment.changed',
  version: 1,
  payload: z.object({ step: z.enum(['AUTHORIZED', 'CAPTURED', 'VOIDED', 'REFUNDED']), facts: paymentFactsSchema }),
});

/** Whether the caller may see an entity of this subgraph. */
export const FindPaymentsNode = defineNodeLookup('payments');
