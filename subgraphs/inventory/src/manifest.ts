import { defineManifest, settingVariables } from '@souk/kit/manifest';
import { z } from 'zod';
import * as contract from './contract.ts';

const settings = z.object({
  /** Interval of the jobs that release expired reservations and allocate arrived stock, in milliseconds. @default 2000 */
  sweepEveryMs: z.coerce
    .number('must be a number of milliseconds')
    .int('must be a whole number of milliseconds')
    .positive('must be more than 0 milliseconds')
    .optional()
    .register(settingVariables, { variable: 'INVENTORY_SWEEP_EVERY_MS' }),
});
export type InventorySettings = z.infer<typeof settings>;

export const inventoryManifest = defineManifest({
  name: 'inventory',
  port: 4002,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  jobs: [{ name: 'inventory.expire-reservations' }, { name: 'inventory.allocate-backorders' }],
  settings,
  load: async () => (await import('./index.ts')).inventory,
});
