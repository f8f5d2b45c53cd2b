import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersTransaction } from '../database.ts';
import { jsonb } from '../jsonb.repository.ts';
import type { Cart, CartLine } from './cart.ts';
import { unitPriceOf } from './unit-price.ts';

type CartRow = Selectable<OrdersDatabase['cart']>;
type LineRow = Selectable<OrdersDatabase['cart_line']>;

/** The members of a cart that a request to the catalog needs. They are read before the transaction that changes the cart. */
export interface CartOutline {
  readonly currency: string;
  readonly locale: string;
  readonly variantIds: readonly string[];
}

/** Finds the cart. Null when the cart is unknown. */
export async function findCart(tx: OrdersTransaction, id: string): Promise<Cart | null> {
  const row = await cartQuery(tx, id).executeTakeFirst();
  return row ? cartOf(row, await findLines(tx, id)) : null;
}

/** Locks and returns the cart. Null when the cart is unknown. No other transaction can change the cart until this transaction ends. */
export async function lockCart(tx: OrdersTransaction, id: string): Promise<Cart | null> {
  const row = await cartQuery(tx, id).forUpdate().executeTakeFirst();
  // The lines are read in a second statement, because a statement that waited for the lock would still see the lines as they were before
  // the wait.
  return row ? cartOf(row, await findLines(tx, id)) : null;
}

