import Stripe from 'stripe';
import type { ProviderSecret } from '../../account/provider-secret.ts';

const TIMEOUT_MS = 20_000;
const clients = new Map<string, Stripe>();

/** The cached Stripe client of an account. A client reuses its connections. */
export function stripeClient({ secretKey, apiUrl }: ProviderSecret): Stripe {
  const key = `${apiUrl ?? ''} ${secretKey}`;
  const client = clients.get(key) ?? newClient(secretKey, apiUrl);
  clients.set(key, client);
  return client;
}

/** @param apiUrl the URL of an emulator. Null for Stripe's own URL */
function newClient(secretKey: string, apiUrl: string | null): Stripe {
  const options = { maxNetworkRetries: 1, timeout: TIMEOUT_MS, telemetry: false } as const;
  if (apiUrl === null) return new Stripe(secretKey, options);
  const { hostname, port, protocol } = new URL(apiUrl);
  return new Stripe(secretKey, {
    ...options,
    host: hostname,
    port: port || (protocol === 'https:' ? 443 : 80),
    protocol: protocol === 'https:' ? 'https' : 'http',
  });
}
