import { defineManifest, defineReader, rsaKey } from '@souk/kit/manifest';
import { OrderPlaced } from '@souk/orders/contract';
import { z } from 'zod';
import * as contract from './contract.ts';

/** Makes the buyer of every order a customer. */
export const customerOfOrderReader = defineReader({ name: 'accounts.customer-of-order', event: OrderPlaced });

const secrets = z.object({
  /** PKCS8 PEM of the RSA key that signs access tokens. */
  signingKeyPem: rsaKey({
    variable: 'SIGNING_KEY_FILE',
    holds: 'the private key (PEM, PKCS8, RSA) that signs access tokens',
  }),
  /** The previous signing key. Tokens that it signed stay valid until they expire. */
  retiredKeyPem: rsaKey({
    variable: 'RETIRED_SIGNING_KEY_FILE',
    holds: 'the key that signed before, whose tokens still count',
  }).optional(),
});
/** A worker receives no key: it signs nothing. */
export type AccountsSettings = Partial<z.infer<typeof secrets>>;

export const accountsManifest = defineManifest({
  name: 'accounts',
  port: 4004,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  readers: [customerOfOrderReader],
  secrets,
  worker: { port: 4014, poolSize: 3 },
  load: async () => (await import('./index.ts')).accounts,
});
