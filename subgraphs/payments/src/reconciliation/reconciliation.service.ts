import { randomUUID } from 'node:crypto';
import { logIds, requireScope, type RequestContext } from '@souk/kit/context';
import {
  err,
  failure,
  ok,
  type Clock,
  type Failure,
  type InvalidPage,
  type PageRequest,
  type Result,
} from '@souk/kit/domain';
import { mutate, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import type { Logger } from '@souk/kit/runtime';
import type { AccountSource } from '../account/account-source.ts';
import type { PaymentProviderName } from '../account/payment-account.ts';
import { PaymentsRead, PaymentsWrite } from '../contract.ts';
import type { PaymentsTransaction, PaymentsUnitOfWork } from '../database.ts';
import type { ProviderComparison } from './provider-comparison.service.ts';
import {
  differencesOf,
  endReconciliation,
  findReconciliation,
  lockDueAccount,
  planNext,
  postponeReconciliation,
  queueReconciliation,
  reconciliationPage,
  takeReconciliation,
  type DifferenceRecord,
  type ReconciliationFilter,
  type ReconciliationRecord,
  type TakenReconciliation,
} from './reconciliation.repository.ts';
import { nextPeriod, periodOf, retryAt } from './reconciliation.ts';
import type { Period, TransactionSources } from './transaction-source.ts';

/** The input of `reconciliationStart`. */
export interface ReconciliationRequest extends MutationInput, Period {
  readonly provider: PaymentProviderName;
}

export interface ReconciliationDependencies {
  readonly accounts: AccountSource;
  readonly sources: TransactionSources;
  readonly comparison: ProviderComparison;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Plans, runs and shows comparisons of the ledger with providers. */
export class ReconciliationService {
  readonly #unitOfWork: PaymentsUnitOfWork;
  readonly #dependencies: ReconciliationDependencies;

  constructor(unitOfWork: PaymentsUnitOfWork, dependencies: ReconciliationDependencies) {
    this.#unitOfWork = unitOfWork;
    this.#dependencies = dependencies;
  }

  /** A page of comparisons. For staff. @throws AccessDeniedError without `payments:read` */
  async page(
    ctx: RequestContext,
    page: PageRequest,
    filter: ReconciliationFilter,
  ): Promise<Result<KeysetPage<ReconciliationRecord>, InvalidPage>> {
    requireScope(ctx, PaymentsRead);
    return this.#unitOfWork.read(ctx, (tx) => reconciliationPage(tx, page, filter));
  }

  /** A comparison. For staff. @throws AccessDeniedError without `payments:read` */
  async find(ctx: RequestContext, id: string): Promise<ReconciliationRecord | null> {
    requireScope(ctx, PaymentsRead);
    return this.queued(ctx, id);
  }

  /** The comparison that the caller has just queued. */
  async queued(ctx: RequestContext, id: string): Promise<ReconciliationRecord | null> {
    return (await this.#unitOfWork.read(ctx, (tx) => findReconciliation(tx, id))) ?? null;
  }

  /** Differences by comparison, at most 100 for each comparison. */
  async differencesOf(
    ctx: RequestContext,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly DifferenceRecord[]>> {
    const rows = await this.#unitOfWork.read(ctx, (tx) => differencesOf(tx, ids));
    return Map.groupBy(rows, (row) => row.reconciliation_id);
  }

  /** Queues a comparison for the job. An equal comparison that waits or runs is returned instead. @throws AccessDeniedError without `payments:write` */
  async start(ctx: RequestContext, input: ReconciliationRequest): Promise<Result<string, Failure>> {
    requireScope(ctx, PaymentsWrite);
    const mutation = { scope: PaymentsWrite, operation: 'reconciliationStart', input };
    const { accounts, sources, clock } = this.#dependencies;
    const { provider } = input;
    // The account is read before the transaction of the mutation, because a second connection inside a transaction can
    // exhaust the pool.
    const account = sources[provider] && (await accounts.find(ctx, provider));
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const period = periodOf(input, clock.now());
      if (!period.ok) return period;
      if (!account) return err(failure('NOT_FOUND', `The shop has no account at ${provider}`, ['provider']));
      return ok(await queueReconciliation(tx, { id: randomUUID(), provider, period: period.value }, clock.now()));
    });
  }

  /** Queues the due comparison of an account, and schedules the next comparison. */
  async plan(ctx: RequestContext, accountId: string): Promise<void> {
    await this.#unitOfWork.run(ctx, (tx) => this.#plan(tx, accountId));
  }

  /** Runs a due comparison. When the provider does not respond, the comparison is retried later. */
  async run(ctx: RequestContext, id: string): Promise<void> {
    const { accounts, sources, comparison, clock } = this.#dependencies;
    const taken = await this.#unitOfWork.run(ctx, (tx) => takeReconciliation(tx, id, clock.now()));
    if (!taken) return;
    const { provider } = taken;
    const source = sources[provider];
    const secret = source && (await accounts.find(ctx, provider))?.secret;
    const compared =
      source && secret
        ? await comparison.run(ctx, taken, { source, secret })
        : err(`The shop has no keys of an account at ${provider}`);
    if (!compared.ok) return this.#postpone(ctx, taken, compared.error);
    const end = { ...compared.value, status: 'COMPLETED', problem: null, at: clock.now() } as const;
    const unrepaired = await this.#unitOfWork.run(ctx, (tx) => endReconciliation(tx, id, end));
    const facts = { ...logIds(ctx), reconciliationId: id, provider, ...compared.value, unrepaired };
    if (unrepaired === 0) this.#dependencies.logger.info(facts, 'payments reconciled');
    else this.#dependencies.logger.warn(facts, 'the ledger of payments differs from the provider, staff must decide');
  }

  async #postpone(
    ctx: RequestContext,
    { id, provider, attempts }: TakenReconciliation,
    problem: string,
  ): Promise<void> {
    const now = this.#dependencies.clock.now();
    const again = retryAt(attempts, now);
    const next = again === null ? 'given up' : 'trying again later';
    this.#dependencies.logger.warn({ ...logIds(ctx), provider, problem }, `payments not reconciled, ${next}`);
    await this.#unitOfWork.run(ctx, async (tx) => {
      if (again !== null) return postponeReconciliation(tx, id, again, problem);
      await endReconciliation(tx, id, { status: 'FAILED', problem, at: now, charges: 0, refunds: 0 });
    });
  }

  async #plan(tx: PaymentsTransaction, accountId: string): Promise<void> {
    const now = this.#dependencies.clock.now();
    const account = await lockDueAccount(tx, accountId, now);
    if (!account) return; // another process was faster
    const { period, next } = nextPeriod(account.until, now);
    const { provider } = account;
    if (this.#dependencies.sources[provider])
      await queueReconciliation(tx, { id: randomUUID(), provider, period }, now);
    await planNext(tx, accountId, { at: next, until: period.to });
  }
}
