import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { NameWarehouses } from '../contract.ts';
import type { WarehouseService } from './warehouse.service.ts';

/** The handlers of the contract's commands about warehouses. */
export function warehouseCommands(warehouses: WarehouseService): CommandHandler[] {
  return [
    handleCommand(NameWarehouses, async (ctx, { ids }) => {
      const found = await warehouses.named(ctx, ids);
      return { warehouses: [...found.values()].map(({ id, code, name }) => ({ id, code, name })) };
    }),
  ];
}
