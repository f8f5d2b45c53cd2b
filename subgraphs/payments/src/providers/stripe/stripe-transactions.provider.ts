import { err, ok } from '@souk/kit/domain';
import type Stripe from 'stripe';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type {
  PageReply,
  PageRequest,
  ReportedCharge,
  ReportedRefund,
  TransactionSource,
} from '../../reconciliation/transaction-source.ts';
import { minorUnitsOf } from './stripe-amount.ts';
import { stripeClient } from './stripe-client.provider.ts';
import { isStripeFailure } from './stripe-error.ts';

/** The maximum number of entries on a page (docs.stripe.com/api/pagination). */
const LIMIT = 100;

/** Stripe's lists of PaymentIntents, refunds and disputes. */
export class StripeTransactions implements TransactionSource {
  charges(secret: ProviderSecret, page: PageRequest): PageReply<ReportedCharge> {
    return listed(stripeClient(secret).paymentIntents.list(paramsOf(page)), chargeOf);
  }

  refunds(secret: ProviderSecret, page: PageRequest): PageReply<ReportedRefund> {
    const params = { ...paramsOf(page), expand: ['data.payment_intent'] };
    return listed(stripeClient(secret).refunds.list(params), refundOf);
  }

  disputes(secret: ProviderSecret, page: PageRequest): PageReply<string> {
    return listed(stripeClient(secret).disputes.list(paramsOf(page)), ({ id }) => id);
  }
}

function paramsOf({ period: { from, to }, cursor }: PageRequest) {
  const created = { gte: secondsOf(from), lt: secondsOf(to) };
  return { created, limit: LIMIT, ...(cursor !== null && { starting_after: cursor }) };
}

const secondsOf = (time: Date) => Math.floor(time.getTime() / 1000);

async function listed<Entry extends { readonly id: string }, Item>(
  asked: Promise<{ readonly data: readonly Entry[]; readonly has_more: boolean }>,
  itemOf: (entry: Entry) => Item,
): PageReply<Item> {
  try {
    const { data, has_more } = await asked;
    return ok({ items: data.map(itemOf), next: has_more ? (data.at(-1)?.id ?? null) : null });
  } catch (error) {
    if (!isStripeFailure(error)) throw error;
    return err(`${error.type}: ${error.message}`);
  }
}

function chargeOf({ id, metadata, amount_received, currency }: Stripe.PaymentIntent): ReportedCharge {
  return { reference: id, paymentId: metadata['souk_payment'] ?? null, taken: moneyOf(amount_received, currency) };
}

function refundOf({ id, payment_intent: intent, metadata, amount, currency, status }: Stripe.Refund): ReportedRefund {
  const paymentId = typeof intent === 'object' ? (intent?.metadata['souk_payment'] ?? null) : null;
  const failed = status === 'failed' || status === 'canceled';
  return {
    reference: id,
    paymentId,
    stepId: metadata?.['souk_step'] ?? null,
    amount: moneyOf(amount, currency),
    failed,
  };
}

function moneyOf(amount: number, code: string) {
  const currency = code.toUpperCase();
  return { amountMinor: minorUnitsOf(amount, currency), currency };
}
