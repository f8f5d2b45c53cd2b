import type { RequestContext } from '@souk/kit/context';
import { RequestLoader } from '@souk/kit/graphql';
import { presentWarehouse } from './warehouse.presenter.ts';
import type { WarehouseService } from './warehouse.service.ts';
import type { WarehouseType } from './warehouse.types.ts';

/** Loads warehouses that other subgraphs reference, in one statement per request. */
export function warehouseLoader(warehouses: WarehouseService): RequestLoader<string, WarehouseType> {
  return new RequestLoader<string, WarehouseType>(async (ctx: RequestContext, ids) => {
    const found = await warehouses.referenced(ctx, ids);
    return new Map([...found].map(([id, warehouse]) => [id, presentWarehouse(warehouse)]));
  });
}
