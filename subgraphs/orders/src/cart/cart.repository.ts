import { fixedStatement } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { OrdersDatabase, OrdersRead, OrdersTransaction } from '../database.ts';
import { MAX_GIFTS, type PossibleGift } from './cart-gifts.ts';
import type { Cart, CartLine } from './cart.ts';
import { unitPriceOf } from './unit-price.ts';

type CartRow = Pick<
  Selectable<OrdersDatabase['cart']>,
  | 'id'
  | 'status'
  | 'customer_id'
  | 'currency'
  | 'locale'
  | 'email'
  | 'shipping_address'
  | 'billing_address'
  | 'shipping_method_id'
  | 'discount_codes'
  | 'savings_minor'
  | 'gifts'
  | 'tax_id'
  | 'tax_adjustment_minor'
  | 'buyer_note'
  | 'purchase_order_number'
  | 'attributes'
  | 'draft_order_id'
  | 'channel_id'
  | 'order_id'
  | 'version'
>;
type LineRow = Omit<Selectable<OrdersDatabase['cart_line']>, 'tenant_id' | 'cart_id' | 'position'>;

/** The fields of a cart that a request to the catalog needs. The fields are read before the transaction that changes the cart. */
export interface CartOutline {
  readonly currency: string;
  readonly locale: string;
  readonly channelId: string | null;
  /** The country of the shipping address. Null while the cart has no address. */
  readonly countryCode: string | null;
  readonly variantIds: readonly string[];
}

const SELECT_CART = `
  select id, status, customer_id, currency, locale, email, shipping_address, billing_address, shipping_method_id, discount_codes, savings_minor,
         gifts, tax_id, tax_adjustment_minor, buyer_note, purchase_order_number, attributes,
         draft_order_id, channel_id, order_id, version
    from cart where tenant_id = $1 and id = $2`;
const cartById = fixedStatement<CartRow>(SELECT_CART);
const cartForUpdate = fixedStatement<CartRow>(`${SELECT_CART} for update`);
const linesOfCart = fixedStatement<LineRow>(`
  select id, variant_id, product_id, sku, product_name, variant_name, options, list_ids, unit_price, includes_tax, tax_category, weight_grams, quantity, staff_price
    from cart_line where tenant_id = $1 and cart_id = $2 order by position`);

/** Null when the cart is unknown. */
export function findCart(tx: OrdersTransaction, id: string): Promise<Cart | null> {
  return readCart(tx, id, cartById);
}

/** Locks and returns the cart until the end of the transaction. Null when the cart is unknown. */
export function lockCart(tx: OrdersTransaction, id: string): Promise<Cart | null> {
  return readCart(tx, id, cartForUpdate);
}

/**
 * Sends two statements in one round trip. A single statement would read the lines before it waits for the row lock, so the lines could be
 * stale.
 */
async function readCart(
  { db, tenantId }: OrdersTransaction,
  id: string,
  select: typeof cartById,
): Promise<Cart | null> {
  const [{ rows }, lines] = await Promise.all([select(db, tenantId, id), linesOfCart(db, tenantId, id)]);
  return rows[0] ? cartOf(rows[0], lines.rows) : null;
}

const runningCheckoutOf = fixedStatement(`
  select from checkout
   where tenant_id = $1 and cart_id = $2 and state not in ('COMPLETED', 'UNDONE') and state <> 'UNDOING'`);

/** Whether a checkout is ordering the locked cart. False during compensation, because that checkout will not place an order. */
export async function isBeingOrdered({ db, tenantId }: OrdersTransaction, cartId: string): Promise<boolean> {
  const { rows } = await runningCheckoutOf(db, tenantId, cartId);
  return rows.length > 0;
}

const outlineOfCart = fixedStatement<{
  currency: string;
  locale: string;
  channel_id: string | null;
  country_code: string | null;
  variant_ids: string[];
  possible_gifts: PossibleGift[] | null;
}>(`
  select currency, locale, channel_id, shipping_address->>'countryCode' as country_code,
         array(select variant_id from cart_line line where line.tenant_id = cart.tenant_id and line.cart_id = cart.id) as variant_ids,
         (select jsonb_agg(gift) from (
           select id as "promotionId", action ->> 'variantId' as "variantId" from promotion
            where tenant_id = $1 and (code is null and active or code = any(coalesce($3::text[],
                    array(select jsonb_array_elements_text(cart.discount_codes)))))
              and action ->> 'type' = 'GIFT'
            order by priority, id limit ${MAX_GIFTS}) gift) as possible_gifts
    from cart where tenant_id = $1 and id = $2`);

/**
 * Reads the outline of a cart and the gifts that its promotions may add, in one statement. Null when the cart is unknown.
 * @param codes the discount codes that the cart will have @default the codes of the cart
 */
