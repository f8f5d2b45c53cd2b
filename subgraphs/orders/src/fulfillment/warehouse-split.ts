import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { unitsByLine, type Fulfillment, type LineQuantity } from './fulfillment.ts';

/** The units of an order line that were allocated in one warehouse. */
export interface LineAllocation {
  readonly warehouseId: string;
  readonly quantity: number;
}

/**
 * The fields of an order line that fulfillments need. The sum of `allocations` is `quantity` minus the canceled units and the units that
 * wait for stock.
 */
export interface AllocatedLine {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly allocations: readonly LineAllocation[];
}

/** The units that one warehouse ships. */
export interface WarehouseShare {
  readonly warehouseId: string;
  readonly lines: readonly LineQuantity[];
}

export type SplitFailure = Failure<'NOTHING_TO_FULFILL' | 'FULFILLMENT_QUANTITY_EXCEEDED' | 'NOT_FOUND'>;

/** Units of a line, without its price. */
type LineUnits = { readonly id: string; readonly sku: string; readonly quantity: number };

/** Checks the reply of inventory. @throws Error when the allocations and the units that wait for stock do not cover the lines */
export function requireCovered(
  lines: readonly Omit<LineUnits, 'id'>[],
  reserved: readonly Omit<LineUnits, 'id'>[],
): void {
  const left = new Map<string, number>();
  for (const { sku, quantity } of reserved) left.set(sku, (left.get(sku) ?? 0) + quantity);
  for (const { sku, quantity } of lines) left.set(sku, (left.get(sku) ?? 0) - quantity);
  const wrong = [...left].find(([, units]) => units !== 0);
  if (wrong) throw new Error(`The allocations of ${wrong[0]} do not cover its lines`);
}

/**
 * Divides the allocations of a reservation among the order lines. The allocations are per SKU, and several lines may have the same SKU.
 * Each unit goes to one line. A line gets fewer units than its quantity when the rest waits for stock.
 */
export function allocateToLines(
  lines: readonly LineUnits[],
  allocations: readonly (LineAllocation & { readonly sku: string })[],
): ReadonlyMap<string, LineAllocation[]> {
  const left = allocations.map((allocation) => ({ ...allocation }));
  return new Map(
    lines.map(({ id, sku, quantity }) => {
      const taken = take(
        left.filter((each) => each.sku === sku),
        quantity,
      );
      return [id, taken];
    }),
  );
}

/**
 * Splits the requested units (by default all open units) by warehouse. The open units of a warehouse are its allocation minus the units in
 * its fulfillments. Units of canceled fulfillments are open.
 */
export function splitByWarehouse(
  lines: readonly AllocatedLine[],
  fulfillments: readonly Fulfillment[],
  requested: readonly LineQuantity[] | null,
): Result<WarehouseShare[], SplitFailure> {
  const taken = takeOpenUnits(lines, fulfillments, requested);
  if (!taken.ok) return taken;
  const shares = new Map<string, LineQuantity[]>();
  for (const { orderLineId, warehouseId, quantity } of taken.value) {
    const share = shares.get(warehouseId) ?? [];
    shares.set(warehouseId, share);
    share.push({ orderLineId, quantity });
  }
  if (shares.size === 0)
    return err(
      failure('NOTHING_TO_FULFILL', 'Every unit of this order is canceled, or in a fulfillment already', ['orderId']),
    );
  return ok([...shares].map(([warehouseId, share]) => ({ warehouseId, lines: share })));
}

/** The open units of an order line in one warehouse. */
export interface OpenUnits extends LineQuantity {
  readonly warehouseId: string;
}

/** Units of an order line that can be canceled: in one warehouse, or waiting for stock (`warehouseId` null). */
export interface CancelableUnits extends LineQuantity {
  readonly warehouseId: string | null;
}

/** The units of a line that wait for stock. */
export function waitingUnits({
  quantity,
  canceledQuantity,
  allocations,
}: Pick<AllocatedLine, 'quantity' | 'allocations'> & { readonly canceledQuantity: number }): number {
  return quantity - canceledQuantity - unitsOf(allocations);
}

/** Adds units that waited for stock to the allocations of a line. */
export function withAllocations(
  allocations: readonly LineAllocation[],
  arrived: readonly LineAllocation[],
): LineAllocation[] {
  const units = new Map<string, number>();
  for (const { warehouseId, quantity } of [...allocations, ...arrived])
    units.set(warehouseId, (units.get(warehouseId) ?? 0) + quantity);
  return [...units].map(([warehouseId, quantity]) => ({ warehouseId, quantity }));
}

