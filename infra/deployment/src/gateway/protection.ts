import { DEFAULT_RATES, DEFAULT_SENSITIVE_RATES, type GatewayOptions, type RateOptions } from '@souk/gateway';

/** How Souk is protected from what comes from outside, as far as whoever runs it decides. */
export interface ProtectionSettings {
  /** Whether clients may read the schema. */
  readonly introspection: boolean;
  /** Addresses and networks of proxies that are believed whom they forward for. */
  readonly trustedProxies: readonly string[];
  /** Of pages that may call `/graphql`. */
  readonly corsOrigins: readonly string[];
  /** That one client address may have open, sockets included. */
  readonly connectionsOfAddress: number;
  /** Points that one operation may cost. */
  readonly maximumCost: number;
  /** Null where nothing is counted over time: behind something that does, and in benchmarks. */
  readonly rates: RateSettings | null;
}

/** All a minute, but logins: failed ones in a quarter of an hour. */
export interface RateSettings {
  readonly plans: Readonly<Record<string, number>>;
  readonly address: number;
  readonly shopper: number;
  readonly loginsOfAccount: number;
  readonly loginsOfAddress: number;
}

/** Where the operations of shoppers name their cart. */
export const CARTS: RateOptions['carts'] = {
  'Query.cart': 'id',
  'Mutation.cartLinesAdd': 'input.cartId',
  'Mutation.cartLinesUpdate': 'input.cartId',
  'Mutation.cartLinesRemove': 'input.cartId',
  'Mutation.cartAddressSet': 'input.cartId',
  'Mutation.cartShippingMethodSet': 'input.cartId',
  'Mutation.checkoutComplete': 'input.cartId',
};

/** What is guessed at: passwords, and tokens that renew a login. */
export const SENSITIVE_FIELDS = {
  login: { 'Mutation.login': 'input.email' },
  tokenRefresh: { 'Mutation.tokenRefresh': null },
} as const;

/** What the gateway is told of it. @param counted where rates are counted; default: in memory. */
export function protectionOptions(
  { introspection, trustedProxies, corsOrigins, connectionsOfAddress, maximumCost, rates }: ProtectionSettings,
  counted: Pick<RateOptions, 'store'> = {},
): Pick<GatewayOptions, 'introspection' | 'http' | 'cost' | 'rates'> {
  return {
    introspection,
    http: { trustedProxies, corsOrigins, maxConnectionsPerAddress: connectionsOfAddress },
    cost: { maximum: maximumCost, report: true },
    rates: rates && { ...rateOptions(rates), ...counted },
  };
}

function rateOptions({ plans, address, shopper, loginsOfAccount, loginsOfAddress }: RateSettings): RateOptions {
  const braked = (limits: { readonly account: number; readonly address: number }) => ({
    countsSuccesses: false,
    perAccount: { ...DEFAULT_SENSITIVE_RATES.perAccount, limit: limits.account },
    perAddress: { ...DEFAULT_SENSITIVE_RATES.perAddress, limit: limits.address },
  });
  const login = braked({ account: loginsOfAccount, address: loginsOfAddress });
  return {
    ...DEFAULT_RATES,
    plans,
    otherPlan: Math.min(...Object.values(plans)),
    addressPerMinute: address,
    shopperPerMinute: shopper,
    carts: CARTS,
    sensitive: [
      { name: 'login', fields: SENSITIVE_FIELDS.login, ...login },
      { name: 'token-refresh', fields: SENSITIVE_FIELDS.tokenRefresh, ...login },
    ],
  };
}
