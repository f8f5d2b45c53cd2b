import type { RequestContext } from '@souk/kit/context';
import { err, isUuid, ok, type Clock, type Result } from '@souk/kit/domain';
import type { ProviderSecret } from '../account/provider-secret.ts';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { DisputeService } from '../dispute/dispute.service.ts';
import { compareCharge, compareRefund, missingAtProvider, type Difference, type Finding } from './difference.ts';
import type { LedgerRepair } from './ledger-repair.service.ts';
import { ledgerOf, ledgerPage, type LedgerEntry } from './ledger.repository.ts';
import { addDifferences, type TakenReconciliation } from './reconciliation.repository.ts';
import { widened } from './reconciliation.ts';
import type {
  PageReply,
  PageRequest,
  ReportedCharge,
  ReportedRefund,
  TransactionSource,
} from './transaction-source.ts';

interface ComparisonDependencies {
  readonly repair: LedgerRepair;
  readonly disputes: Pick<DisputeService, 'follow'>;
  readonly clock: Clock;
}

/** An account of a provider whose transactions are compared. */
export interface ComparedAccount {
  readonly source: TransactionSource;
  readonly secret: ProviderSecret;
}

/** The numbers of compared entries of the provider. */
export interface ComparisonCounts {
  readonly charges: number;
  readonly refunds: number;
}

/**
 * Compares the lists of a provider with the ledger, page by page. An error contains the reason why the provider did not
 * respond.
 */
export class ProviderComparison {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #dependencies: ComparisonDependencies;

  constructor(unitOfWork: PaymentsUnitOfWork, dependencies: ComparisonDependencies) {
    this.#unitOfWork = unitOfWork;
    this.#dependencies = dependencies;
  }