/** Whether a checkout is ordering the locked cart. A checkout that is being compensated will not order the cart, so the cart may change. */
export async function isBeingOrdered({ db, tenantId }: OrdersTransaction, cartId: string): Promise<boolean> {
  const row = await db
    .selectFrom('checkout')
    .where('tenant_id', '=', tenantId)
    .where('cart_id', '=', cartId)
    .where('state', 'not in', ['UNDOING', 'UNDONE', 'COMPLETED'])
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Reads the outline in one statement. Null when the cart is unknown. */
export async function findOutline({ db, tenantId }: OrdersTransaction, id: string): Promise<CartOutline | null> {
  const row = await db
    .selectFrom('cart')
    .where('cart.tenant_id', '=', tenantId)
    .where('cart.id', '=', id)
    .select(({ selectFrom }) => [
      'cart.currency',
      'cart.locale',
      selectFrom('cart_line as line')
        .whereRef('line.tenant_id', '=', 'cart.tenant_id')
        .whereRef('line.cart_id', '=', 'cart.id')
        .select(sql<string[]>`coalesce(array_agg(line.variant_id), '{}')`.as('ids'))
        .as('variant_ids'),
    ])
    .executeTakeFirst();
  return row ? { currency: row.currency, locale: row.locale, variantIds: row.variant_ids ?? [] } : null;
}

/** Adds a cart and its lines, in one statement. */
export async function insertCart(tx: OrdersTransaction, cart: Cart): Promise<void> {
  const { id, currency, version } = cart;
  const row = { tenant_id: tx.tenantId, id, currency, version, ...columnsOf(cart) };
  const opened = tx.db.insertInto('cart').values(row);
  if (cart.lines.length === 0) return void (await opened.execute());
  await tx.db
    .with('opened', () => opened)
    .insertInto('cart_line')
    .values(lineRows(tx, cart))
    .execute();
}

/**
 * Writes the difference between `before`, which must be locked, and `cart` in one statement. Returns the new version. Null when another
 * transaction has deleted the shipping method. Then the caller must roll back.
 */
export async function saveCart(tx: OrdersTransaction, before: Cart, cart: Cart): Promise<number | null> {
  const { tenantId } = tx;
  try {
    const { version } = await writingLines(tx, before, cart)
      .updateTable('cart')
      .set(columnsOf(cart))
      .where('tenant_id', '=', tenantId)
      .where('id', '=', cart.id)
      .returning('version')
      .executeTakeFirstOrThrow();
    return version;
  } catch (error) {
    const isMethodGone = error instanceof Error && Reflect.get(error, 'constraint') === 'cart_shipping_method_fk';
    if (!isMethodGone) throw error;
    return null;
  }
}

/** The id of the order that a cart became. Null when there is no order. */
export async function findOrderOf(tx: OrdersTransaction, id: string): Promise<string | null> {
  return (await cartQuery(tx, id).executeTakeFirst())?.order_id ?? null;
}

/** Marks a cart as completed by its order. */
export async function completeCart({ db, tenantId }: OrdersTransaction, id: string, orderId: string): Promise<void> {
  await db
    .updateTable('cart')
    .set({ status: 'COMPLETED', order_id: orderId })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/**
 * Closes the carts that are still idle. Also deletes their personal data, because a cart that never becomes an order needs none.
 * @returns the number of closed carts
 */
export async function abandonCarts({ db, tenantId }: OrdersTransaction, ids: readonly string[]): Promise<number> {
  const result = await db
    .updateTable('cart')
    .set({ status: 'ABANDONED', email: null, shipping_address: null, billing_address: null })
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .where('status', '=', 'ACTIVE')
    .where('updated_at', '<', sql<Date>`now() - interval '30 days'`)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

function cartQuery({ db, tenantId }: OrdersTransaction, id: string) {
  return db.selectFrom('cart').where('tenant_id', '=', tenantId).where('id', '=', id).selectAll();
}

function findLines({ db, tenantId }: OrdersTransaction, cartId: string): Promise<LineRow[]> {
  return db
    .selectFrom('cart_line')
    .where('tenant_id', '=', tenantId)
    .where('cart_id', '=', cartId)
    .selectAll()
    .orderBy('position')
    .execute();
}

/** The statements for removed, added and changed lines. */
function writingLines(tx: OrdersTransaction, before: Cart, cart: Cart) {
  if (cart.lines === before.lines) return tx.db;
  const removed = tx.db.with('removed', (query) =>
    query
      .deleteFrom('cart_line')
      .where('tenant_id', '=', tx.tenantId)
      .where('cart_id', '=', cart.id)
      .where('id', '<>', sql<string>`all(${cart.lines.map((line) => line.id)}::uuid[])`),
  );
  return cart.lines.length > 0 ? removed.with('saved', () => upsertLines(tx, cart)) : removed;
}

function upsertLines(tx: OrdersTransaction, cart: Cart) {
  return tx.db
    .insertInto('cart_line')
    .values(lineRows(tx, cart))
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet((row) => ({
        position: row.ref('excluded.position'),
        sku: row.ref('excluded.sku'),
        product_id: row.ref('excluded.product_id'),
        product_name: row.ref('excluded.product_name'),
        variant_name: row.ref('excluded.variant_name'),
        options: row.ref('excluded.options'),
        unit_price: row.ref('excluded.unit_price'),
        quantity: row.ref('excluded.quantity'),
      })),
    );
}

function lineRows({ tenantId }: OrdersTransaction, cart: Cart) {
  return cart.lines.map((line, position) => ({
    tenant_id: tenantId,
    id: line.id,
    cart_id: cart.id,
    position,
    variant_id: line.variantId,
    product_id: line.productId,
    sku: line.sku,
    product_name: line.productName,
    variant_name: line.variantName,
    options: jsonb(line.options),
    unit_price: line.unitPrice,
    quantity: line.quantity,
  }));
}

function columnsOf(cart: Cart) {
  return {
    status: cart.status,
    locale: cart.locale,
    email: cart.email,
    shipping_address: cart.shippingAddress && jsonb(cart.shippingAddress),
    billing_address: cart.billingAddress && jsonb(cart.billingAddress),
    shipping_method_id: cart.shippingMethodId,
  };
}

function cartOf(row: CartRow, lines: readonly LineRow[]): Cart {
  return {
    id: row.id,
    status: row.status,
    currency: row.currency,
    locale: row.locale,
    email: row.email,
    shippingAddress: row.shipping_address,
    billingAddress: row.billing_address,
    shippingMethodId: row.shipping_method_id,
    lines: lines.map((line) => lineOf(line, row.currency)),
    version: row.version,
  };
}

function lineOf(row: LineRow, currency: string): CartLine {
  return {
    id: row.id,
    variantId: row.variant_id,
    productId: row.product_id,
    sku: row.sku,
    productName: row.product_name,
    variantName: row.variant_name,
    options: row.options,
    unitPrice: unitPriceOf(row.unit_price, currency),
    quantity: row.quantity,
  };
}
