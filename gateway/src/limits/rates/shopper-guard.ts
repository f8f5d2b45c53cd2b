import type { RequestContext } from '@souk/kit/context';
import { err, ok } from '@souk/kit/domain';
import type { ReadyOperation } from '../../execution/operation.ts';
import type { Guard } from '../../operations/guard.ts';
import type { Refusals } from '../refusals.ts';
import { argumentText, WatchedRootFields } from '../root-fields.ts';
import type { RateLimitStore } from './rate-limit-store.ts';
import type { RateOptions } from './rate-options.ts';
import { rateError, rateRefusal } from './rate-refusal.ts';
import { isStaff, minuteRule } from './request-rates.ts';

/** Identifiers are short; what is longer names nothing. */
const LONGEST_KEY = 100;

/** How often one shopper may act: by the carts that an operation is about, and by the account of a shopper who is signed in. */
export function shopperGuard(options: RateOptions, store: RateLimitStore, refusals: Refusals): Guard {
  const cartRule = minuteRule('cart', options.shopperPerMinute);
  const accountRule = minuteRule('shopper', options.shopperPerMinute);
  const cartFields = new WatchedRootFields((coordinate) => Object.hasOwn(options.carts, coordinate));

  return async (ready, { context }) => {
    if (isStaff(context)) return ok({});
    for (const [rule, key, points] of countersOf(ready, context)) {
      const state = await store.take(rule, key, points);
      if (state.allowed) continue;
      refusals.count(rule.name);
      const what = rule === cartRule ? 'This cart is asked for and changed' : 'This account sends requests';
      return err(rateError(rateRefusal(rule, state, what)));
    }
    return ok({});
  };

  function countersOf(ready: ReadyOperation, { tenantId, actor }: RequestContext) {
    const carts = Map.groupBy(cartFields.of(ready), (field) => {
      const cart = argumentText(field, options.carts[field.coordinate] ?? '', ready.coerced);
      return cart?.slice(0, LONGEST_KEY).toLowerCase() ?? null;
    });
    return [
      ...[...carts].flatMap(([cart, fields]) =>
        cart === null ? [] : [[cartRule, `${tenantId} ${cart}`, fields.length] as const],
      ),
      ...(actor.kind === 'user' ? [[accountRule, `${tenantId} ${actor.userId}`, 1] as const] : []),
    ];
  }
}
