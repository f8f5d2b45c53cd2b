import { defineManifest } from '@souk/kit/manifest';
import * as contract from './contract.ts';

export const paymentsManifest = defineManifest({
  name: 'payments',
  port: 4005,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  jobs: [{ name: 'payments.recovery' }],
  load: async () => (await import('./index.ts')).payments,
});
