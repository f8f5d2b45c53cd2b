import { err, ok, type Money } from '@souk/kit/domain';
import { z } from 'zod';
import { timeoutOf, type ProviderSecret } from '../../account/provider-secret.ts';
import type { HostedApi, HostedRefund, HostedTransaction, VendorFailure, VendorReply } from '../hosted/hosted-api.ts';
import { askVendor, type Refusal, type Vendor } from '../hosted/vendor-http.provider.ts';
import { amountFromPaystack, paystackAmount } from './paystack-amount.ts';

const opened = z.object({ data: z.object({ authorization_url: z.url() }) });
const transactionSchema = z.object({
  data: z.object({ id: z.int(), status: z.string(), reference: z.string(), amount: z.int(), currency: z.string() }),
});
export const refundSchema = z.object({
  id: z.int(),
  amount: z.coerce.number(),
  currency: z.string(),
  status: z.string(),
  merchant_note: z.string().nullish(),
});
const refundMade = z.object({ data: refundSchema });
const refundList = z.object({ data: z.array(refundSchema) });

/** The maximum page size of Paystack. One payment never has that many refunds. */
const PER_PAGE = 100;
export const UNREADABLE: VendorFailure = {
  kind: 'UNAVAILABLE',
  message: 'Paystack reported an amount that Souk cannot count',
};

/** The address and the key of Paystack's API for an account. */
export function paystackOf(secret: ProviderSecret): Vendor {
  const { secretKey, apiUrl } = secret;
  const deadline = () => AbortSignal.timeout(timeoutOf(secret));
  return { name: 'Paystack', url: apiUrl ?? 'https://api.paystack.co', secretKey, deadline };
}

/** A client of Paystack's API (paystack.com/docs/api: transaction/initialize, transaction/verify, refund). */
export class PaystackApi implements HostedApi {
  readonly #vendor: Vendor;

  constructor(secret: ProviderSecret) {
    this.#vendor = paystackOf(secret);
  }

  async open({ reference, orderId, amount, email, returnUrl }: Parameters<HostedApi['open']>[0]) {
    const minor = paystackAmount(amount);
    if (!minor.ok) return err({ kind: 'REFUSED', code: minor.error } as const);
    const body = {
      reference,
      email,
      amount: minor.value,
      currency: amount.currency,
      ...(returnUrl !== null && { callback_url: returnUrl }),
      metadata: JSON.stringify({ souk_payment: reference, souk_order: orderId }),
    };
    const path = '/transaction/initialize';
    const reply = await askVendor(this.#vendor, { method: 'POST', path, body, answer: opened }, codeOf);
    return reply.ok ? ok({ url: reply.value.data.authorization_url }) : reply;
  }

  async find(reference: string): Promise<VendorReply<HostedTransaction | null>> {
    const path = `/transaction/verify/${encodeURIComponent(reference)}`;
    const reply = await askVendor(this.#vendor, { method: 'GET', path, answer: transactionSchema }, codeOf);
    if (!reply.ok) return isUnknown(reply.error) ? ok(null) : reply;
    const { id, status, amount, currency } = reply.value.data;
    const paid = amountFromPaystack(amount, currency);
    return paid ? ok({ id: String(id), state: stateOf(status), amount: paid }) : err(UNREADABLE);
  }

  async refundsOf({ id }: HostedTransaction): Promise<VendorReply<readonly HostedRefund[]>> {
    const path = `/refund?transaction=${encodeURIComponent(id)}&perPage=${PER_PAGE}`;
    const reply = await askVendor(this.#vendor, { method: 'GET', path, answer: refundList }, codeOf);
    if (!reply.ok) return reply;
    const refunds = reply.value.data.map(refundOf);
    return refunds.every((refund) => refund !== null) ? ok(refunds) : err(UNREADABLE);
  }

  async refund(
    { id }: HostedTransaction,
    { amount, note }: { readonly amount: Money; readonly note: string },
  ): Promise<VendorReply<HostedRefund>> {
    const minor = paystackAmount(amount);
    if (!minor.ok) return err({ kind: 'REFUSED', code: minor.error });
    const body = { transaction: id, amount: minor.value, currency: amount.currency, merchant_note: note };
    const reply = await askVendor(this.#vendor, { method: 'POST', path: '/refund', body, answer: refundMade }, codeOf);
    if (!reply.ok) return reply;
    const refund = refundOf(reply.value.data);
    return refund ? ok(refund) : err(UNREADABLE);
  }
}

function refundOf({ id, amount, currency, status, merchant_note }: z.infer<typeof refundSchema>): HostedRefund | null {
  const returned = amountFromPaystack(amount, currency);
  return returned && { id: String(id), amount: returned, note: merchant_note ?? '', failed: status === 'failed' };
}

/** Maps Paystack's transaction statuses (paystack.com/docs/payments/verify-payments). In all other statuses the buyer may still pay. */
function stateOf(status: string): HostedTransaction['state'] {
  if (status === 'success') return 'PAID';
  return status === 'reversed' ? 'RETURNED' : 'OPEN';
}

const UNKNOWN = 'transaction_not_found';

export function isUnknown(failure: VendorFailure): boolean {
  return failure.kind === 'REFUSED' && failure.code === UNKNOWN;
}

/** The decline code of an error. Paystack's errors are matched by their messages (paystack.com/docs/api/errors). */
export function codeOf({ status, message }: Refusal): string {
  if (status === 404 || /not found/i.test(message)) return UNKNOWN;
  if (/duplicate transaction reference/i.test(message)) return 'duplicate_reference';
  if (/currency not supported/i.test(message)) return 'currency_not_supported';
  return 'invalid_request';
}
