import { err, ok, type Result } from '@souk/kit/domain';
import { z } from 'zod';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type { DisputeSource } from '../../dispute/dispute-source.ts';
import type { DisputeStatus, ReportedDispute } from '../../dispute/dispute.ts';
import { askVendor } from '../hosted/vendor-http.provider.ts';
import { amountFromFlutterwave } from './flutterwave-amount.ts';
import { flutterwaveOf, oneTransaction } from './flutterwave-api.provider.ts';

const chargebackSchema = z.object({
  id: z.int(),
  amount: z.number(),
  status: z.string(),
  comment: z.string().nullish(),
  due_date: z.iso.datetime({ offset: true }).nullish(),
  transaction_id: z.int(),
});
type Chargeback = z.infer<typeof chargebackSchema>;
/** A transaction has one chargeback for each stage at the bank. */
const chargebacks = z.object({ data: z.array(chargebackSchema).max(1_000) });

/**
 * Flutterwave withholds the amount as soon as the bank opens a chargeback
 * (developer.flutterwave.com/v3.0/docs/chargebacks).
 */
const STATUSES: Readonly<Record<string, { readonly status: DisputeStatus; readonly withdrawn: boolean }>> = {
  initiated: { status: 'NEEDS_RESPONSE', withdrawn: true },
  declined: { status: 'UNDER_REVIEW', withdrawn: true },
  accepted: { status: 'LOST', withdrawn: true },
  lost: { status: 'LOST', withdrawn: true },
  won: { status: 'WON', withdrawn: false },
};
/** A chargeback that the shop declined has ended when the bank opens the next stage. The next stage holds the amount. */
const WON_BEFORE = { status: 'WON', withdrawn: false } as const;

/** Reads chargebacks from Flutterwave. A notification identifies a transaction only by Flutterwave's own reference. */
export class FlutterwaveDisputes implements DisputeSource {
  async find(secret: ProviderSecret, reference: string): Promise<Result<ReportedDispute[], string>> {
    const vendor = flutterwaveOf(secret);
    const path = `/v3/chargebacks?flw_ref=${encodeURIComponent(reference)}`;
    const listed = await askVendor(vendor, { method: 'GET', path, answer: chargebacks }, ({ message }) => message);
    if (!listed.ok) return listed.error.kind === 'REFUSED' ? ok([]) : err(listed.error.message);
    const found = listed.value.data.toSorted((one, other) => one.id - other.id);
    const [first] = found;
    if (!first) return ok([]);
    // A chargeback has no currency, so the currency is read from its transaction.
    const verify = {
      method: 'GET',
      path: `/v3/transactions/${first.transaction_id}/verify`,
      answer: oneTransaction,
    } as const;
    const asked = await askVendor(vendor, verify, ({ message }) => message);
    if (!asked.ok) return asked.error.kind === 'REFUSED' ? ok([]) : err(asked.error.message);
    return reportsOf(found, asked.value.data);
  }
}

function reportsOf(
  found: readonly Chargeback[],
  { tx_ref, currency }: { readonly tx_ref: string; readonly currency: string },
): Result<ReportedDispute[], string> {
  const reports: ReportedDispute[] = [];
  for (const [index, { id, status, comment, due_date, ...chargeback }] of found.entries()) {
    const amount = amountFromFlutterwave(chargeback.amount, currency);
    const isOver = index < found.length - 1 && status === 'declined';
    const state = isOver ? WON_BEFORE : STATUSES[status];
    if (!amount) return err('Flutterwave reported an amount that Souk cannot count');
    if (!state) return err(`Flutterwave reports the unknown status ${status}`);
    const dueAt = due_date ? new Date(due_date) : null;
    reports.push({
      reference: String(id),
      paymentId: tx_ref,
      ...state,
      amount,
      reason: comment ?? 'chargeback',
      dueAt,
    });
  }
  return ok(reports);
}
