import { requireScope, type RequestContext } from '@souk/kit/context';
import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import type { KeysetPage } from '@souk/kit/persistence';
import { PaymentsRead } from '../contract.ts';
import type { PaymentsUnitOfWork } from '../database.ts';
import {
  paymentPage,
  paymentsById,
  paymentsOfOrders,
  transactionsOfPayments,
  type PaymentFilter,
  type PaymentRecord,
  type TransactionRecord,
} from './payment-records.repository.ts';

/**
 * Reads payments. Reads by order id or payment id do not check a scope, because the calling code has checked access to the order or
 * payment.
 */
export class PaymentReader {
  readonly #unitOfWork: PaymentsUnitOfWork;

  constructor(unitOfWork: PaymentsUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  async byIds(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, PaymentRecord>> {
    const rows = await this.#unitOfWork.read(ctx, (tx) => paymentsById(tx, ids));
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The payments of orders, grouped by order id. Orders without a payment are not in the map. */
  async ofOrders(ctx: RequestContext, orderIds: readonly string[]): Promise<ReadonlyMap<string, PaymentRecord[]>> {
    const rows = await this.#unitOfWork.read(ctx, (tx) => paymentsOfOrders(tx, orderIds));
    return Map.groupBy(rows, (row) => row.order_id);
  }

  /** The transactions of payments, grouped by payment id. */
  async transactionsOf(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, TransactionRecord[]>> {
    const rows = await this.#unitOfWork.read(ctx, (tx) => transactionsOfPayments(tx, ids));
    return Map.groupBy(rows, (row) => row.payment_id);
  }

  /** Null when the payment is unknown. @throws AccessDeniedError without the scope `payments:read` */
  async find(ctx: RequestContext, id: string): Promise<PaymentRecord | null> {
    requireScope(ctx, PaymentsRead);
    return (await this.byIds(ctx, [id])).get(id) ?? null;
  }

  /** A page of payments, the newest first. @throws AccessDeniedError without the scope `payments:read` */
  async page(
    ctx: RequestContext,
    page: PageRequest,
    filter: PaymentFilter,
  ): Promise<Result<KeysetPage<PaymentRecord>, InvalidPage>> {
    requireScope(ctx, PaymentsRead);
    return this.#unitOfWork.read(ctx, (tx) => paymentPage(tx, page, filter));
  }
}
