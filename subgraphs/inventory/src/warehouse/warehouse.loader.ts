import { hasScope, type RequestContext } from '@souk/kit/context';
import { RequestLoader } from '@souk/kit/graphql';
import { StockRead } from '../contract.ts';
import { presentWarehouse, presentWarehouseName } from './warehouse.presenter.ts';
import type { WarehouseService } from './warehouse.service.ts';
import type { WarehouseType } from './warehouse.types.ts';

type WarehouseReference = WarehouseType | Pick<WarehouseType, 'id' | 'code' | 'name'>;

/** Loads warehouses to which other subgraphs refer, in one statement per request. */
export function warehouseLoader(warehouses: WarehouseService): RequestLoader<string, WarehouseReference> {
  return new RequestLoader<string, WarehouseReference>(async (ctx: RequestContext, ids) => {
    const found = await warehouses.referenced(ctx, ids);
    const present = hasScope(ctx, StockRead) ? presentWarehouse : presentWarehouseName;
    return new Map([...found].map(([id, warehouse]) => [id, present(warehouse)]));
  });
}
