import { defineManifest, settingVariables } from '@souk/kit/manifest';
import { z } from 'zod';
import type { ProviderSecret } from './account/provider-secret.ts';
import * as contract from './contract.ts';

const settings = z.object({
  /** Path of a JSON file with the keys of the tenants' accounts at providers. See `account/provider-secret.ts`. @default no keys */
  secretsFile: z.string().optional().register(settingVariables, { variable: 'PAYMENT_SECRETS_FILE' }),
  /** Additional keys, for processes without a file. @default none */
  secrets: z.custom<readonly ProviderSecret[]>(Array.isArray).optional(),
});
export type PaymentsSettings = z.infer<typeof settings>;

export const paymentsManifest = defineManifest({
  name: 'payments',
  port: 4005,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  jobs: [{ name: 'payments.recovery' }, { name: 'payments.late' }],
  settings,
  load: async () => (await import('./index.ts')).payments,
});
