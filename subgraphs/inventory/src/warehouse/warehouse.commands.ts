import { handleCommand, type CommandHandler } from '@souk/kit/contracts';
import { NameWarehouses } from '../contract.ts';
import type { WarehouseService } from './warehouse.service.ts';

/** Handles the commands of `contract.ts` about warehouses. */
export function warehouseCommands(warehouses: WarehouseService): CommandHandler[] {
  return [
    handleCommand(NameWarehouses, async (ctx, { ids }) => {
      const found = await warehouses.named(ctx, ids);
      return { warehouses: [...found.values()].map(({ id, code, name }) => ({ id, code, name })) };
    }),
  ];
}
