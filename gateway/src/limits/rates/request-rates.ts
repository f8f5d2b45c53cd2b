import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import type { TenantDirectory } from '../../identity/tenant-directory.ts';
import type { Refusals } from '../refusals.ts';
import { addressKey } from '../../identity/address-key.ts';
import type { RateLimitStore, WindowRule } from './rate-limit-store.ts';
import { staffRate, type RateOptions } from './rate-options.ts';
import { rateHeaders, rateRefusal, type RateRefusal } from './rate-refusal.ts';

/** The sender of a request. */
export interface RequestSender {
  /**
   * The sender's context. Null for a refused sender. Its claims are not verified, so only its client address is
   * counted.
   */
  readonly context: RequestContext | null;
  readonly address: string;
}

export interface RequestRatesDependencies {
  readonly options: RateOptions;
  readonly store: RateLimitStore;
  readonly tenants: TenantDirectory | null;
  readonly refusals: Refusals;
}

type Admitted = Result<Readonly<Record<string, string>>, RateRefusal>;

const MINUTE_MS = 60_000;

/**
 * Limits the requests of tenants and client addresses. A tenant's staff, API keys and apps share one limit, which
 * depends on the tenant's plan. A shopper's request counts only for the shopper's client address, so a busy shop does
 * not lock out its buyers.
 */
export class RequestRates {
  readonly #dependencies: RequestRatesDependencies;
  readonly #address: WindowRule;

  constructor(dependencies: RequestRatesDependencies) {
    this.#dependencies = dependencies;
    this.#address = minuteRule('address', dependencies.options.addressPerMinute);
  }

  /**
   * Counts a request.
   * @returns the rate-limit headers of its answer, or the refusal
   */
  async admit({ context, address }: RequestSender): Promise<Admitted> {
    return context !== null && isStaff(context) ? this.#ofTenant(context) : this.#ofAddress(address);
  }

  async #ofTenant({ tenantId }: RequestContext): Promise<Admitted> {
    const { tenants, options } = this.#dependencies;
    const plan = (await tenants?.planOf?.(tenantId)) ?? null;
    const rule = minuteRule('tenant', staffRate(options, plan));
    return this.#take(
      rule,
      tenantId,
      `The staff and programs of this tenant${plan === null ? '' : ` (plan ${plan})`} send`,
    );
  }

  #ofAddress(address: string): Promise<Admitted> {
    return this.#take(this.#address, addressKey(address), 'This address sends');
  }

  async #take(rule: WindowRule, key: string, what: string): Promise<Admitted> {
    const taken = this.#dependencies.store.take(rule, key, 1);
    const state = taken instanceof Promise ? await taken : taken;
    if (state.allowed) return ok(rateHeaders(rule, state));
    this.#dependencies.refusals.count(rule.name);
    return err(rateRefusal(rule, state, what));
  }
}

/** Whether the caller works for the tenant. Staff have scopes. Shoppers do not have scopes. */
export function isStaff({ actor }: RequestContext): boolean {
  return actor.kind === 'system' || (actor.kind === 'user' && actor.scopes.length > 0);
}

/** A rule of `limit` requests a minute. */
export function minuteRule(name: string, limit: number): WindowRule {
  return { kind: 'WINDOW', name, limit, windowMs: MINUTE_MS };
}
