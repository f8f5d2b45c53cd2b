import type { RequestContext } from '@souk/kit/context';
import { handleNodeLookup } from '@souk/kit/contracts';
import {
  defineSubgraph,
  type SubgraphDefinition,
  type SubgraphInstance,
  type SubgraphDependencies,
} from '@souk/kit/runtime';
import { AvailabilityService } from './availability/availability.service.ts';
import { ProductVariantStub } from './availability/availability.types.ts';
import { BackorderAllocationService } from './reservation/backorder-allocation.service.ts';
import { ProductVariantResolver } from './stock/product-variant.resolver.ts';
import { FindInventoryNode } from './contract.ts';
import { entities, type InventoryDatabase } from './database.ts';
import { inventoryManifest, type InventorySettings } from './manifest.ts';
import { CartHoldResolver } from './reservation/cart-hold.resolver.ts';
import { CartHoldService } from './reservation/cart-hold.service.ts';
import { ReservationReader } from './reservation/reservation-reader.service.ts';
import { stockCommands } from './reservation/reservation.commands.ts';
import { ReservationResolver } from './reservation/reservation.resolver.ts';
import { ReservationService } from './reservation/reservation.service.ts';
import { ReserveService } from './reservation/reserve.service.ts';
import { CartStub, OrderStub, ReservationType } from './reservation/reservation.types.ts';
import { StockItemResolver } from './stock-item/stock-item.resolver.ts';
import { StockItemService } from './stock-item/stock-item.service.ts';
import type { StockItemSettings } from './stock-item/stock-item.ts';
import { RestockService } from './reservation/restock.service.ts';
import { KnownSkus } from './stock/known-skus.service.ts';
import { StockChangeService } from './stock/stock-change.service.ts';
import { StockImportService, type ImportedStock, type StockImport } from './stock/stock-import.service.ts';
import { StockReader } from './stock/stock-reader.service.ts';
import { StockResolver } from './stock/stock.resolver.ts';
import { userErrorClasses } from './user-errors.ts';
import { warehouseCommands } from './warehouse/warehouse.commands.ts';
import { warehouseLoader } from './warehouse/warehouse.loader.ts';
import { WarehouseResolver } from './warehouse/warehouse.resolver.ts';
import { WarehouseService } from './warehouse/warehouse.service.ts';

/** A stock item to import. */
export type ImportedStockItem = StockItemSettings & { readonly sku: string };

/** The services that the composition root calls. */
export interface InventoryServices {
  /** Imports warehouses and stock, for the demo data. See `StockImportService`. */
  importStock(ctx: RequestContext, stock: StockImport): Promise<ImportedStock>;
  /** Sets how SKUs are sold, for the demo data. */
  importStockItems(ctx: RequestContext, items: readonly ImportedStockItem[]): Promise<void>;
}

/** The subgraph of warehouses, stock levels, the stock ledger and reservations. */
export const inventory: SubgraphDefinition<InventoryDatabase, InventorySettings, InventoryServices> = defineSubgraph({
  manifest: inventoryManifest,
  entities,
  graphql: {
    resolvers: [
      WarehouseResolver,
      StockResolver,
      StockItemResolver,
      ReservationResolver,
      CartHoldResolver,
      ProductVariantResolver,
    ],
    orphanedTypes: [...userErrorClasses, ProductVariantStub, OrderStub, CartStub, ReservationType],
  },
  create,
});

function create({
  unitOfWork,
  commands,
  settings,
}: SubgraphDependencies<InventoryDatabase, InventorySettings>): SubgraphInstance<InventoryDatabase, InventoryServices> {
  const warehouses = new WarehouseService(unitOfWork);
  const stockReader = new StockReader(unitOfWork);
  const reservations = new ReservationService(unitOfWork);
  const imports = new StockImportService(unitOfWork);

  const knownSkus = new KnownSkus(unitOfWork, commands);
  const stockItems = new StockItemService(unitOfWork, knownSkus);
  const cartHolds = new CartHoldService(unitOfWork);
  const backorders = new BackorderAllocationService(unitOfWork);

  const availability = new AvailabilityService(unitOfWork);
  const variantResolver = new ProductVariantResolver(availability, stockReader);
  const reservationReader = new ReservationReader(unitOfWork);
  const reservationResolver = new ReservationResolver(reservationReader);
  const warehouseReferences = warehouseLoader(warehouses);

  return {
    resolvers: [
      new WarehouseResolver(warehouses),
      new StockResolver(stockReader, new StockChangeService(unitOfWork, knownSkus)),
      new StockItemResolver(stockItems),
      reservationResolver,
      new CartHoldResolver(cartHolds),
      variantResolver,
    ],
    references: {
      ProductVariant: ({ sku }, ctx) => variantResolver.referenced(ctx, String(sku)),
      Order: ({ id }) => ({ id }),
      Cart: ({ id }) => ({ id }),
      Reservation: ({ id }, ctx) => reservationResolver.referenced(ctx, String(id)),
      Warehouse: ({ id }, ctx) => warehouseReferences.load(ctx, String(id)),
    },
    commands: [
      ...stockCommands({
        reserving: new ReserveService(unitOfWork),
        cartHolds,
        reservations,
        restocks: new RestockService(unitOfWork),
        availability,
      }),
      ...warehouseCommands(warehouses),
      handleNodeLookup(FindInventoryNode, {
        Reservation: async (ctx, id) => (await reservationReader.byIds(ctx, [id])).has(id),
        Warehouse: (ctx, id) => warehouses.byId(ctx, id),
      }),
    ],
    jobs: [
      {
        name: 'inventory.expire-reservations',
        everyMs: settings.sweepEveryMs ?? 2000,
        run: async () => void (await reservations.expireOverdue()),
      },
      {
        name: 'inventory.allocate-backorders',
        everyMs: settings.sweepEveryMs ?? 2000,
        run: () => backorders.allocateDue(),
      },
    ],
    services: {
      importStock: (ctx, stock) => imports.importStock(ctx, stock),
      importStockItems: (ctx, items) => stockItems.import(ctx, items),
    },
  };
}
