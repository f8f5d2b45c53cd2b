import type { Client } from 'pg';

/** The stock of a SKU over all warehouses, and the sums of its ledger entries. */
export interface StockBalance {
  readonly onHand: number;
  readonly reserved: number;
  readonly ledgerOnHand: number;
  readonly ledgerReserved: number;
}

/** Reads the tables of all subgraphs directly as the superuser, without the graph. */
export class Books {
  constructor(private readonly admin: Client) {}

  async stockOf(sku: string): Promise<StockBalance> {
    const [balance] = await this.#rows<StockBalance>(
      `select level.on_hand as "onHand", level.reserved,
              ledger.on_hand as "ledgerOnHand", ledger.reserved as "ledgerReserved"
         from (select sum(on_hand)::integer as on_hand, sum(reserved)::integer as reserved
                 from inventory.stock_level where sku = $1) level,
              (select sum(on_hand_delta)::integer as on_hand, sum(reserved_delta)::integer as reserved
                 from inventory.stock_movement where sku = $1) ledger`,
      [sku],
    );
    if (!balance) throw new Error(`The inventory has no stock level of the SKU "${sku}".`);
    return balance;
  }

  ordersOf(sku: string): Promise<number> {
    return this.#count(`select count(distinct order_id)::integer as count from orders.order_line where sku = $1`, [
      sku,
    ]);
  }

  ordersOfCart(cartId: string): Promise<{ id: string; status: string; payment_status: string }[]> {
    return this.#rows('select id, status, payment_status from orders.sales_order where cart_id = $1', [cartId]);
  }

  heldReservations(): Promise<number> {
    return this.#count(`select count(*)::integer as count from inventory.reservation where status = 'HELD'`);
  }

  /** Counts the payments that hold or took money, and whose order does not exist. */
  strayPayments(): Promise<number> {
    return this.#count(
      `select count(*)::integer as count from payments.payment payment
        where status in ('PENDING', 'AUTHORIZED', 'CAPTURED')
          and not exists (select from orders.sales_order placed where placed.id = payment.order_id)`,
    );
  }

  /** Returns the statuses of all payments of an order, including voided and failed payments. */
  async paymentsOf(orderId: string): Promise<string[]> {
    const rows = await this.#rows<{ status: string }>('select status from payments.payment where order_id = $1', [
      orderId,
    ]);
    return rows.map(({ status }) => status);
  }

  /** Returns the statuses of the payments of every checkout of a cart, with or without an order. */
  async paymentsOfCart(cartId: string): Promise<string[]> {
    const rows = await this.#rows<{ status: string }>(
      `select status from payments.payment payment
        where exists (select from orders.checkout where order_id = payment.order_id and cart_id = $1)`,
      [cartId],
    );
    return rows.map(({ status }) => status);
  }

  unfinishedCheckouts(): Promise<number> {
    return this.#count(
      `select count(*)::integer as count from orders.checkout where state not in ('COMPLETED', 'UNDONE')`,
    );
  }

  checkoutsOfCart(cartId: string): Promise<{ id: string }[]> {
    return this.#rows('select id from orders.checkout where cart_id = $1', [cartId]);
  }

  /** Expires the lease of a cart's checkout, so another process may continue the checkout. */
  async endLease(cartId: string): Promise<void> {
    await this.admin.query(`update orders.checkout set lease_until = now() where cart_id = $1`, [cartId]);
  }

  /** Returns every state that the CHECK constraint of the table of checkouts allows. */
  async checkoutStates(): Promise<string[]> {
    const rows = await this.#rows<{ rule: string }>(
      `select pg_get_constraintdef(oid) as rule from pg_constraint
        where conrelid = 'orders.checkout'::regclass and conname = 'checkout_state_check'`,
    );
    return [...(rows[0]?.rule.matchAll(/'([A-Z]+)'/g) ?? [])].map(([, state]) => String(state));
  }

  async #count(query: string, values: readonly unknown[] = []): Promise<number> {
    const [row] = await this.#rows<{ count: number }>(query, values);
    return row?.count ?? 0;
  }

  async #rows<Row extends object>(query: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.admin.query<Row & Record<string, unknown>>(query, [...values])).rows;
  }
}
