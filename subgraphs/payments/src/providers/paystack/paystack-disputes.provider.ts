import { err, ok, type Result } from '@souk/kit/domain';
import { z } from 'zod';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type { DisputeSource } from '../../dispute/dispute-source.ts';
import type { DisputeStatus, ReportedDispute } from '../../dispute/dispute.ts';
import { askVendor } from '../hosted/vendor-http.provider.ts';
import { amountFromPaystack } from './paystack-amount.ts';

const disputeSchema = z.object({
  data: z.object({
    id: z.int(),
    status: z.string(),
    resolution: z.string().nullish(),
    refund_amount: z.int().nullish(),
    currency: z.string().nullish(),
    category: z.string().nullish(),
    dueAt: z.iso.datetime({ offset: true }).nullish(),
    transaction: z.object({ reference: z.string(), amount: z.int(), currency: z.string() }),
  }),
});
type PaystackDispute = z.infer<typeof disputeSchema>['data'];

/**
 * Reads disputes from Paystack (paystack.com/docs/api/dispute). Paystack withdraws the amount when the shop accepts or loses the dispute.
 */
export class PaystackDisputes implements DisputeSource {
  async find(
    { secretKey, apiUrl }: ProviderSecret,
    reference: string,
  ): Promise<Result<ReportedDispute | null, string>> {
    const vendor = { name: 'Paystack', url: apiUrl ?? 'https://api.paystack.co', secretKey };
    const path = `/dispute/${encodeURIComponent(reference)}`;
    const reply = await askVendor(vendor, { method: 'GET', path, answer: disputeSchema }, ({ message }) => message);
    if (!reply.ok) return reply.error.kind === 'REFUSED' ? ok(null) : err(reply.error.message);
    return reportOf(reply.value.data);
  }
}

function reportOf({ id, transaction, ...dispute }: PaystackDispute): Result<ReportedDispute, string> {
  const currency = dispute.currency ?? transaction.currency;
  const amount = amountFromPaystack(dispute.refund_amount ?? transaction.amount, currency);
  if (!amount) return err('Paystack reported an amount that Souk cannot count');
  const status = statusOf(dispute);
  return ok({
    reference: String(id),
    paymentId: transaction.reference,
    status,
    amount,
    withdrawn: status === 'LOST',
    reason: dispute.category ?? 'chargeback',
    dueAt: dispute.dueAt ? new Date(dispute.dueAt) : null,
  });
}

/** Maps Paystack's dispute status. A resolved dispute that the shop declined is won. */
function statusOf({ status, resolution }: Pick<PaystackDispute, 'status' | 'resolution'>): DisputeStatus {
  if (status === 'resolved') return resolution === 'declined' ? 'WON' : 'LOST';
  return status === 'awaiting-merchant-feedback' ? 'NEEDS_RESPONSE' : 'UNDER_REVIEW';
}
