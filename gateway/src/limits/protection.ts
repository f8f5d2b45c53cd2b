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

/** The limits that requests and operations pass. */
export interface Protection {
  /** The guards that operations pass before they run, in this order. */
  readonly guards: readonly Guard[];
  /** The rates that HTTP requests pass before they are read. Null without rate limits. */
  readonly requests: RequestRates | null;
  /** The number of refusals by limit: `tenant`, `address`, `cart`, `shopper`, `cost`, `budget`, and the limits of sensitive fields. */
  refusals(): RefusalCounts;
}

export interface ProtectionOptions {
  /** The limits of an operation's cost. With null an operation may have any cost. */
  readonly cost: CostOptions | null;
  /** The rate limits. With null there are none. */
  readonly rates: RateOptions | null;
  readonly tenants: TenantDirectory | null;
}

/** Creates the limits of a gateway. */
export function protectionOf({ cost, rates, tenants }: ProtectionOptions): Protection {
  const refusals = new Refusals();
  const store = rates?.store ?? new MemoryRateLimitStore();
  const requests = rates && new RequestRates({ options: rates, store, tenants, refusals });
  const ofRates = rates && requests && [socketRequestGuard(requests), shopperGuard(rates, store, refusals)];
  // This guard is the last one, so a login that another guard refuses does not count as an attempt.
  const ofSensitive = rates?.sensitive.map((each) => sensitiveGuard(each, store, refusals));
  const ofCost = cost && costGuard(cost, rates && { options: rates, store, tenants }, refusals);
  return {
    guards: [...(ofRates ?? []), ...(ofCost ? [ofCost] : []), ...(ofSensitive ?? [])],
    requests,
    refusals: () => refusals.counts(),
  };
}
