import { defineCommand, defineEvent, defineNodeLookup, defineScope, moneySchema, resultOf } from '@souk/kit/contracts';
import { z } from 'zod';

/** Allows reading payments and their transactions. */
export const PaymentsRead = defineScope({ name: 'payments:read', roles: ['OWNER', 'STAFF'] });

/** Allows capturing, refunding and voiding payments. */
export const PaymentsWrite = defineScope({ name: 'payments:write', roles: ['OWNER', 'STAFF'] });

export const PAYMENT_PROVIDERS = ['TEST'] as const;

/** The facts of a payment after a step. Each step increases `version`, and a consumer ignores older versions. */
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
  /** The reason that the card network gave, for instance `card_declined`. */
  declineCode: z.string(),
  message: z.string(),
});
/** A refusal: the state of the payment does not allow the step, or the step would move more money than is left. */
const refused = z.object({ code: z.literal('PAYMENT_NOT_ALLOWED'), message: z.string() });
const notFound = z.object({ code: z.literal('PAYMENT_NOT_FOUND') });

/**
 * Holds the amount on the buyer's payment method. A second command with the same payment id returns the same outcome, and holds no money
 * again.
 */
export const AuthorizePayment = defineCommand({
  name: 'payments.authorize',
  version: 1,
  request: z.object({
    /** The id, which the caller chooses. It is also the idempotency key at the provider. */
    paymentId: z.uuid(),
    orderId: z.uuid(),
    amount: moneySchema,
    provider: z.enum(PAYMENT_PROVIDERS),
    /** The provider's token for a card or account. It must never be a card number. */
    token: z.string().min(1).max(255),
  }),
  reply: resultOf(paymentFactsSchema, z.discriminatedUnion('code', [declined, refused])),
  idempotent: true,
  callers: ['orders'],
});

/** Captures the authorized amount, or a part of it. A second command with the same `captureId` has no further effect. */
export const CapturePayment = defineCommand({
  name: 'payments.capture',
  version: 1,
  request: z.object({
    paymentId: z.uuid(),
    /** The id, which the caller chooses. It must differ from the payment's id, which is the id of its authorization. */
    captureId: z.uuid(),
    amount: moneySchema.optional(),
  }),
  reply: resultOf(paymentFactsSchema, z.discriminatedUnion('code', [refused, notFound])),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Releases an authorization that was not captured. An unknown id is closed (`voided: false`), so an authorization that arrives later is
 * refused. A void does not wait for a running authorization. The provider releases an authorization that arrived before the void, and
 * declines an authorization that arrives after the void.
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
 * Refunds captured money, never more than is left of it. A second command with the same `refundId` has no further effect. Without an amount
 * the command refunds all money that is left. It also succeeds when nothing is left. There is no reply while another step of the payment is
 * running, and the sender repeats the command.
 */
export const RefundPayment = defineCommand({
  name: 'payments.refund',
  version: 1,
  request: z.object({
    paymentId: z.uuid(),
    refundId: z.uuid(),
    /** The amount. @default all money that is left */
    amount: moneySchema.optional(),
    reason: z.string().max(255),
  }),
  reply: resultOf(paymentFactsSchema, z.discriminatedUnion('code', [refused, notFound])),
  idempotent: true,
  callers: ['orders'],
});

/** A step of a payment has succeeded. Aggregate: the payment. */
export const PaymentChanged = defineEvent({
  subject: 'payments.payment.changed',
  version: 1,
  payload: z.object({ step: z.enum(['AUTHORIZED', 'CAPTURED', 'VOIDED', 'REFUNDED']), facts: paymentFactsSchema }),
});

/** Asks whether the caller may see an entity of this subgraph. */
export const FindPaymentsNode = defineNodeLookup('payments');