/** Takes the requested units from the warehouses that hold them. By default takes all units that are not in a fulfillment. */
function takeOpenUnits(
  lines: readonly AllocatedLine[],
  fulfillments: readonly Fulfillment[],
  requested: readonly LineQuantity[] | null,
): Result<OpenUnits[], Failure<'FULFILLMENT_QUANTITY_EXCEEDED' | 'NOT_FOUND'>> {
  return takeUnits(openAllocations(lines, fulfillments), requested);
}

/** Takes units like `takeOpenUnits`, but takes units that wait for stock first. */
export function takeCancelableUnits(
  lines: readonly (AllocatedLine & { readonly canceledQuantity: number })[],
  fulfillments: readonly Fulfillment[],
  requested: readonly LineQuantity[] | null,
): Result<CancelableUnits[], Failure<'FULFILLMENT_QUANTITY_EXCEEDED' | 'NOT_FOUND'>> {
  const open = openAllocations(lines, fulfillments);
  const waiting = lines.map((line) => [line.id, { warehouseId: null, quantity: waitingUnits(line) }] as const);
  return takeUnits(new Map(waiting.map(([id, units]) => [id, [units, ...(open.get(id) ?? [])]])), requested);
}

function takeUnits<Place extends string | null>(
  open: ReadonlyMap<string, OpenAllocation<Place>[]>,
  requested: readonly LineQuantity[] | null,
): Result<(LineQuantity & { readonly warehouseId: Place })[], Failure<'FULFILLMENT_QUANTITY_EXCEEDED' | 'NOT_FOUND'>> {
  const wanted = requested ?? [...open].map(([orderLineId, left]) => ({ orderLineId, quantity: unitsOf(left) }));
  const units: (LineQuantity & { readonly warehouseId: Place })[] = [];
  for (const [index, { orderLineId, quantity }] of wanted.entries()) {
    // Each entry is checked after the units of the previous entry were taken. A line that is requested twice therefore cannot exceed its
    // open units.
    const refused = refusalOf({ orderLineId, quantity }, index, open);
    if (refused) return err(refused);
    units.push(...take(open.get(orderLineId) ?? [], quantity).map((part) => ({ orderLineId, ...part })));
  }
  return ok(units);
}

type OpenAllocation<Place = string> = { readonly warehouseId: Place; quantity: number };

function openAllocations(lines: readonly AllocatedLine[], fulfillments: readonly Fulfillment[]) {
  const counted = fulfillments.filter(({ status }) => status !== 'CANCELED');
  return new Map<string, OpenAllocation[]>(
    lines.map(({ id, allocations }) => [
      id,
      allocations.map(({ warehouseId, quantity }) => {
        const own = counted.filter((fulfillment) => fulfillment.warehouseId === warehouseId);
        const packed = unitsByLine(own, ['PENDING', 'SHIPPED', 'DELIVERED']).get(id) ?? 0;
        return { warehouseId, quantity: quantity - packed };
      }),
    ]),
  );
}

function refusalOf(
  { orderLineId, quantity }: LineQuantity,
  index: number,
  open: ReadonlyMap<string, readonly OpenAllocation<string | null>[]>,
): Failure<'FULFILLMENT_QUANTITY_EXCEEDED' | 'NOT_FOUND'> | null {
  const left = open.get(orderLineId);
  if (!left) return failure('NOT_FOUND', 'The order has no such line', ['lines', String(index), 'orderLineId']);
  if (quantity <= unitsOf(left)) return null;
  return failure('FULFILLMENT_QUANTITY_EXCEEDED', `Only ${unitsOf(left)} units of this line are still open`, [
    'lines',
    String(index),
    'quantity',
  ]);
}

/** Removes units from the front of the list and returns them. The remaining units stay in the list. */
function take<Place>(
  from: readonly OpenAllocation<Place>[],
  quantity: number,
): { readonly warehouseId: Place; readonly quantity: number }[] {
  let missing = quantity;
  return from.flatMap((each) => {
    const part = Math.min(missing, each.quantity);
    missing -= part;
    each.quantity -= part;
    return part > 0 ? [{ warehouseId: each.warehouseId, quantity: part }] : [];
  });
}

function unitsOf(allocations: readonly { readonly quantity: number }[]): number {
  return allocations.reduce((units, { quantity }) => units + quantity, 0);
}
