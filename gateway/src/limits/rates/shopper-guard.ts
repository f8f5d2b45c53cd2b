import type { RequestContext } from '@souk/kit/context';
import { err } from '@souk/kit/domain';
import type { ReadyOperation } from '@souk/engine/execution';
import { ADMITTED, type Guard } from '../../operations/guard.ts';
import type { Refusals } from '../refusals.ts';
import { argumentText, WatchedRootFields, type RootField } from '../root-fields.ts';
import type { Counter, RateLimitStore, WindowRule } from './rate-limit-store.ts';
import type { RateOptions } from './rate-options.ts';
import { rateError, rateRefusal } from './rate-refusal.ts';
import { isStaff, minuteRule } from './request-rates.ts';

/** The maximum length of a cart's id. A longer value cannot be an id. */
const LONGEST_KEY = 100;

/** Limits the operations of one shopper, by the carts in the operation and by the account of a signed-in shopper. */
export function shopperGuard(options: RateOptions, store: RateLimitStore, refusals: Refusals): Guard {
  const cartRule = minuteRule('cart', options.shopperPerMinute);
  const accountRule = minuteRule('shopper', options.shopperPerMinute);
  const cartFields = new WatchedRootFields((coordinate) => Object.hasOwn(options.carts, coordinate));

  return (ready, { context }) => {
    if (isStaff(context)) return ADMITTED;
    const counters = countersOf(ready, context);
    return counters.length === 0 ? ADMITTED : count(counters);
  };

  async function count(counters: readonly Counter<WindowRule>[]) {
    const exhausted = await store.takeAll(counters);
    if (!exhausted) return ADMITTED;
    const { rule, state } = exhausted;
    refusals.count(rule.name);
    const refusal =
      rule === cartRule
        ? rateRefusal(rule, state, 'This cart is asked for or changed', 'times')
        : rateRefusal(rule, state, 'This account sends');
    return err(rateError(refusal));
  }

  function countersOf(ready: ReadyOperation, { tenantId, actor }: RequestContext): readonly Counter<WindowRule>[] {
    const fields = cartFields.of(ready);
    const ofAccount = actor.kind === 'user' ? [[accountRule, `${tenantId} ${actor.userId}`, 1] as const] : [];
    return fields.length === 0 ? ofAccount : [...ofAccount, ...cartCounters(fields, ready, tenantId)];
  }

  function cartCounters(
    fields: readonly RootField[],
    ready: ReadyOperation,
    tenantId: string,
  ): readonly Counter<WindowRule>[] {
    const carts = Map.groupBy(fields, (field) => {
      const cart = argumentText(field, options.carts[field.coordinate] ?? '', ready.coerced);
      return cart?.slice(0, LONGEST_KEY).toLowerCase() ?? null;
    });
    return [...carts].flatMap(([cart, asked]) =>
      cart === null ? [] : [[cartRule, `${tenantId} ${cart}`, asked.length] as const],
    );
  }
}
