import { defineCommand, defineEvent, defineNodeLookup, defineScope, resultOf } from '@souk/kit/contracts';
import { z } from 'zod';

/** Reads warehouses, stock levels, their ledger and reservations. */
export const StockRead = defineScope({ name: 'stock:read', roles: ['OWNER', 'STAFF'] });

/** Changes warehouses and stock. */
export const StockWrite = defineScope({ name: 'stock:write', roles: ['OWNER', 'STAFF'] });

const quantity = z.int().positive();

/** How many units of a SKU one warehouse holds for a reservation. */
export const stockAllocationSchema = z.object({ sku: z.string(), warehouseId: z.uuid(), quantity });
export type StockAllocation = z.infer<typeof stockAllocationSchema>;

export const reserveErrorSchema = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('INSUFFICIENT_STOCK'),
    shortages: z.array(z.object({ sku: z.string(), requested: quantity, available: z.int().nonnegative() })).min(1),
  }),
  /** The reservation was released, committed or expired before: this id cannot hold stock again. */
  z.object({ code: z.literal('RESERVATION_CLOSED') }),
]);

/**
 * Holds stock for all lines or for none, split over warehouses by their priority. The caller chooses the id; the same id
 * again answers the same allocations.
 */
export const ReserveStock = defineCommand({
  name: 'inventory.reserve',
  version: 1,
  request: z.object({
    reservationId: z.uuid(),
    /** The order that the stock is for; it need not exist yet. */
    orderId: z.uuid(),
    /** Lines of one SKU are added up. */
    lines: z
      .array(z.object({ sku: z.string(), quantity }))
      .min(1)
      .max(500),
    /** How long the stock is held unless it is committed. */
    expiresInSeconds: z.int().positive().max(86_400),
  }),
  reply: resultOf(z.object({ allocations: z.array(stockAllocationSchema) }), reserveErrorSchema),
  idempotent: true,
  callers: ['orders'],
});

/**
 * Gives the held stock back. Without effect on a committed reservation (`released: false`). An id that is unknown is closed, so that
 * a reserve that arrives late cannot hold stock for nobody.
 */
export const ReleaseStock = defineCommand({
  name: 'inventory.release',
  version: 1,
  request: z.object({ reservationId: z.uuid() }),
  reply: z.object({ released: z.boolean() }),
  idempotent: true,
  callers: ['orders'],
});

/** The held stock is sold: it leaves `onHand` and `reserved`. A reservation that expired meanwhile is refused. */
export const CommitStock = defineCommand({
  name: 'inventory.commit',
  version: 1,
  request: z.object({ reservationId: z.uuid() }),
  reply: resultOf(z.object({}), z.object({ code: z.literal('RESERVATION_CLOSED') })),
  idempotent: true,
  callers: ['orders'],
});

/** Sold stock comes back, for instance because its order was canceled before it shipped. The same `restockId` again does nothing. */
export const RestockSold = defineCommand({
  name: 'inventory.restock',
  version: 1,
  request: z.object({
    restockId: z.uuid(),
    orderId: z.uuid(),
    lines: z.array(stockAllocationSchema).min(1).max(500),
    reason: z.string().max(255),
  }),
  reply: z.object({ restocked: z.boolean() }),
  idempotent: true,
  callers: ['orders'],
});

/** How many units can be bought now; nothing is held. A SKU that is not stocked has 0. */
export const CheckStock = defineCommand({
  name: 'inventory.check',
  version: 1,
  request: z.object({ skus: z.array(z.string()).min(1).max(500) }),
  reply: z.object({ available: z.array(z.object({ sku: z.string(), available: z.int().nonnegative() })) }),
  idempotent: true,
  callers: ['orders'],
});

/** How many units of a SKU can be bought changed. `available` is the sum over all active warehouses after the change. */
export const AvailabilityChanged = defineEvent({
  subject: 'inventory.availability.changed',
  version: 1,
  payload: z.object({ sku: z.string(), available: z.int().nonnegative() }),
});

/** Whether the caller may see an entity of this subgraph. */
export const FindInventoryNode = defineNodeLookup('inventory');
