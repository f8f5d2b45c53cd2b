import type { Generated } from 'kysely';
import type { Payment, StepKind, Transaction } from './payment/payment.ts';

/** The tables that are read and written past the entities. Amounts are minor units. */
export interface PaymentsDatabase {
  payment: PaymentTable;
  payment_transaction: PaymentTransactionTable;
  closed_payment: ClosedPaymentTable;
  test_provider_charge: TestProviderChargeTable;
}

interface PaymentTable {
  readonly tenant_id: Generated<string>;
  readonly id: string;
  readonly order_id: string;
  readonly provider: Payment['provider'];
  readonly status: Payment['status'];
  readonly currency: string;
  readonly amount_minor: number;
  readonly authorized_minor: number;
  readonly captured_minor: number;
  readonly refunded_minor: number;
  readonly decline_code: string | null;
  readonly created_at: Date;
  readonly created_by: string | null;
  readonly updated_at: Date;
  readonly updated_by: string | null;
  readonly version: number;
}

interface PaymentTransactionTable {
  readonly tenant_id: Generated<string>;
  readonly id: string;
  readonly payment_id: string;
  readonly kind: StepKind;
  readonly status: Transaction['status'];
  readonly amount_minor: number;
  readonly currency: string;
  readonly reason: string | null;
  readonly decline_code: string | null;
  readonly created_at: Date;
}

interface ClosedPaymentTable {
  readonly tenant_id: Generated<string>;
  readonly id: string;
  readonly order_id: string;
}

interface TestProviderChargeTable {
  readonly tenant_id: Generated<string>;
  readonly idempotency_key: string;
  readonly authorization_key: string;
  readonly kind: StepKind;
  readonly amount_minor: number;
  readonly currency: string | null;
  readonly decline_code: string | null;
  readonly reference: string;
}
