import { DEFAULT_COST, DEFAULT_HTTP, DEFAULT_RATES, DEFAULT_SENSITIVE_RATES, listensOnLoopback } from '@souk/gateway';
import { z } from 'zod';
import type { ProtectionSettings } from '../gateway/protection.ts';
import { isTrustedProxy } from './trusted-proxy.ts';

/** Converts an empty variable to undefined, so it has the same effect as a missing variable. */
const unset = (value: unknown) => (value === '' ? undefined : value);

const onOrOff = (remedy: string) =>
  z.preprocess(unset, z.enum(['on', 'off'], `must be on or off; leave it out for on: ${remedy}`).default('on'));

const count = (fallback: number) => {
  const message = `must be a whole number of 1 or more; leave it out for ${fallback}`;
  return z.preprocess(unset, z.coerce.number(message).int(message).min(1, message).default(fallback));
};

const listOf = (isItem: (item: string) => boolean, message: string) =>
  z.preprocess(
    unset,
    z
      .string()
      .default('')
      .transform((text) => text.split(',').map((each) => each.trim()))
      .transform((items) => items.filter((each) => each !== ''))
      .refine((items) => items.every(isItem), message),
  );

const ORIGIN = /^(\*|loopback|https?:\/\/[^/\s,]+)$/;
const PLAN_RATE = /^[A-Z]+=[1-9]\d*$/;

/** The environment variables that limit requests, connections and origins. */
export const protectionVariables = {
  SOUK_INTROSPECTION: onOrOff('whether clients may read the schema'),
  SOUK_PLAYGROUND: onOrOff('whether /playground is served'),
  SOUK_TRUSTED_PROXIES: listOf(
    isTrustedProxy,
    'must be addresses, or networks with prefixes of 1 to 32 (IPv6: 128), separated by commas, like 10.0.0.0/8,127.0.0.1; or loopback, linklocal, uniquelocal',
  ),
  SOUK_CORS_ORIGINS: listOf(
    (text) => ORIGIN.test(text),
    'must be origins separated by commas, like https://shop.example; or loopback for origins of this machine, or * for all',
  ),
  SOUK_ADDRESS_CONNECTIONS: count(DEFAULT_HTTP.maxConnectionsPerAddress),
  SOUK_MAX_COST: count(DEFAULT_COST.maximum),
  SOUK_RATE_LIMITS: onOrOff('off removes all rate limits, for benchmarks'),
  SOUK_PLAN_RATES: listOf(
    (text) => PLAN_RATE.test(text),
    'must be plans with their requests per minute, like STARTER=100,PROFESSIONAL=500,ENTERPRISE=2000',
  ),
  SOUK_ADDRESS_RATE: count(DEFAULT_RATES.addressPerMinute),
  SOUK_SHOPPER_RATE: count(DEFAULT_RATES.shopperPerMinute),
  SOUK_LOGIN_RATE: count(DEFAULT_SENSITIVE_RATES.perAccount.limit),
  SOUK_LOGIN_ADDRESS_RATE: count(DEFAULT_SENSITIVE_RATES.perAddress.limit),
} as const;

type ProtectionVariables = z.infer<z.ZodObject<typeof protectionVariables>>;

/** Converts the variables to protection settings. @param host the address that the server listens on */
export function protectionSettings(variables: ProtectionVariables, host: string): ProtectionSettings {
  const plans = variables.SOUK_PLAN_RATES.map((each) => each.split('='));
  return {
    introspection: variables.SOUK_INTROSPECTION === 'on',
    trustedProxies: variables.SOUK_TRUSTED_PROXIES,
    corsOrigins: corsOrigins(variables, host),
    connectionsOfAddress: variables.SOUK_ADDRESS_CONNECTIONS,
    maximumCost: variables.SOUK_MAX_COST,
    rates:
      variables.SOUK_RATE_LIMITS === 'off'
        ? null
        : {
            plans: { ...DEFAULT_RATES.plans, ...Object.fromEntries(plans.map(([name, rate]) => [name, Number(rate)])) },
            address: variables.SOUK_ADDRESS_RATE,
            shopper: variables.SOUK_SHOPPER_RATE,
            loginsOfAccount: variables.SOUK_LOGIN_RATE,
            loginsOfAddress: variables.SOUK_LOGIN_ADDRESS_RATE,
          },
  };
}

/** The allowed origins. A server that listens only on this machine allows pages of this machine, unless SOUK_CORS_ORIGINS is set. */
function corsOrigins(variables: ProtectionVariables, host: string): readonly string[] {
  const { SOUK_CORS_ORIGINS: named, SOUK_TRUSTED_PROXIES: proxies } = variables;
  return named.length === 0 && proxies.length === 0 && listensOnLoopback(host) ? ['loopback'] : named;
}
