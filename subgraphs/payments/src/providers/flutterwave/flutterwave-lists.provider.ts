import { err, ok } from '@souk/kit/domain';
import { z } from 'zod';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type { Period } from '../../reconciliation/transaction-source.ts';
import type { VendorReply } from '../hosted/hosted-api.ts';
import type { HostedCharge, HostedLists, HostedPage, ListedRefund } from '../hosted/hosted-lists.ts';
import { askVendor, type Vendor } from '../hosted/vendor-http.provider.ts';
import { amountFromFlutterwave } from './flutterwave-amount.ts';
import {
  codeOf,
  flutterwaveOf,
  isUnknown,
  oneTransaction,
  refundSchema,
  transactionSchema,
  UNREADABLE,
} from './flutterwave-api.provider.ts';

const MOST_ON_PAGE = 1_000;
const listedRefund = refundSchema.extend({ tx_id: z.int() });

const pageOf = <Item>(item: z.ZodType<Item>) =>
  z.object({
    data: z.array(item).max(MOST_ON_PAGE),
    meta: z.object({ page_info: z.object({ total_pages: z.int() }) }),
  });

/**
 * Flutterwave's lists (developer.flutterwave.com/v3.0.0/reference: transactions, refunds, chargebacks). The lists can
 * be filtered only by full days.
 */
export class FlutterwaveLists implements HostedLists {
  readonly #vendor: Vendor;

  constructor(secret: ProviderSecret) {
    this.#vendor = flutterwaveOf(secret);
  }

  async charges(period: Period, page: number): Promise<VendorReply<HostedPage<HostedCharge>>> {
    const reply = await this.#list('/v3/transactions', period, page, transactionSchema);
    if (!reply.ok) return reply;
    const items = reply.value.items.map(chargeOf);
    return items.every((item) => item !== null) ? ok({ ...reply.value, items }) : err(UNREADABLE);
  }

  async refunds(period: Period, page: number): Promise<VendorReply<HostedPage<ListedRefund>>> {
    const reply = await this.#list('/v3/refunds', period, page, listedRefund);
    return reply.ok ? ok({ ...reply.value, items: reply.value.items.map(refundOf) }) : reply;
  }

  /** The references of the transactions that have chargebacks, because a chargeback is found by its transaction. */
  async disputes(period: Period, page: number): Promise<VendorReply<HostedPage<string>>> {
    const reply = await this.#list('/v3/chargebacks', period, page, z.object({ flw_ref: z.string() }));
    if (!reply.ok) return reply;
    return ok({ ...reply.value, items: [...new Set(reply.value.items.map(({ flw_ref }) => flw_ref))] });
  }

  async charge(transactionId: string): Promise<VendorReply<HostedCharge | null>> {
    const path = `/v3/transactions/${encodeURIComponent(transactionId)}/verify`;
    const reply = await askVendor(this.#vendor, { method: 'GET', path, answer: oneTransaction }, codeOf);
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
    const query = new URLSearchParams({ from: dayOf(from), to: dayOf(to), page: String(page) });
    const request = { method: 'GET', path: `${path}?${query.toString()}`, answer: pageOf(item) } as const;
    const reply = await askVendor(this.#vendor, request, codeOf);
    return reply.ok ? ok({ items: reply.value.data, isLast: page >= reply.value.meta.page_info.total_pages }) : reply;
  }
}

const dayOf = (time: Date) => time.toISOString().slice(0, 10);

/** Null when Souk cannot represent the amount. */
function chargeOf({ tx_ref, amount, currency, status }: z.infer<typeof transactionSchema>): HostedCharge | null {
  const money = amountFromFlutterwave(amount, currency);
  return money && { reference: tx_ref, amount: money, isPaid: status === 'successful' };
}

function refundOf({ id, tx_id, amount_refunded, status, comments }: z.infer<typeof listedRefund>): ListedRefund {
  return {
    id: String(id),
    transactionId: String(tx_id),
    note: comments ?? '',
    failed: status.startsWith('failed'),
    amountIn: (currency) => amountFromFlutterwave(amount_refunded, currency),
  };
}
