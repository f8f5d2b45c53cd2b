import { err, ok, type Money } from '@souk/kit/domain';
import { z } from 'zod';
import { timeoutOf, type ProviderSecret } from '../../account/provider-secret.ts';
import type { HostedApi, HostedRefund, HostedTransaction, VendorFailure, VendorReply } from '../hosted/hosted-api.ts';
import { askVendor, type Refusal, type Vendor } from '../hosted/vendor-http.provider.ts';
import { amountFromFlutterwave, flutterwaveAmount } from './flutterwave-amount.ts';

/** How long the payment page stays usable, in minutes. A checkout waits for 12 minutes. */
const SESSION_MINUTES = 15;

const opened = z.object({ data: z.object({ link: z.url() }) });
export const transactionSchema = z.object({
  id: z.int(),
  tx_ref: z.string(),
  amount: z.number(),
  currency: z.string(),
  status: z.string(),
});
/** The response with one transaction. */
export const oneTransaction = z.object({ data: transactionSchema });
export const refundSchema = z.object({
  id: z.int(),
  amount_refunded: z.number(),
  status: z.string(),
  comments: z.string().nullish(),
});
const refundMade = z.object({ data: refundSchema });
const refundList = z.object({ data: z.array(refundSchema) });

export const UNREADABLE: VendorFailure = {
  kind: 'UNAVAILABLE',
  message: 'Flutterwave reported an amount that Souk cannot count',
};

/** The address and the key of Flutterwave's API for an account. */
export function flutterwaveOf(secret: ProviderSecret): Vendor {
  const { secretKey, apiUrl } = secret;
  const deadline = () => AbortSignal.timeout(timeoutOf(secret));
  return { name: 'Flutterwave', url: apiUrl ?? 'https://api.flutterwave.com', secretKey, deadline };
}

/** A client of Flutterwave's API v3 (developer.flutterwave.com/v3.0.0/reference: payments, transactions, refunds). */
export class FlutterwaveApi implements HostedApi {
  readonly #vendor: Vendor;

  constructor(secret: ProviderSecret) {
    this.#vendor = flutterwaveOf(secret);
  }

  async open({ reference, orderId, amount, email, returnUrl }: Parameters<HostedApi['open']>[0]) {
    const major = flutterwaveAmount(amount);
    if (!major.ok) return err({ kind: 'REFUSED', code: major.error } as const);
    if (returnUrl === null) return err({ kind: 'REFUSED', code: 'return_url_required' } as const);
    const body = {
      tx_ref: reference,
      amount: major.value,
      currency: amount.currency,
      redirect_url: returnUrl,
      customer: { email },
      session_duration: SESSION_MINUTES,
      meta: { souk_payment: reference, souk_order: orderId },
    };
    const path = '/v3/payments';
    const reply = await askVendor(this.#vendor, { method: 'POST', path, body, answer: opened }, codeOf);
    return reply.ok ? ok({ url: reply.value.data.link }) : reply;
  }

  async find(reference: string): Promise<VendorReply<HostedTransaction | null>> {
    const path = `/v3/transactions/verify_by_reference?tx_ref=${encodeURIComponent(reference)}`;
    const reply = await askVendor(this.#vendor, { method: 'GET', path, answer: oneTransaction }, codeOf);
    if (!reply.ok) return isUnknown(reply.error) ? ok(null) : reply;
    const { id, status, amount, currency } = reply.value.data;
    const paid = amountFromFlutterwave(amount, currency);
    if (!paid) return err(UNREADABLE);
    return ok({ id: String(id), state: status === 'successful' ? 'PAID' : 'OPEN', amount: paid });
  }

  async refundsOf(transaction: HostedTransaction): Promise<VendorReply<readonly HostedRefund[]>> {
    const path = `/v3/refunds?id=${encodeURIComponent(transaction.id)}`;
    const reply = await askVendor(this.#vendor, { method: 'GET', path, answer: refundList }, codeOf);
    if (!reply.ok) return reply;
    const refunds = reply.value.data.map((refund) => refundOf(refund, transaction));
    return refunds.every((refund) => refund !== null) ? ok(refunds) : err(UNREADABLE);
  }

  async refund(
    transaction: HostedTransaction,
    { amount, note }: { readonly amount: Money; readonly note: string },
  ): Promise<VendorReply<HostedRefund>> {
    const major = flutterwaveAmount(amount);
    if (!major.ok) return err({ kind: 'REFUSED', code: major.error });
    const path = `/v3/transactions/${encodeURIComponent(transaction.id)}/refund`;
    const body = { amount: major.value, comments: note };
    const reply = await askVendor(this.#vendor, { method: 'POST', path, body, answer: refundMade }, codeOf);
    if (!reply.ok) return reply;
    const refund = refundOf(reply.value.data, transaction);
    return refund ? ok(refund) : err(UNREADABLE);
  }
}

/** Converts a refund of Flutterwave. Its amount is in the currency of the transaction. */
function refundOf(
  { id, amount_refunded, status, comments }: z.infer<typeof refundSchema>,
  { amount: { currency } }: HostedTransaction,
): HostedRefund | null {
  const amount = amountFromFlutterwave(amount_refunded, currency);
  return amount && { id: String(id), amount, note: comments ?? '', failed: status.startsWith('failed') };
}

const UNKNOWN = 'transaction_not_found';

export function isUnknown(failure: VendorFailure): boolean {
  return failure.kind === 'REFUSED' && failure.code === UNKNOWN;
}

/** The decline code of an error. Flutterwave's errors have no codes, so their messages are matched. */
export function codeOf({ status, message }: Refusal): string {
  if (status === 404 || /no transaction was found/i.test(message)) return UNKNOWN;
  return /currency/i.test(message) ? 'currency_not_supported' : 'invalid_request';
}
