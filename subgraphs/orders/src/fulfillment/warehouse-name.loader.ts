import { NameWarehouses } from '@souk/inventory/contract';
import type { CommandClient } from '@souk/kit/contracts';
import { RequestLoader } from '@souk/kit/graphql';

/** Code and name of a warehouse. */
export interface WarehouseName {
  readonly code: string;
  readonly name: string;
}

export type WarehouseNameLoader = RequestLoader<string, WarehouseName>;

/** Loads codes and names of the warehouses of visible orders, in one command per request. */
export function warehouseNameLoader(commands: CommandClient): WarehouseNameLoader {
  return new RequestLoader(async (ctx, ids) => {
    const { warehouses } = await commands.send(ctx, NameWarehouses, { ids: [...ids] });
    return new Map(warehouses.map(({ id, code, name }) => [id, { code, name }]));
  });
}
