import type { EntityTables, Transaction, UnitOfWork } from '@souk/kit/persistence';
import {
  ClosedPaymentEntity,
  PaymentEntity,
  PaymentStepEntity,
  PaymentTransactionEntity,
} from './payment/payment.entity.ts';
import { PaymentAccountEntity } from './account/payment-account.entity.ts';
import { DisputeMovementEntity, PaymentDisputeEntity } from './dispute/payment-dispute.entity.ts';
import { OpenPageEntity } from './payment/open-page.entity.ts';
import { TestChargeEntity } from './provider/test-charge.entity.ts';

/** The MikroORM entities of this subgraph. `tenancy.test.ts` compares them with the migrated database. */
export const entities = [
  PaymentEntity,
  PaymentStepEntity,
  PaymentTransactionEntity,
  ClosedPaymentEntity,
  TestChargeEntity,
  PaymentAccountEntity,
  OpenPageEntity,
  PaymentDisputeEntity,
  DisputeMovementEntity,
];

/** The tables of the entities, for Kysely. Amounts are in minor units. */
export type PaymentsDatabase = EntityTables<(typeof entities)[number]>;
export type PaymentsTransaction = Transaction<PaymentsDatabase>;
export type PaymentsUnitOfWork = UnitOfWork<PaymentsDatabase>;
