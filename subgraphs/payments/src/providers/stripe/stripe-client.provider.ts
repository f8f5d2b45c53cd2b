import Stripe from 'stripe';
import { timeoutOf, type ProviderSecret } from '../../account/provider-secret.ts';

const clients = new Map<string, Stripe>();

/** The cached Stripe client of an account. A client reuses its connections. */
export function stripeClient(secret: ProviderSecret): Stripe {
  const key = `${secret.apiUrl ?? ''} ${secret.secretKey} ${timeoutOf(secret)}`;
  const client = clients.get(key) ?? newClient(secret);
  clients.set(key, client);
  return client;
}

function newClient(secret: ProviderSecret): Stripe {
  const { secretKey, apiUrl } = secret;
  const options = { maxNetworkRetries: 1, timeout: timeoutOf(secret), telemetry: false } as const;
  if (apiUrl === null) return new Stripe(secretKey, options);
  const { hostname, port, protocol } = new URL(apiUrl);
  return new Stripe(secretKey, {
    ...options,
    host: hostname,
    port: port || (protocol === 'https:' ? 443 : 80),
    protocol: protocol === 'https:' ? 'https' : 'http',
  });
}
