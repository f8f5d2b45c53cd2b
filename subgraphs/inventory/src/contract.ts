import { defineCommand, defineEvent, defineNodeLookup, defineScope, resultOf } from '@souk/kit/contracts';
import { z } from 'zod';

/** Allows reading warehouses, stock levels, their ledger and reservations. */
export const StockRead = defineScope({ name: 'stock:read', roles: ['OWNER', 'STAFF'] });

/** Allows changing warehouses and stock. */
export const StockWrite = defineScope({ name: 'stock:write', roles: ['OWNER', 'STAFF'] });

const quantity = z.int().positive();

/** The units of a SKU that one warehouse holds for a reservation. */
export const stockAllocationSchema = z.object({ sku: z.string(), warehouseId: z.uuid(), quantity });
export type StockAllocation = z.infer<typeof stockAllocationSchema>;

export const reserveErrorSchema = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('INSUFFICIENT_STOCK'),
    shortages: z.array(z.object({ sku: z.string(), requested: quantity, available: z.int().nonnegative() })).min(1),
  }),
  /** The reservation was released, committed or expired earlier. A reservation id can hold stock only once. */
  z.object({ code: z.literal('RESERVATION_CLOSED') }),
]);

/**
 * Reserves stock for all lines or for none, split over warehouses by their priority. The caller chooses the id. A second command with the
 * same id returns the same allocations.
 */
export const ReserveStock = defineCommand({
  name: 'inventory.reserve',
  version: 1,
  request: z.object({
    reservationId: z.uuid(),
    /** The order for which the stock is reserved. The order may not exist yet. */
    orderId: z.uuid(),
    /** The cart that is ordered. The order takes over the stock that is reserved for the cart. */
    cartId: z.uuid().optional(),
    /** The requested lines. Quantities of lines with equal SKUs are added up. */
    lines: z
      .array(z.object({ sku: z.string(), quantity }))
      .min(1)
      .max(500),
    /** The time after which the reservation expires unless it is committed, in seconds. */
    expiresInSeconds: z.int().positive().max(86_400),
  }),
  reply: resultOf(
    z.object({
      allocations: z.array(stockAllocationSchema),
      /** The units that wait for stock. `BackorderAllocated` is published when they are allocated. @default none */
      backordered: z.array(z.object({ sku: z.string(), quantity })).optional(),
    }),
    reserveErrorSchema,
  ),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Releases the held stock. A committed reservation keeps its units, and the reply is `released: false`.
 * An unknown id is closed. A reserve command that arrives later can therefore not hold stock for an abandoned checkout.
 */
export const ReleaseStock = defineCommand({
  name: 'inventory.release',
  version: 1,
  request: z.object({ reservationId: z.uuid() }),
  reply: z.object({ released: z.boolean() }),
  idempotent: true,
  callers: ['orders'],
});

/** Commits the held stock: the units are subtracted from `onHand` and `reserved`. An expired reservation is refused. */
export const CommitStock = defineCommand({
  name: 'inventory.commit',
  version: 1,
  request: z.object({ reservationId: z.uuid() }),
  reply: resultOf(z.object({}), z.object({ code: z.literal('RESERVATION_CLOSED') })),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Returns committed stock, for instance of an order that was canceled before it shipped, and removes units of the order
 * that wait for stock. A second command with the same `restockId` has no effect.
 */
export const RestockSold = defineCommand({
  name: 'inventory.restock',
  version: 1,
  request: z.object({
    restockId: z.uuid(),
    orderId: z.uuid(),
    lines: z.array(stockAllocationSchema).max(500),
    /** Units that no longer need stock. Units that were allocated meanwhile are not changed. @default none */
    backordered: z
      .array(z.object({ sku: z.string(), quantity }))
      .max(500)
      .optional(),
    reason: z.string().max(255),
  }),
  reply: z.object({ restocked: z.boolean() }),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Reserves the stock of a cart, for the SKUs of the mode RESERVE_ON_CART, in place of the stock that the cart reserved before. The
 * reservation expires after the time of the stock item. A command for an earlier version of the cart changes nothing.
 */
export const HoldCartStock = defineCommand({
  name: 'inventory.hold-for-cart',
  version: 1,
  request: z.object({
    cartId: z.uuid(),
    cartVersion: z.int().positive(),
    /** The lines of the cart. SKUs of other modes are ignored. Without lines, the cart reserves nothing. */
    lines: z.array(z.object({ sku: z.string(), quantity })).max(500),
  }),
  /** The reserved units. They are fewer than requested when the stock does not suffice. */
  reply: z.object({ held: z.array(z.object({ sku: z.string(), quantity })) }),
  idempotent: true,
  callers: ['orders'],
});

/** How the stock of a SKU limits its sale. See the GraphQL enum `StockMode`. */
export const stockModeSchema = z.enum(['NONE', 'TRACK_ONLY', 'RESERVE_ON_ORDER', 'RESERVE_ON_CART']);

/**
 * Returns the number of units that can be bought now, without holding them. A SKU without stock has 0, and a SKU whose stock does not limit
 * the sale has 2147483647.
 */
export const CheckStock = defineCommand({
  name: 'inventory.check',
  version: 1,
  request: z.object({
    skus: z.array(z.string()).min(1).max(500),
    /** The units that are reserved for this cart count as available. */
    cartId: z.uuid().optional(),
  }),
  reply: z.object({
    available: z.array(
      z.object({
        sku: z.string(),
        available: z.int().nonnegative(),
        /** @default RESERVE_ON_ORDER */
        mode: stockModeSchema.optional(),
        /** Units that can be ordered beyond the available units. They wait for stock. @default 0 */
        backorderable: z.int().nonnegative().optional(),
        /** The time at which stock is expected (ISO 8601, UTC). */
        expectedAt: z.iso.datetime().optional(),
      }),
    ),
  }),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Returns the codes and names of warehouses, for a caller who may see an order that ships from them. Unknown warehouses are absent from the
 * reply.
 */
export const NameWarehouses = defineCommand({
  name: 'inventory.name-warehouses',
  version: 1,
  request: z.object({ ids: z.array(z.uuid()).min(1).max(500) }),
  reply: z.object({ warehouses: z.array(z.object({ id: z.uuid(), code: z.string(), name: z.string() })) }),
  idempotent: true,
  callers: ['orders'],
});

/**
 * The available units of a SKU changed. `available` is the sum over all active warehouses after the change. It is
 * 2147483647 when the stock does not limit the sale.
 */
export const AvailabilityChanged = defineEvent({
  subject: 'inventory.availability.changed',
  version: 1,
  payload: z.object({ sku: z.string(), available: z.int().nonnegative() }),
});

/** The available units of a SKU fell to its threshold or below it. Aggregate: the availability of the SKU. */
export const StockLow = defineEvent({
  subject: 'inventory.stock.low',
  version: 1,
  payload: z.object({ sku: z.string(), available: z.int().nonnegative(), threshold: z.int().nonnegative() }),
});

/** Units of an order that waited for stock were taken from the stock of warehouses. Aggregate: the order. */
export const BackorderAllocated = defineEvent({
  subject: 'inventory.backorder.allocated',
  version: 1,
  payload: z.object({ orderId: z.uuid(), allocations: z.array(stockAllocationSchema).min(1) }),
});

/** Returns whether the caller may see an entity of this subgraph. */
export const FindInventoryNode = defineNodeLookup('inventory');