export async function findOutline(
  { db, tenantId }: OrdersRead,
  id: string,
  codes: readonly string[] | null = null,
): Promise<(CartOutline & { readonly possibleGifts: readonly PossibleGift[] }) | null> {
  const [row] = (await outlineOfCart(db, tenantId, id, codes)).rows;
  if (!row) return null;
  return {
    currency: row.currency,
    locale: row.locale,
    channelId: row.channel_id,
    countryCode: row.country_code,
    variantIds: row.variant_ids,
    possibleGifts: row.possible_gifts ?? [],
  };
}

// `do update` sets only the columns that can change after the line was added.
const upsertLines = (rows: string) => `
  insert into cart_line (tenant_id, cart_id, id, position, variant_id, product_id, sku, product_name, variant_name, options, list_ids, unit_price,
                         includes_tax, tax_category, weight_grams, quantity, staff_price)
  select $1::uuid, $2::uuid, line.* from jsonb_to_recordset(${rows}::jsonb) as line (id uuid, position integer, variant_id uuid, product_id uuid, sku text,
         product_name text, variant_name text, options jsonb, list_ids jsonb, unit_price numeric, includes_tax boolean, tax_category text, weight_grams integer, quantity integer, staff_price jsonb)
  on conflict (tenant_id, id) do update set
    position = excluded.position, product_id = excluded.product_id, sku = excluded.sku, product_name = excluded.product_name,
    variant_name = excluded.variant_name, options = excluded.options, list_ids = excluded.list_ids, unit_price = excluded.unit_price,
    includes_tax = excluded.includes_tax, tax_category = excluded.tax_category, weight_grams = excluded.weight_grams, quantity = excluded.quantity, staff_price = excluded.staff_price`;
const insertOf = fixedStatement(`
  with opened as (
    insert into cart (tenant_id, id, currency, version, status, locale, email, shipping_address, billing_address, shipping_method_id,
                      discount_codes, savings_minor, tax_id, tax_adjustment_minor, gifts, buyer_note, purchase_order_number, attributes,
                      draft_order_id, customer_id, channel_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10, $11::jsonb, $12, $13, $14, $15::jsonb, $16, $17, $18::jsonb, $20, $21, $22)
  )
  ${upsertLines('$19')}`);

/** Adds a cart and its lines, in one statement. */
export function insertCart(tx: OrdersTransaction, cart: Cart): void {
  const { id, currency, version, draftOrderId, customerId, channelId } = cart;
  const lines = JSON.stringify(cart.lines.map(lineRow));
  const owners = [draftOrderId, customerId, channelId];
  tx.write(insertOf(tx.db, tx.tenantId, id, currency, version, ...columnsOf(cart), lines, ...owners));
}

const UPDATE_CART = `
  update cart set status = $3, locale = $4, email = $5, shipping_address = $6::jsonb, billing_address = $7::jsonb, shipping_method_id = $8,
         discount_codes = $9::jsonb, savings_minor = $10, tax_id = $11, tax_adjustment_minor = $12, gifts = $13::jsonb,
         buyer_note = $14, purchase_order_number = $15, attributes = $16::jsonb
   where tenant_id = $1 and id = $2`;
const updateOf = fixedStatement(UPDATE_CART);
const updateWithLinesOf = fixedStatement(`
  with removed as (
    delete from cart_line where tenant_id = $1 and cart_id = $2 and id = any($18::uuid[])
  ), saved as (${upsertLines('$17')})
  ${UPDATE_CART}`);

/**
 * Writes the difference between the locked cart `before` and `cart` in one statement. Returns the new version. The statement violates
 * `cart_shipping_method_fk` when the shipping method was deleted concurrently.
 */
export function saveCart(tx: OrdersTransaction, before: Cart, cart: Cart): number {
  const { removed, changed } = changedLines(before, cart);
  const values = [tx.tenantId, cart.id, ...columnsOf(cart)];
  const isWithLines = removed.length + changed.length > 0;
  const lines = isWithLines && JSON.stringify(changed);
  tx.write(isWithLines ? updateWithLinesOf(tx.db, ...values, lines, removed) : updateOf(tx.db, ...values));
  return before.version + 1; // set by the trigger `stamp_row`; the row is locked
}

/** The lines to delete and to upsert. Unchanged lines are not written. */
function changedLines(before: Cart, { lines }: Cart): { removed: readonly string[]; changed: readonly LineValues[] } {
  if (lines === before.lines) return { removed: [], changed: [] };
  const known = new Map(before.lines.map((line, position) => [line.id, JSON.stringify(lineRow(line, position))]));
  const ids = new Set(lines.map(({ id }) => id));
  return {
    removed: before.lines.flatMap(({ id }) => (ids.has(id) ? [] : [id])),
    changed: lines.map(lineRow).filter((row) => known.get(row.id) !== JSON.stringify(row)),
  };
}

