import { err, isUuid, ok, zero, type Result } from '@souk/kit/domain';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type {
  PageReply,
  PageRequest,
  ReportedCharge,
  ReportedRefund,
  ReportPage,
  TransactionSource,
} from '../../reconciliation/transaction-source.ts';
import type { VendorFailure } from './hosted-api.ts';
import type { HostedCharge, HostedLists, HostedPage, ListedRefund } from './hosted-lists.ts';
import { stepOfNote } from './refund-note.ts';

/**
 * The lists of a provider with payment pages. At the provider, the reference of a payment is its id in Souk, and the
 * note of a refund contains the id of its step.
 */
export class HostedTransactions implements TransactionSource {
  readonly #connect: (secret: ProviderSecret) => HostedLists;

  /** @param connect returns the lists of the account with these keys */
  constructor(connect: (secret: ProviderSecret) => HostedLists) {
    this.#connect = connect;
  }

  async charges(secret: ProviderSecret, request: PageRequest): PageReply<ReportedCharge> {
    const listed = await this.#connect(secret).charges(request.period, pageOf(request));
    return listed.ok
      ? ok(pageWith(request, listed.value, listed.value.items.map(chargeOf)))
      : err(textOf(listed.error));
  }

  /**
   * A listed refund contains only the provider's id of its transaction, which Souk does not store. Each transaction of
   * a page is therefore looked up once.
   */
  async refunds(secret: ProviderSecret, request: PageRequest): PageReply<ReportedRefund> {
    const lists = this.#connect(secret);
    const listed = await lists.refunds(request.period, pageOf(request));
    if (!listed.ok) return err(textOf(listed.error));
    const byTransaction = Map.groupBy(listed.value.items, ({ transactionId }) => transactionId);
    const items: ReportedRefund[] = [];
    for (const [id, refunds] of byTransaction) {
      const charge = await lists.charge(id);
      if (!charge.ok) return err(textOf(charge.error));
      const read = charge.value ? reportsOf(charge.value, refunds) : ok([]);
      if (!read.ok) return read;
      items.push(...read.value);
    }
    return ok(pageWith(request, listed.value, items));
  }

  async disputes(secret: ProviderSecret, request: PageRequest): PageReply<string> {
    const listed = await this.#connect(secret).disputes(request.period, pageOf(request));
    return listed.ok ? ok(pageWith(request, listed.value, listed.value.items)) : err(textOf(listed.error));
  }
}

function pageOf({ cursor }: PageRequest): number {
  return cursor === null ? 1 : Number(cursor);
}

function pageWith<Item>(
  request: PageRequest,
  { isLast }: HostedPage<unknown>,
  items: readonly Item[],
): ReportPage<Item> {
  return { items, next: isLast ? null : String(pageOf(request) + 1) };
}

function textOf(failure: VendorFailure): string {
  return failure.kind === 'UNAVAILABLE' ? failure.message : failure.code;
}

function chargeOf({ reference, amount, isPaid }: HostedCharge): ReportedCharge {
  return { reference, paymentId: paymentOf(reference), taken: isPaid ? amount : zero(amount.currency) };
}

function reportsOf(
  { reference, amount: { currency } }: HostedCharge,
  refunds: readonly ListedRefund[],
): Result<ReportedRefund[], string> {
  const reports: ReportedRefund[] = [];
  for (const refund of refunds) {
    const amount = refund.amountIn(currency);
    if (!amount) return err(`The provider reported a refund of ${reference} that Souk cannot count`);
    const { id, note, failed } = refund;
    reports.push({ reference: id, paymentId: paymentOf(reference), stepId: stepOfNote(note), amount, failed });
  }
  return ok(reports);
}

function paymentOf(reference: string): string | null {
  return isUuid(reference) ? reference : null;
}
