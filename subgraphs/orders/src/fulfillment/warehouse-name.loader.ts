import { NameWarehouses } from '@souk/inventory/contract';
import type { CommandClient } from '@souk/kit/contracts';
import { RequestLoader } from '@souk/kit/graphql';

/** The fields of a warehouse that buyers may see. */
export interface WarehouseName {
  readonly code: string;
  readonly name: string;
}

export type WarehouseNameLoader = RequestLoader<string, WarehouseName>;

/** Loads the codes and names of warehouses with one command per request. The caller must have checked access to the orders. */
export function warehouseNameLoader(commands: CommandClient): WarehouseNameLoader {
  return new RequestLoader(async (ctx, ids) => {
    const { warehouses } = await commands.send(ctx, NameWarehouses, { ids: [...ids] });
    return new Map(warehouses.map(({ id, code, name }) => [id, { code, name }]));
  });
}
