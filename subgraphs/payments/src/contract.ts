import { defineCommand, defineEvent, defineNodeLookup, defineScope, moneySchema, resultOf } from '@souk/kit/contracts';
import { z } from 'zod';

/** Allows reading payments and their transactions. */
export const PaymentsRead = defineScope({ name: 'payments:read', roles: ['OWNER', 'STAFF'] });

/** Allows capturing, refunding and voiding payments. */
export const PaymentsWrite = defineScope({ name: 'payments:write', roles: ['OWNER', 'STAFF'] });

/** The payment providers. TEST is built in and moves no money. */
export const PAYMENT_PROVIDERS = ['TEST', 'STRIPE', 'PAYSTACK', 'FLUTTERWAVE'] as const;

/** The data of a payment after a step. Each step increments `version`. Consumers ignore data with an older version. */
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

/** The action that a buyer takes at the provider before the payment succeeds, for instance 3-D Secure. */
export const paymentActionSchema = z.discriminatedUnion('kind', [
  /** The client opens `url`. Afterwards the provider redirects the buyer to the `returnUrl` of the request. */
  z.object({ kind: z.literal('REDIRECT'), url: z.url().max(4096) }),
  /** The client passes `clientSecret` to the provider's own browser library. */
  z.object({ kind: z.literal('PROVIDER_LIBRARY'), clientSecret: z.string().max(1024) }),
]);
export type PaymentAction = z.infer<typeof paymentActionSchema>;

/** A payment that waits for an action of its buyer. When the action is null, the payment waits for the provider. */
export const waitingPaymentSchema = z.object({
  paymentId: z.uuid(),
  orderId: z.uuid(),
  status: z.literal('PENDING'),
  action: paymentActionSchema.nullable(),
});
export type WaitingPayment = z.infer<typeof waitingPaymentSchema>;

const declined = z.object({
  code: z.literal('PAYMENT_DECLINED'),
  /** The reason that the card network gave, for instance `card_declined`. */
  declineCode: z.string(),
  message: z.string(),
});
/** A failure: the status of the payment does not allow the step, or the step would move more money than is left. */
const refused = z.object({ code: z.literal('PAYMENT_NOT_ALLOWED'), message: z.string() });
const notFound = z.object({ code: z.literal('PAYMENT_NOT_FOUND') });

/**
 * Authorizes the amount on the buyer's payment method. Idempotent: a second command with the same payment id returns the same outcome and
 * authorizes nothing more.
 */
export const AuthorizePayment = defineCommand({
  name: 'payments.authorize',
  version: 1,
  request: z.object({
    /** The caller chooses the id. It is also the idempotency key at the provider. */
    paymentId: z.uuid(),
    orderId: z.uuid(),
    amount: moneySchema,
    provider: z.enum(PAYMENT_PROVIDERS),
    /**
     * The provider's token for a card or account. It must never be a card number. Absent when the buyer enters the payment method on the
     * provider's page.
     */
    token: z.string().min(1).max(255).optional(),
    /** The id of a payment method that the calling customer has saved. It pays in place of a token. @default none */
    savedMethodId: z.uuid().optional(),
    /** The buyer's e-mail address. Providers with their own payment page require it. */
    email: z.string().max(320).optional(),
    /** The page of the shop to which the provider redirects the buyer. Absent when the client performs the action without a redirect. */
    returnUrl: z.url().max(2048).optional(),
  }),
  reply: resultOf(
    z.discriminatedUnion('status', [paymentFactsSchema, waitingPaymentSchema]),
    z.discriminatedUnion('code', [declined, refused]),
  ),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Queries the provider for the outcome of a pending payment and records it. Returns the stored outcome of any other payment. The command is
 * sent when the buyer returns, when the provider notifies, and at the caller's deadline. The command may be repeated at any
 * time.
 */
export const ConfirmPayment = defineCommand({
  name: 'payments.confirm',
  version: 1,
  request: z.object({ paymentId: z.uuid() }),
  reply: resultOf(
    z.discriminatedUnion('status', [paymentFactsSchema, waitingPaymentSchema]),
    z.discriminatedUnion('code', [declined, refused, notFound]),
  ),
  idempotent: true,
  callers: ['orders'],
});

/** Captures the authorized amount or a part of it. Idempotent: a second command with the same `captureId` has no further effect. */
export const CapturePayment = defineCommand({
  name: 'payments.capture',
  version: 1,
  request: z.object({
    paymentId: z.uuid(),
    /** The caller chooses the id. It must differ from the payment's id, which is the id of its authorization. */
    captureId: z.uuid(),
    amount: moneySchema.optional(),
  }),
  reply: resultOf(paymentFactsSchema, z.discriminatedUnion('code', [refused, notFound])),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Releases an authorization that was not captured. When the payment id is unknown, the reply is `voided: false`, and the id is recorded as
 * closed. An authorization with a closed id fails. A void does not wait for a running authorization. The provider releases an authorization
 * that arrived before the void, and declines an authorization that arrives after the void.
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
 * Refunds captured money, at most the remaining amount. Idempotent: a second command with the same `refundId` has no further effect.
 * Without an amount the command refunds everything that is left, and succeeds when nothing is left. While another step of the payment is
 * running there is no reply. The sender must then repeat the command.
 */
export const RefundPayment = defineCommand({
  name: 'payments.refund',
  version: 1,
  request: z.object({
    paymentId: z.uuid(),
    refundId: z.uuid(),
    /** @default the entire remaining amount */
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

/** Returns the providers with which a buyer can pay an amount, from the settings of the tenant's accounts. */
export const OfferedPaymentMethods = defineCommand({
  name: 'payments.offeredMethods',
  version: 1,
  request: z.object({ amount: moneySchema }),
  reply: z.object({
    methods: z.array(
      z.object({
        provider: z.enum(PAYMENT_PROVIDERS),
        /** The public key for the provider's library in the buyer's browser. */
        publishableKey: z.string().nullable(),
      }),
    ),
  }),
  idempotent: true,
  callers: ['orders'],
});

/** A pending payment got its outcome, which `payments.confirm` returns. Aggregate: the payment. */
export const PaymentSettled = defineEvent({
  subject: 'payments.payment.settled',
  version: 1,
  payload: z.object({ paymentId: z.uuid(), orderId: z.uuid(), outcome: z.enum(['APPROVED', 'DECLINED']) }),
});

/** A dispute of a payment opened, changed or ended. Aggregate: the payment. */
export const PaymentDisputed = defineEvent({
  subject: 'payments.payment.disputed',
  version: 1,
  payload: z.object({
    disputeId: z.uuid(),
    paymentId: z.uuid(),
    orderId: z.uuid(),
    change: z.enum(['OPENED', 'UPDATED', 'WON', 'LOST']),
    status: z.enum(['INQUIRY', 'NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST']),
    amount: moneySchema,
    /** The money that the provider has withdrawn from the shop and not given back. */
    withdrawn: moneySchema,
    /** The reason in the provider's terms. */
    reason: z.string(),
    /** The deadline for the shop's response. Null when the provider reports none. */
    dueAt: z.iso.datetime().nullable(),
  }),
});

/** Returns whether the caller may see an entity of this subgraph, by type and id. */
export const FindPaymentsNode = defineNodeLookup('payments');
