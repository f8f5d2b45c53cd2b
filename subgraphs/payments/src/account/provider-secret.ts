import { z } from 'zod';

/**
 * The longest time for one request in milliseconds. It is shorter than the reservation of `CallTurns`, so a second caller cannot send the
 * request while the first request is still running.
 */
const MOST_TIMEOUT_MS = 20_000;

/** The keys of one account at a provider. */
const providerSecret = z.strictObject({
  /** The id of the tenant that may use the keys. `*` allows every tenant, which is only safe for an emulator. */
  tenantId: z.union([z.uuid(), z.literal('*')]),
  /** The name with which a tenant's account settings refer to this entry. */
  name: z.string().min(1).max(100),
  /** The secret key of the provider's API, for Stripe and Paystack `sk_...`, for Flutterwave `FLWSECK-...`. */
  secretKey: z.string().min(1),
  /**
   * The secret that signs the provider's webhooks. For Stripe it is `whsec_...`, for Flutterwave the secret hash. Paystack signs with the
   * secret key instead.
   */
  webhookSecret: z.string().min(1).nullable().default(null),
  /** The base URL of an emulator. @default the provider's own URL */
  apiUrl: z.url().nullable().default(null),
  /** The time in milliseconds after which a request without a response ends. Its outcome is then unknown. @default 20 seconds */
  timeoutMs: z.int().min(1).max(MOST_TIMEOUT_MS).optional(),
});

/** The content of the JSON file at `PAYMENT_SECRETS_FILE`. */
export const providerSecretsSchema = z.array(providerSecret).max(10_000);

export type ProviderSecret = z.infer<typeof providerSecret>;

/** The time in milliseconds after which a request to the provider ends without a response. */
export function timeoutOf({ timeoutMs = MOST_TIMEOUT_MS }: ProviderSecret): number {
  return timeoutMs;
}

/** Finds a secret by its name. The tenant's own secret takes precedence over a secret for all tenants (`*`). Null when neither exists. */
export function secretOf(
  secrets: readonly ProviderSecret[],
  { tenantId, name }: Pick<ProviderSecret, 'tenantId' | 'name'>,
): ProviderSecret | null {
  const named = secrets.filter((each) => each.name === name);
  return named.find((each) => each.tenantId === tenantId) ?? named.find((each) => each.tenantId === '*') ?? null;
}
