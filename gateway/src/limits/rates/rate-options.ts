import type { BucketRule, RateLimitStore } from './rate-limit-store.ts';

/** A maximum number of requests in a period. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** Root fields that attackers use for guessing: logins, codes, password resets. */
export interface SensitiveFields {
  /** The name of the counters, such as `login`. Error messages contain the name. */
  readonly name: string;
  /**
   * The guarded fields by coordinate (`Mutation.login`). The value is the path of the argument with the account (`input.email`), or null
   * when the field has no such argument.
   */
  readonly fields: Readonly<Record<string, string | null>>;
  /**
   * Whether successful attempts count. When false, the subgraph reports each success with `markSucceeded`, and the
   * gateway gives the points of the attempt back.
   */
  readonly countsSuccesses: boolean;
  /** The maximum number of attempts, such as logins, on one account from one client address. */
  readonly perAccount: Rate;
  /** The maximum number of attempts, such as logins, on all accounts from one client address. */
  readonly perAddress: Rate;
}

/**
 * All rate limits of a gateway: the limits of tenants, client addresses, carts and shoppers, and the limits against
 * guessing.
 */
export interface RateOptions {
  /**
   * The store of the counts.
   * @default the memory of this process
   */
  readonly store?: RateLimitStore;
  /** The maximum number of requests per minute of a tenant's staff, API keys and apps together, by the tenant's plan. */
  readonly plans: Readonly<Record<string, number>>;
  /** The maximum number of requests per minute for a tenant whose plan is not in `plans`. */
  readonly otherPlan: number;
  /**
   * The maximum number of requests per minute from one client address, without a token or with a shopper's token. Many buyers may share an
   * address.
   */
  readonly addressPerMinute: number;
  /** The maximum number of operations per minute on one cart, and of one signed-in shopper. */
  readonly shopperPerMinute: number;
  /** Fields by coordinate. The value is the path of the argument with the cart's id: `{ 'Mutation.cartLinesAdd': 'input.cartId' }`. */
  readonly carts: Readonly<Record<string, string>>;
  readonly sensitive: readonly SensitiveFields[];
  /**
   * The points of cost that a budget receives for each request of the tenant's plan. Each staff user, API key and app
   * has its own budget. A caller that stays within the plan's rate, and whose operations each cost at most this number,
   * never exceeds its budget.
   */
  readonly staffPointsPerRequest: number;
  /** The budget of one signed-in shopper, in points of cost. */
  readonly userBudget: Budget;
  /** The shared budget of all callers at one client address who have not signed in, in points of cost. */
  readonly addressBudget: Budget;
}

/** A budget of points that is refilled steadily. */
export type Budget = Pick<BucketRule, 'capacity' | 'restoredPerSecond'>;

/**
 * The maximum number of requests per minute of a tenant's staff, API keys and apps together.
 * @param plan the tenant's plan, or null when it is unknown
 */
export function staffRate({ plans, otherPlan }: RateOptions, plan: string | null): number {
  return (plan === null ? undefined : plans[plan]) ?? otherPlan;
}

/** The budget of one staff user. It holds the points of one minute, because a user may send a minute's requests in one burst. */
export function staffBudget(options: RateOptions, plan: string | null): Budget {
  const capacity = staffRate(options, plan) * options.staffPointsPerRequest;
  return { capacity, restoredPerSecond: capacity / 60 };
}

/**
 * The default limits. They are far above every tenant's normal traffic, and protect the platform from attackers. A
 * client address may send 100 requests per second. A page of a shop sends three to five requests, so 100 requests per
 * second are enough for a hundred busy buyers behind one office or carrier address. They are a small part of a
 * process's capacity. The 120 operations per minute on one cart are more than a person can do. This limit stops a
 * script without affecting other buyers at its address. The points per request are the cost of a list of 50 objects
 * with their fields.
 */
export const DEFAULT_RATES: RateOptions = {
  plans: { STARTER: 100, PROFESSIONAL: 500, ENTERPRISE: 2000 },
  otherPlan: 100,
  addressPerMinute: 6000,
  shopperPerMinute: 120,
  carts: {},
  sensitive: [],
  staffPointsPerRequest: 3000,
  userBudget: { capacity: 360_000, restoredPerSecond: 6000 },
  addressBudget: { capacity: 500_000, restoredPerSecond: 20_000 },
};

/**
 * The default limits of logins. A user can try all passwords that the user remembers. An attacker has too few attempts
 * to guess a password.
 */
export const DEFAULT_SENSITIVE_RATES: Pick<SensitiveFields, 'perAccount' | 'perAddress'> = {
  perAccount: { limit: 10, windowMs: 15 * 60_000 },
  perAddress: { limit: 100, windowMs: 15 * 60_000 },
};
