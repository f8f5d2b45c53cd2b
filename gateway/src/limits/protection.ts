import type { TenantDirectory } from '../identity/tenant-directory.ts';
import type { Guard } from '../operations/guard.ts';
import { costGuard, type CostOptions } from './cost-guard.ts';
import { MemoryRateLimitStore } from './rates/memory-rate-limit-store.ts';
import type { RateOptions } from './rates/rate-options.ts';
import { RequestRates } from './rates/request-rates.ts';
import { sensitiveGuard } from './rates/sensitive-guard.ts';
import { shopperGuard } from './rates/shopper-guard.ts';
import { socketRequestGuard } from './rates/socket-request-guard.ts';
import { Refusals, type RefusalCounts } from './refusals.ts';

/** The limits that apply to the requests and operations of a gateway. */
export interface Protection {
  /** The guards of operations, in the order in which they run. */
  readonly guards: readonly Guard[];
  /** The rate limits of HTTP requests, which are checked before a request is read. Null without rate limits. */
  readonly requests: RequestRates | null;
  /**
   * The number of refusals by limit: `tenant`, `address`, `cart`, `shopper`, `cost`, `budget`, and the limits of
   * sensitive fields, such as `login-account`.
   */
  refusals(): RefusalCounts;
}

export interface ProtectionOptions {
  /** The limits of an operation's cost. With null the cost is unlimited. */
  readonly cost: CostOptions | null;
  /** The rate limits. With null requests are not limited. */
  readonly rates: RateOptions | null;
  readonly tenants: TenantDirectory | null;
}

/** Creates the limits of a gateway. */
export function protectionOf({ cost, rates, tenants }: ProtectionOptions): Protection {
  const refusals = new Refusals();
  const store = rates?.store ?? new MemoryRateLimitStore();
  const requests = rates && new RequestRates({ options: rates, store, tenants, refusals });
  const ofRates = rates && requests && [socketRequestGuard(requests), shopperGuard(rates, store, refusals)];
  // The guards of sensitive fields run last, because a login that another guard refuses must not count as an attempt.
  const ofSensitive = rates?.sensitive.map((each) => sensitiveGuard(each, store, refusals));
  const ofCost = cost && costGuard(cost, rates && { options: rates, store, tenants }, refusals);
  return {
    guards: [...(ofRates ?? []), ...(ofCost ? [ofCost] : []), ...(ofSensitive ?? [])],
    requests,
    refusals: () => refusals.counts(),
  };
}
