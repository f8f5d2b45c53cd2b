import { err, ok } from '@souk/kit/domain';
import { z } from 'zod';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type { Period } from '../../reconciliation/transaction-source.ts';
import type { VendorReply } from '../hosted/hosted-api.ts';
import type { HostedCharge, HostedLists, HostedPage, ListedRefund } from '../hosted/hosted-lists.ts';
import { askVendor, type Vendor } from '../hosted/vendor-http.provider.ts';
import { codeOf, isUnknown, paystackOf, refundSchema, UNREADABLE } from './paystack-api.provider.ts';
import { amountFromPaystack } from './paystack-amount.ts';

const PER_PAGE = 100;

const chargeSchema = z.object({ reference: z.string(), status: z.string(), amount: z.int(), currency: z.string() });
const listedRefund = refundSchema.extend({ transaction: z.int() });

const pageOf = <Item>(item: z.ZodType<Item>) =>
  z.object({
    data: z.array(item).max(PER_PAGE),
    meta: z.object({ page: z.coerce.number(), pageCount: z.coerce.number() }),
  });

/** Paystack's lists (paystack.com/docs/api: transaction, refund, dispute). */
export class PaystackLists implements HostedLists {
  readonly #vendor: Vendor;

  constructor(secret: ProviderSecret) {
    this.#vendor = paystackOf(secret);
  }

  async charges(period: Period, page: number): Promise<VendorReply<HostedPage<HostedCharge>>> {
    const reply = await this.#list('/transaction', period, page, chargeSchema);
    if (!reply.ok) return reply;
    const items = reply.value.items.map(chargeOf);
    return items.every((item) => item !== null) ? ok({ ...reply.value, items }) : err(UNREADABLE);
  }

  async refunds(period: Period, page: number): Promise<VendorReply<HostedPage<ListedRefund>>> {
    const reply = await this.#list('/refund', period, page, listedRefund);
    return reply.ok ? ok({ ...reply.value, items: reply.value.items.map(refundOf) }) : reply;
  }

  async disputes(period: Period, page: number): Promise<VendorReply<HostedPage<string>>> {
    const reply = await this.#list('/dispute', period, page, z.object({ id: z.int() }));
    return reply.ok ? ok({ ...reply.value, items: reply.value.items.map(({ id }) => String(id)) }) : reply;
  }

  async charge(transactionId: string): Promise<VendorReply<HostedCharge | null>> {
    const path = `/transaction/${encodeURIComponent(transactionId)}`;
    const answer = z.object({ data: chargeSchema });
    const reply = await askVendor(this.#vendor, { method: 'GET', path, answer }, codeOf);
    if (!reply.ok) return isUnknown(reply.error) ? ok(null) : reply;
    const charge = chargeOf(reply.value.data);
    return charge ? ok(charge) : err(UNREADABLE);
  }

  async #list<Item>(
    path: string,
    { from, to }: Period,
    page: number,
    item: z.ZodType<Item>,
  ): Promise<VendorReply<HostedPage<Item>>> {
    const query = new URLSearchParams({
      from: from.toISOString(),
      to: to.toISOString(),
      perPage: String(PER_PAGE),
      page: String(page),
    });
    const request = { method: 'GET', path: `${path}?${query.toString()}`, answer: pageOf(item) } as const;
    const reply = await askVendor(this.#vendor, request, codeOf);
    return reply.ok ? ok({ items: reply.value.data, isLast: page >= reply.value.meta.pageCount }) : reply;
  }
}

/** Null when Souk cannot represent the amount. */
function chargeOf({ reference, status, amount, currency }: z.infer<typeof chargeSchema>): HostedCharge | null {
  const money = amountFromPaystack(amount, currency);
  return money && { reference, amount: money, isPaid: status === 'success' || status === 'reversed' };
}

function refundOf({ id, transaction, amount, status, merchant_note }: z.infer<typeof listedRefund>): ListedRefund {
  return {
    id: String(id),
    transactionId: String(transaction),
    note: merchant_note ?? '',
    failed: status === 'failed',
    amountIn: (currency) => amountFromPaystack(amount, currency),
  };
}
