import { DEFAULT_RATES, DEFAULT_SENSITIVE_RATES, type GatewayOptions, type RateOptions } from '@souk/gateway';

/** The settings with which an operator protects Souk from abusive clients. */
export interface ProtectionSettings {
  readonly introspection: boolean;
  /** IP addresses and networks of trusted proxies. The gateway trusts the client IP addresses that these proxies forward. */
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may call `/graphql`. */
  readonly corsOrigins: readonly string[];
  /** The maximum number of open connections of one client IP address. Sockets count too. */
  readonly connectionsOfAddress: number;
  /** The maximum cost of one operation, in points. */
  readonly maximumCost: number;
  /** The rate limits. Null disables them, for benchmarks and for servers behind a proxy that limits rates itself. */
  readonly rates: RateSettings | null;
}

/** Rate limits. `plans`, `address` and `shopper` are requests per minute. The two login limits are failed attempts in 15 minutes. */
export interface RateSettings {
  readonly plans: Readonly<Record<string, number>>;
  readonly address: number;
  readonly shopper: number;
  readonly loginsOfAccount: number;
  readonly loginsOfAddress: number;
}

/** The arguments that contain the cart's id in the operations of shoppers. */
export const CARTS: RateOptions['carts'] = {
  'Query.cart': 'id',
  'Mutation.cartMerge': 'input.cartId',
  'Mutation.cartLinesAdd': 'input.cartId',
  'Mutation.cartLinesUpdate': 'input.cartId',
  'Mutation.cartLinesRemove': 'input.cartId',
  'Mutation.cartAddressSet': 'input.cartId',
  'Mutation.cartShippingMethodSet': 'input.cartId',
  'Mutation.cartDiscountCodesSet': 'input.cartId',
  'Mutation.cartTaxIdSet': 'input.cartId',
  'Mutation.cartRemarksSet': 'input.cartId',
  'Query.promotionPreview': 'input.cartId',
  'Mutation.checkoutComplete': 'input.cartId',
  'Mutation.checkoutCancel': 'input.cartId',
};

/** Fields whose arguments attackers try to guess, such as passwords and tokens, and fields that send mails to any e-mail address. */
export const SENSITIVE_FIELDS = {
  login: { 'Mutation.login': 'input.email' },
  tokenRefresh: { 'Mutation.tokenRefresh': null, 'Mutation.invitationAccept': null },
  signUp: { 'Mutation.signUp': 'input.email' },
  accountLink: {
    'Mutation.customerVerify': null,
    'Mutation.passwordReset': null,
    'Mutation.loginLinkUse': null,
    'Mutation.loginVerify': null,
    'Mutation.emailConfirm': null,
  },
  accountMail: {
    'Mutation.customerRegister': 'input.email',
    'Mutation.passwordResetRequest': 'input.email',
    'Mutation.loginLinkRequest': 'input.email',
  },
} as const;

/**
 * The maximum number of attempts to open a shop in an hour: for one e-mail address, and for one client address. Each
 * attempt costs a mail and a password hash.
 */
const SIGN_UP_RATES = {
  perAccount: { limit: 5, windowMs: 60 * 60_000 },
  perAddress: { limit: 20, windowMs: 60 * 60_000 },
} as const;

/** The gateway options for protection. @param counted the store of rate counters. @default in memory */
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
  const limited = (limits: { readonly account: number; readonly address: number }) => ({
    countsSuccesses: false,
    perAccount: { ...DEFAULT_SENSITIVE_RATES.perAccount, limit: limits.account },
    perAddress: { ...DEFAULT_SENSITIVE_RATES.perAddress, limit: limits.address },
  });
  const login = limited({ account: loginsOfAccount, address: loginsOfAddress });
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
      { name: 'account-link', fields: SENSITIVE_FIELDS.accountLink, ...login },
      { name: 'sign-up', fields: SENSITIVE_FIELDS.signUp, ...SIGN_UP_RATES, countsSuccesses: true },
      // Every request sends a mail, so successful requests count too.
      { name: 'account-mail', fields: SENSITIVE_FIELDS.accountMail, ...login, countsSuccesses: true },
    ],
  };
}
