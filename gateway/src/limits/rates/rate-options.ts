import type { BucketRule, RateLimitStore } from './rate-limit-store.ts';

/** So many in a period. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** Root fields that are guessed at: logging in, codes, resetting passwords. */
export interface SensitiveFields {
  /** Of the counters and of errors: `login`. */
  readonly name: string;
  /** By coordinate (`Mutation.login`), the argument that says whose account it is about (`input.email`); null for none. */
  readonly fields: Readonly<Record<string, string | null>>;
  /** Whether attempts count that succeed. If not, the subgraph reports them by `markSucceeded`, and their counts are given back. */
  readonly countsSuccesses: boolean;
  /** On one account from one address. */
  readonly perAccount: Rate;
  /** On all accounts from one address. */
  readonly perAddress: Rate;
}

/** How much may be asked in the course of time. */
export interface RateOptions {
  /** Where it is counted. Default: in this process. */
  readonly store?: RateLimitStore;
  /** Requests a minute of a tenant's staff, keys and apps together, by the plan that the tenant directory names. */
  readonly plans: Readonly<Record<string, number>>;
  /** Requests a minute of those of a tenant whose plan is none of these. */
  readonly otherPlan: number;
  /** Requests a minute of one client address without a token, or with a shopper's: many buyers may share it. */
  readonly addressPerMinute: number;
  /** Operations a minute on one cart, and of one signed-in shopper. */
  readonly shopperPerMinute: number;
  /** By coordinate, the argument that names a shopper's cart: `{ 'Mutation.cartLinesAdd': 'input.cartId' }`. */
  readonly carts: Readonly<Record<string, string>>;
  readonly sensitive: readonly SensitiveFields[];
  /**
   * Points of cost that each request of a plan brings to one of the tenant's staff, keys and apps: who sends no more requests than
   * the plan has, and none that is dearer than this, never meets the budget.
   */
  readonly staffPointsPerRequest: number;
  /** Points of cost that one signed-in shopper may spend. */
  readonly userBudget: Budget;
  /** Points of cost that the callers of one address may spend who are not signed in. */
  readonly addressBudget: Budget;
}

/** Points that flow back steadily. */
export type Budget = Pick<BucketRule, 'capacity' | 'restoredPerSecond'>;

/** Requests a minute of a tenant's staff, keys and apps together. @param plan null when it is not known. */
export function staffRate({ plans, otherPlan }: RateOptions, plan: string | null): number {
  return (plan === null ? undefined : plans[plan]) ?? otherPlan;
}

/** What one of them may spend. A minute's requests may come at once, so a minute's points may go at once. */
export function staffBudget(options: RateOptions, plan: string | null): Budget {
  const capacity = staffRate(options, plan) * options.staffPointsPerRequest;
  return { capacity, restoredPerSecond: capacity / 60 };
}

/**
 * What the platform promises its tenants, and what keeps strangers from spoiling it.
 *
 * An address may send 100 requests a second: a page of a shop takes three to five, so that is what a hundred busy buyers behind one
 * office's or carrier's address send, and a small part of what a process serves. A cart may be asked 120 times a minute, since no
 * person does more; that is what stops one script without stopping its neighbours. A request of a plan brings what a list of 50
 * things with their parts costs.
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

/** For logins and the like: enough for somebody who tries all passwords they remember, too little to guess one. */
export const DEFAULT_SENSITIVE_RATES: Pick<SensitiveFields, 'perAccount' | 'perAddress'> = {
  perAccount: { limit: 10, windowMs: 15 * 60_000 },
  perAddress: { limit: 100, windowMs: 15 * 60_000 },
};