/** The id of the order that a cart became. Null while the cart is not ordered. */
export async function findOrderOf({ db, tenantId }: OrdersTransaction, id: string): Promise<string | null> {
  const [row] = (await cartById(db, tenantId, id)).rows;
  return row?.order_id ?? null;
}

const completed = fixedStatement(`
  with draft as (
    update draft_order set status = 'PLACED', order_id = $3 where tenant_id = $1 and cart_id = $2 and status = 'DRAFT'
  )
  update cart set status = 'COMPLETED', order_id = $3 where tenant_id = $1 and id = $2 and status = 'ACTIVE'`);

/** Marks an active cart and its draft order as completed by an order. @returns false when the cart is not active */
export async function completeCart({ db, tenantId }: OrdersTransaction, id: string, orderId: string): Promise<boolean> {
  return (await completed(db, tenantId, id, orderId)).numAffectedRows === 1n;
}

/** Closes the carts of draft orders and deletes their personal data. The carts must be locked. */
export async function closeCarts({ db, tenantId }: OrdersTransaction, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('cart')
    .set(CLOSED)
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .where('status', '=', 'ACTIVE')
    .execute();
}

const CLOSED = {
  status: 'ABANDONED',
  email: null,
  shipping_address: null,
  billing_address: null,
  tax_id: null,
  buyer_note: null,
  purchase_order_number: null,
  attributes: sql<never>`'[]'::jsonb`,
} as const;

/**
 * Closes the carts that are still idle and deletes their personal data.
 * @returns the number of closed carts
 */
export async function abandonCarts({ db, tenantId }: OrdersTransaction, ids: readonly string[]): Promise<number> {
  const result = await db
    .updateTable('cart')
    .set(CLOSED)
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .where('status', '=', 'ACTIVE')
    .where('updated_at', '<', sql<Date>`now() - interval '30 days'`)
    .where('draft_order_id', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

type LineValues = ReturnType<typeof lineRow>;

/** The row of a line. Its fields have the column names of `jsonb_to_recordset` in the SQL above. */
function lineRow(line: CartLine, position: number) {
  return {
    id: line.id,
    position,
    variant_id: line.variantId,
    product_id: line.productId,
    sku: line.sku,
    product_name: line.productName,
    variant_name: line.variantName,
    options: line.options,
    list_ids: line.listIds,
    unit_price: line.unitPrice,
    includes_tax: line.includesTax ?? null,
    tax_category: line.taxCategory,
    weight_grams: line.weightGrams,
    quantity: line.quantity,
    staff_price: line.staffPrice,
  };
}

function columnsOf(cart: Cart) {
  const { status, locale, email, shippingAddress, billingAddress, shippingMethodId, discountCodes } = cart;
  const asJson = (address: Cart['shippingAddress']) => address && JSON.stringify(address);
  const choices = [shippingMethodId, JSON.stringify(discountCodes), cart.savingsMinor, cart.taxId];
  const amounts = [cart.taxAdjustmentMinor, JSON.stringify(cart.gifts)];
  const remarks = [cart.buyerNote, cart.purchaseOrderNumber, JSON.stringify(cart.attributes)];
  return [status, locale, email, asJson(shippingAddress), asJson(billingAddress), ...choices, ...amounts, ...remarks];
}

function cartOf(row: CartRow, lines: readonly LineRow[]): Cart {
  return {
    id: row.id,
    status: row.status,
    customerId: row.customer_id,
    channelId: row.channel_id,
    currency: row.currency,
    locale: row.locale,
    email: row.email,
    shippingAddress: row.shipping_address,
    billingAddress: row.billing_address,
    shippingMethodId: row.shipping_method_id,
    discountCodes: row.discount_codes,
    savingsMinor: row.savings_minor,
    taxId: row.tax_id,
    taxAdjustmentMinor: row.tax_adjustment_minor,
    lines: lines.map((line) => lineOf(line, row.currency)),
    gifts: row.gifts,
    buyerNote: row.buyer_note,
    purchaseOrderNumber: row.purchase_order_number,
    attributes: row.attributes,
    draftOrderId: row.draft_order_id,
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
    listIds: row.list_ids,
    unitPrice: unitPriceOf(row.unit_price, currency),
    includesTax: row.includes_tax,
    taxCategory: row.tax_category,
    weightGrams: row.weight_grams,
    quantity: row.quantity,
    staffPrice: row.staff_price,
  };
}
