import { err, lineTotal, ok, type Failure, type Result } from '@souk/kit/domain';
import type { Cart, CartLine, SoldVariant } from './cart.ts';
import {
  amountTooLarge,
  giftNotChangeable,
  lineNotFound,
  MAX_CART_LINES,
  MAX_LINE_QUANTITY,
  quantityInvalid,
  tooManyLines,
  variantMissing,
  variantRepeated,
  type MissingReason,
} from './cart.errors.ts';
import { staffUnitPrice, type StaffPrice } from './staff-price.ts';
import { unitPriceFor } from './unit-price.ts';

/** Units of a variant that a buyer adds. */
export interface LineDemand {
  readonly variantId: string;
  readonly quantity: number;
}

/** The new quantity of a line. 0 removes the line. */
export interface LineQuantity {
  readonly lineId: string;
  readonly quantity: number;
}

/** The catalog's reply about variants. Each requested variant is in exactly one of the two maps. */
export interface CatalogAnswer {
  readonly found: ReadonlyMap<string, SoldVariant>;
  readonly missing: ReadonlyMap<string, MissingReason>;
}

type Change = Result<Cart, readonly Failure[]>;

/**
 * Appends lines. Adds units to the existing line when the cart has the variant already. Every line gets the current price. The change is
 * atomic. Each invalid line is one failure with the path of the line.
 */
export function addLines(
  cart: Cart,
  demands: readonly LineDemand[],
  catalog: CatalogAnswer,
  newId: () => string,
): Change {
  const failures = demands.flatMap(({ variantId }, index) => {
    const reason = catalog.missing.get(variantId);
    return reason ? [variantMissing(reason, cart.currency, ['lines', String(index), 'variantId'])] : [];
  });
  if (failures.length > 0) return err(failures);
  const lines = new Map(cart.lines.map((line) => [line.variantId, line]));
  for (const [index, { variantId, quantity }] of demands.entries()) {
    const line = lines.get(variantId) ?? newLine(catalog, variantId, newId);
    const more = { ...line, quantity: line.quantity + quantity };
    if (!isQuantity(more.quantity)) failures.push(quantityInvalid(['lines', String(index), 'quantity']));
    lines.set(variantId, more);
  }
  if (failures.length > 0) return err(failures);
  return withinLimits(repriceLines({ ...cart, lines: [...lines.values()] }, catalog));
}

/** A line of a draft order, as staff enter it. */
export interface StaffDemand extends LineDemand {
  readonly staffPrice: StaffPrice | null;
}

/** Replaces all lines of a draft order. A variant that stays keeps its line id. Returns a failure when two lines have the same variant. */
export function replaceLines(
  cart: Cart,
  demands: readonly StaffDemand[],
  catalog: CatalogAnswer,
  newId: () => string,
): Change {
  const variants = demands.map(({ variantId }) => variantId);
  const repeated = variants.flatMap((id, index) =>
    variants.indexOf(id) < index ? [variantRepeated(['lines', String(index), 'variantId'])] : [],
  );
  if (repeated.length > 0) return err(repeated);
  const added = addLines({ ...cart, lines: [] }, demands, catalog, newId);
  if (!added.ok) return added;
  const before = new Map(cart.lines.map(({ variantId, id }) => [variantId, id]));
  const lines = added.value.lines.map((line, index) => ({
    ...line,
    id: before.get(line.variantId) ?? line.id,
    staffPrice: demands[index]?.staffPrice ?? null,
  }));
  return withinLimits(repriceLines({ ...added.value, lines }, catalog));
}

/** Changes the quantities of lines. A quantity of 0 removes the line. Every line gets the current price. */
export function updateLines(cart: Cart, updates: readonly LineQuantity[], catalog: CatalogAnswer): Change {
  const known = new Set(cart.lines.map((line) => line.id));
  const failures = updates.flatMap(({ lineId, quantity }, index) => [
    ...(known.has(lineId) ? [] : [unknownLine(cart, lineId, ['lines', String(index), 'lineId'])]),
    ...(quantity === 0 || isQuantity(quantity) ? [] : [quantityInvalid(['lines', String(index), 'quantity'])]),
  ]);
  if (failures.length > 0) return err(failures);
  const quantities = new Map(updates.map(({ lineId, quantity }) => [lineId, quantity]));
  const lines = cart.lines
    .map((line) => ({ ...line, quantity: quantities.get(line.id) ?? line.quantity }))
    .filter((line) => line.quantity > 0);
  return withinLimits(repriceLines({ ...cart, lines }, catalog));
}

/** Removes lines. The remaining lines get the current prices. */
export function removeLines(cart: Cart, lineIds: readonly string[], catalog: CatalogAnswer): Change {
  const known = new Set(cart.lines.map((line) => line.id));
  const failures = lineIds.flatMap((id, index) =>
    known.has(id) ? [] : [unknownLine(cart, id, ['lineIds', String(index)])],
  );
  if (failures.length > 0) return err(failures);
  const removed = new Set(lineIds);
  return withinLimits({ ...cart, lines: repriceLines(cart, catalog).lines.filter((line) => !removed.has(line.id)) });
}

/**
 * Updates the names and the price of every line. A line whose variant is no longer sold stays unchanged in the cart, and the checkout then
 * fails.
 */
export function repriceLines(cart: Cart, { found }: Pick<CatalogAnswer, 'found'>): Cart {
  return {
    ...cart,
    lines: cart.lines.map((line) => {
      const sold = found.get(line.variantId);
      if (!sold) return line;
      const { tiers: _tiers, ...snapshot } = sold;
      const unitPrice = staffUnitPrice(unitPriceFor(sold, line.quantity), line.staffPrice, cart.currency);
      return { ...line, ...snapshot, unitPrice };
    }),
  };
}

function unknownLine({ gifts }: Cart, lineId: string, field: readonly string[]): Failure {
  return gifts.some(({ id }) => id === lineId) ? giftNotChangeable(field) : lineNotFound(field);
}

function newLine({ found }: CatalogAnswer, variantId: string, newId: () => string): CartLine {
  const sold = found.get(variantId);
  if (!sold) throw new Error(`The catalog's reply lacks variant ${variantId}`);
  const { tiers: _tiers, ...snapshot } = sold;
  return { ...snapshot, id: newId(), quantity: 0, staffPrice: null };
}

function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_LINE_QUANTITY;
}

function withinLimits(cart: Cart): Change {
  if (cart.lines.length > MAX_CART_LINES) return err([tooManyLines()]);
  return isCountable(cart) ? ok(cart) : err([amountTooLarge()]);
}

/** Whether the subtotal is at most half of the largest safe integer. The other half is left for shipping and tax. */
function isCountable({ lines, currency }: Cart): boolean {
  const limit = BigInt(Number.MAX_SAFE_INTEGER) / 2n;
  try {
    const totals = lines.map((line) => BigInt(lineTotal(line.unitPrice, line.quantity, currency).amountMinor));
    return totals.reduce((subtotal, total) => subtotal + total, 0n) <= limit;
  } catch (error) {
    if (error instanceof RangeError) return false; // the total of one line exceeds a safe integer
    throw error;
  }
}