  async run(
    ctx: RequestContext,
    taken: TakenReconciliation,
    { source, secret }: ComparedAccount,
  ): Promise<Result<ComparisonCounts, string>> {
    const period = widened(taken.period);
    const paid = new Set<string>();
    const refundKeys = new Set<string>();
    const charges = await eachPage(
      period,
      (page) => source.charges(secret, page),
      async (items) => {
        for (const { paymentId, taken: amount } of items) if (paymentId && amount.amountMinor > 0) paid.add(paymentId);
        await this.#charges(ctx, taken, items, secret);
      },
    );
    if (!charges.ok) return charges;
    const refunds = await eachPage(
      period,
      (page) => source.refunds(secret, page),
      async (items) => {
        for (const { reference, stepId } of items) refundKeys.add(reference).add(stepId ?? reference);
        await this.#refunds(ctx, taken, items);
      },
    );
    if (!refunds.ok) return refunds;
    const disputes = await eachPage(
      period,
      (page) => source.disputes(secret, page),
      (references) => this.#disputes(ctx, taken, references, secret),
    );
    if (!disputes.ok) return disputes;
    await this.#unlisted(ctx, taken, 'CAPTURE', (entry) => paid.has(entry.payment_id));
    await this.#unlisted(ctx, taken, 'REFUND', ({ id, reference }) =>
      [id, reference].some((key) => key !== null && refundKeys.has(key)),
    );
    return ok({ charges: charges.value, refunds: refunds.value });
  }

  async #charges(
    ctx: RequestContext,
    { id, provider }: TakenReconciliation,
    items: readonly ReportedCharge[],
    secret: ProviderSecret,
  ): Promise<void> {
    const known = await this.#unitOfWork.read(ctx, (tx) => ledgerOf(tx, provider, idsOf(items)));
    const found: (Difference & { repaired: boolean })[] = [];
    for (const charge of items) {
      const payment = known.get(charge.paymentId ?? '') ?? null;
      // An account that all shops may use also lists the payments of other shops, which are skipped.
      if (!payment && secret.tenantId === '*') continue;
      const finding = compareCharge(charge, payment);
      if (!finding) continue;
      const repaired = finding.repair !== null && (await this.#dependencies.repair.mendCharge(ctx, provider, charge));
      if (finding.repair === 'CHECK_VOID' && !repaired) continue;
      found.push({ ...finding.difference, repaired });
    }
    await this.#save(ctx, id, found);
  }

  async #refunds(
    ctx: RequestContext,
    { id, provider }: TakenReconciliation,
    items: readonly ReportedRefund[],
  ): Promise<void> {
    const known = await this.#unitOfWork.read(ctx, (tx) => ledgerOf(tx, provider, idsOf(items)));
    const found: (Difference & { repaired: boolean })[] = [];
    for (const refund of items) {
      const finding: Finding | null = compareRefund(refund, known.get(refund.paymentId ?? '') ?? null);
      if (!finding) continue;
      const repaired = finding.repair !== null && (await this.#dependencies.repair.mendRefund(ctx, provider, refund));
      found.push({ ...finding.difference, repaired });
    }
    await this.#save(ctx, id, found);
  }

  /**
   * Updates the disputes as notifications do. A changed dispute is a difference, because its notification did not
   * arrive.
   */
  async #disputes(
    ctx: RequestContext,
    { id, provider }: TakenReconciliation,
    references: readonly string[],
    secret: ProviderSecret,
  ): Promise<string | void> {
    const found: (Difference & { repaired: boolean })[] = [];
    for (const reference of references) {
      const followed = await this.#dependencies.disputes.follow(ctx, { provider, reference }, secret);
      if (!followed.ok) return followed.error.message;
      for (const { paymentId, amount } of followed.value) {
        const difference = {
          kind: 'DISPUTE_MISSING_IN_LEDGER',
          paymentId,
          reference,
          ledger: null,
          provider: amount,
        } as const;
        found.push({ ...difference, repaired: true });
      }
    }
    await this.#save(ctx, id, found);
  }

  /** Reports the entries of the ledger that the provider did not list. */
  async #unlisted(
    ctx: RequestContext,
    { id, provider, period }: TakenReconciliation,
    kind: 'CAPTURE' | 'REFUND',
    isListed: (entry: LedgerEntry) => boolean,
  ): Promise<void> {
    let last: LedgerEntry | null = null;
    for (let isDone = false; !isDone;) {
      const page = await this.#unitOfWork.read(ctx, (tx) => ledgerPage(tx, kind, { provider, period }, last));
      const found = page.entries
        .filter((entry) => !isListed(entry))
        .map(({ payment_id: paymentId, reference, amount_minor: amountMinor, currency, id: entryId }) => {
          const amount = { amountMinor, currency };
          const difference = missingAtProvider({ kind, paymentId, reference: reference ?? entryId, amount });
          return { ...difference, repaired: false };
        });
      await this.#save(ctx, id, found);
      last = page.entries.at(-1) ?? last;
      isDone = page.isLast;
    }
  }

  async #save(
    ctx: RequestContext,
    id: string,
    found: readonly (Difference & { readonly repaired: boolean })[],
  ): Promise<void> {
    if (found.length === 0) return;
    await this.#unitOfWork.run(ctx, (tx) => addDifferences(tx, id, found, this.#dependencies.clock.now()));
  }
}

/**
 * The maximum number of pages of a list. A shop has fewer pages in a month. The limit prevents a provider whose list
 * never ends from blocking the job.
 */
const MOST_PAGES = 10_000;

/** Visits every page of a list. @returns the number of items, or the reason why the provider did not respond */
async function eachPage<Item>(
  period: PageRequest['period'],
  ask: (page: PageRequest) => PageReply<Item>,
  visit: (items: readonly Item[]) => Promise<string | void>,
): Promise<Result<number, string>> {
  let count = 0;
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const reply: Awaited<PageReply<Item>> = await ask({ period, cursor });
    if (!reply.ok) return reply;
    const problem = await visit(reply.value.items);
    if (typeof problem === 'string') return err(problem);
    count += reply.value.items.length;
    cursor = reply.value.next;
    if (cursor === null) return ok(count);
  }
  return err(`The list of the provider has more than ${MOST_PAGES} pages`);
}

function idsOf(items: readonly { readonly paymentId: string | null }[]): string[] {
  return [...new Set(items.flatMap(({ paymentId }) => (paymentId !== null && isUuid(paymentId) ? [paymentId] : [])))];
}
