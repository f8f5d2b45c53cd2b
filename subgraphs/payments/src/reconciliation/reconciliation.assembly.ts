import type { Clock } from '@souk/kit/domain';
import type { Logger } from '@souk/kit/runtime';
import type { AccountSource } from '../account/account-source.ts';
import type { PaymentsUnitOfWork } from '../database.ts';
import type { DisputeService } from '../dispute/dispute.service.ts';
import type { LatePayments } from '../late/late-payments.service.ts';
import type { PaymentService } from '../payment/payment.service.ts';
import { LedgerRepair } from './ledger-repair.service.ts';
import { ProviderComparison } from './provider-comparison.service.ts';
import { reconciliationJob } from './reconciliation.job.ts';
import { differenceLoader, ReconciliationResolver } from './reconciliation.resolver.ts';
import { ReconciliationService } from './reconciliation.service.ts';
import type { TransactionSources } from './transaction-source.ts';

interface ReconciliationParts {
  readonly accounts: AccountSource;
  readonly sources: TransactionSources;
  readonly payments: PaymentService;
  readonly late: LatePayments;
  readonly disputes: DisputeService;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Creates the parts that compare ledgers with providers. */
export function createReconciliation(unitOfWork: PaymentsUnitOfWork, parts: ReconciliationParts) {
  const { accounts, sources, payments, late, disputes, clock, logger } = parts;
  const repair = new LedgerRepair(unitOfWork, { payments, late, clock });
  const comparison = new ProviderComparison(unitOfWork, { repair, disputes, clock });
  const service = new ReconciliationService(unitOfWork, { accounts, sources, comparison, clock, logger });
  return {
    job: reconciliationJob(unitOfWork, service, logger),
    resolver: new ReconciliationResolver(service, differenceLoader(service)),
  };
}
