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

/** What stands between clients and the pipeline. */
export interface Protection {
  /** What operations pass before they run, in this order. */
  readonly guards: readonly Guard[];
  /** What HTTP requests pass before they are read; null where none are counted. */
  readonly requests: RequestRates | null;
  /** What was refused, by limit: `tenant`, `address`, `cart`, `shopper`, `cost`, `budget`, and those of sensitive fields. */
  refusals(): RefusalCounts;
}

/** What is protected, and how. */
export interface ProtectionOptions {
  /** Null where operations may cost what they like. */
  readonly cost: CostOptions | null;
  /** Null where nothing is counted over time. */
  readonly rates: RateOptions | null;
  readonly tenants: TenantDirectory | null;
}

/** The limits of a gateway, ready to be asked. */
export function protectionOf({ cost, rates, tenants }: ProtectionOptions): Protection {
  const refusals = new Refusals();
  const store = rates?.store ?? new MemoryRateLimitStore();
  const requests = rates && new RequestRates({ options: rates, store, tenants, refusals });
  const ofRates = rates && requests && [socketRequestGuard(requests), shopperGuard(rates, store, refusals)];
  // Last: a login that something else refuses was no attempt.
  const ofSensitive = rates?.sensitive.map((each) => sensitiveGuard(each, store, refusals));
  const ofCost = cost && costGuard(cost, rates && { options: rates, store, tenants }, refusals);
  return {
    guards: [...(ofRates ?? []), ...(ofCost ? [ofCost] : []), ...(ofSensitive ?? [])],
    requests,
    refusals: () => refusals.counts(),
  };
}
