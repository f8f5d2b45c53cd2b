import type { BucketRule, RateLimitStore } from './rate-limit-store.ts';

/** A maximum number of requests in a period. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** Root fields that attackers use for guessing: logins, codes, password resets. */
export interface SensitiveFields {
  /** The name of the counters and of errors: `login`. */
  readonly name: string;
  /**
   * The guarded fields by coordinate (`Mutation.login`), each with the argument that names the account (`input.email`), or null without
   * such an argument.
   */
  readonly fields: Readonly<Record<string, string | null>>;
  /**
   * Whether successful attempts count. If they do not count, the subgraph reports successes by `markSucceeded`, and the gateway gives their
   * counts back.
   */
  readonly countsSuccesses: boolean;
  /** The maximum number of attempts on one account from one address. */
  readonly perAccount: Rate;
  /** The maximum number of attempts on all accounts from one address. */
  readonly perAddress: Rate;
}

/** Rate limits. */
export interface RateOptions {
  /**
   * The store of the counts.
   * @default the memory of this process
   */
  readonly store?: RateLimitStore;
  /** The maximum number of requests a minute of a tenant's staff, keys and apps together, by the plan in the tenant directory. */
  readonly plans: Readonly<Record<string, number>>;
  /** The maximum number of requests a minute for a tenant whose plan is not in `plans`. */
  readonly otherPlan: number;
  /**
   * Requests a minute of one client address. Counted are requests without a token or with a shopper's token. Many buyers may share an
   * address.
   */
  readonly addressPerMinute: number;
  /** Operations a minute on one cart, and operations a minute of one signed-in shopper. */
  readonly shopperPerMinute: number;
  /** Fields by coordinate, each with the argument that names a shopper's cart: `{ 'Mutation.cartLinesAdd': 'input.cartId' }`. */
  readonly carts: Readonly<Record<string, string>>;
  readonly sensitive: readonly SensitiveFields[];
  /**
   * Points of cost for each request of the plan. Each staff user, key and app of a tenant has its own budget. A caller never exceeds the
   * budget while its requests stay within the plan's rate and no operation costs more points than this number.
   */
  readonly staffPointsPerRequest: number;
  /** Points of cost that one signed-in shopper may spend. */
  readonly userBudget: Budget;
  /** Points of cost that the callers at one address who have not signed in may spend together. */
  readonly addressBudget: Budget;
}

/** A budget of points that is refilled steadily. */
export type Budget = Pick<BucketRule, 'capacity' | 'restoredPerSecond'>;

/**
 * Requests a minute of a tenant's staff, keys and apps together.
 * @param plan the tenant's plan, or null when it is unknown
 */
export function staffRate({ plans, otherPlan }: RateOptions, plan: string | null): number {
  return (plan === null ? undefined : plans[plan]) ?? otherPlan;
}

/** The budget of one staff user. A user may send a minute's requests at once, so the budget holds a minute's points. */
export function staffBudget(options: RateOptions, plan: string | null): Budget {
  const capacity = staffRate(options, plan) * options.staffPointsPerRequest;
  return { capacity, restoredPerSecond: capacity / 60 };
}

/**
 * The default limits. They are high enough for every tenant's normal traffic, and protect the platform from attackers. An address may send
 * 100 requests a second. A page of a shop sends three to five requests. So the limit is enough for a hundred busy buyers behind the address
 * of an office or a carrier, and is a small part of a process's capacity. A cart may be used 120 times a minute, more than a person can do.
 * This limit stops one script without affecting other buyers at its address. A request of a plan brings the points of a list of 50 objects
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

/** The default limits of logins. A user can try all passwords that the user remembers. An attacker has too few attempts to guess one. */
export const DEFAULT_SENSITIVE_RATES: Pick<SensitiveFields, 'perAccount' | 'perAddress'> = {
  perAccount: { limit: 10, windowMs: 15 * 60_000 },
  perAddress: { limit: 100, windowMs: 15 * 60_000 },
};
