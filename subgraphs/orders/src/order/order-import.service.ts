import { randomUUID } from 'node:crypto';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { OrdersWrite } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { findOrderSettings } from '../settings/order-settings.repository.ts';
import { agreementOfImport, historyOfImport, type ImportedOrder } from './order-import.ts';
import { placedEventOf } from './order.events.ts';
import { insertOrder, nextOrderNumber } from './order.repository.ts';

/** Imports orders that were placed in the past or in another system. */
export class OrderImportService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * Inserts the new orders in one transaction. Returns the ids of all orders, in the order of the input. Publishes `OrderPlaced` for each
   * new order, because accounts creates customers from this event. Does not publish `OrderChanged`, because the changes happened in the
   * past. Stock and payments do not change.
   * @throws AccessDeniedError without the scope `orders:write`
   * @throws Error when dates or facts contradict each other
   */
  import(ctx: RequestContext, orders: readonly ImportedOrder[]): Promise<string[]> {
    requireScope(ctx, OrdersWrite);
    return this.#unitOfWork.run(ctx, async (tx) => {
      const known = await findImported(
        tx,
        orders.map(({ externalReference }) => externalReference),
      );
      const ids: string[] = [];
      for (const order of orders) ids.push(known.get(order.externalReference) ?? (await this.#insert(tx, order)));
      return ids;
    });
  }

  async #insert(tx: OrdersTransaction, imported: ImportedOrder): Promise<string> {
    const { id = randomUUID(), externalReference, placedAt } = imported;
    const { numberPrefix } = await findOrderSettings(tx);
    const number = `${numberPrefix}${await nextOrderNumber(tx)}`;
    const agreement = agreementOfImport(imported, randomUUID);
    const history = historyOfImport({ id, number }, imported, agreement, randomUUID);
    if (!history.ok) throw new Error(`Order ${externalReference} cannot have happened: ${history.error.message}`);
    await insertOrder(tx, { number, cartId: null, externalReference, placedAt }, agreement, history.value);
    tx.outbox.append(placedEventOf(history.value.order, agreement));
    return id;
  }
}

async function findImported(
  { db, tenantId }: OrdersTransaction,
  references: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('sales_order')
    .where('tenant_id', '=', tenantId)
    .where('external_reference', 'in', references)
    .select(['id', 'external_reference as reference'])
    .execute();
  return new Map(rows.map(({ id, reference }) => [reference ?? '', id]));
}
