import { caseless, err, ok } from '@souk/kit/domain';
import type { ReadyOperation } from '@souk/engine/execution';
import { ADMITTED, type Guard } from '../../operations/guard.ts';
import type { Refusals } from '../refusals.ts';
import { argumentText, WatchedRootFields, type RootField } from '../root-fields.ts';
import { addressKey } from '../../identity/address-key.ts';
import type { Counter, Exhausted, RateLimitStore, WindowRule } from './rate-limit-store.ts';
import type { Rate, SensitiveFields } from './rate-options.ts';
import { rateError, rateRefusal } from './rate-refusal.ts';

/** The maximum length of an email address (RFC 5321). A longer account name is truncated. */
const LONGEST_ACCOUNT = 254;

/** The counters of one attempt, such as a login. The points are given back when the attempt succeeds. */
interface Attempt {
  readonly responseName: string;
  readonly counters: readonly Counter<WindowRule>[];
}

/**
 * Limits guessing: attempts on one account from one client address, and on all accounts from one client address. Every
 * alias is one attempt. All attempts of a request are counted before the first attempt runs. The points of successful
 * attempts are given back, so the limit does not stop an office whose employees log in at the same hour. A refused
 * request takes no points, because no attempt ran. If it took points, an attacker could lock out a user who knows the
 * password.
 */
export function sensitiveGuard(sensitive: SensitiveFields, store: RateLimitStore, refusals: Refusals): Guard {
  const { name, fields, countsSuccesses } = sensitive;
  const accountRule = windowRule(`${name}-account`, sensitive.perAccount);
  const addressRule = windowRule(`${name}-address`, sensitive.perAddress);
  const watched = new WatchedRootFields((coordinate) => Object.hasOwn(fields, coordinate));

  return (ready, { address }) => {
    const found = watched.of(ready);
    return found.length === 0 ? ADMITTED : attempt(found, ready, address);
  };

  async function attempt(found: readonly RootField[], ready: ReadyOperation, address: string) {
    const attempts = found.map((field) => attemptOf(field, ready, addressKey(address)));
    const exhausted = await store.takeAll(attempts.flatMap(({ counters }) => counters));
    if (exhausted) return err(refusalOf(exhausted));
    if (countsSuccesses) return ADMITTED;
    return ok({ onAnswer: (_result: unknown, succeeded: ReadonlySet<string>) => giveBack(attempts, succeeded) });
  }

  function attemptOf(field: RootField, { coerced }: ReadyOperation, from: string): Attempt {
    const path = fields[field.coordinate] ?? null;
    const account = path === null ? null : argumentText(field, path, coerced);
    const ofAccount =
      account === null ? [] : [[accountRule, `${from} ${caseless(account).slice(0, LONGEST_ACCOUNT)}`, 1] as const];
    return { responseName: field.responseName, counters: [...ofAccount, [addressRule, from, 1]] };
  }

  function refusalOf({ rule, state }: Exhausted<WindowRule>) {
    refusals.count(rule.name);
    const whose = rule === accountRule ? 'on this account ' : '';
    return rateError(
      rateRefusal(rule, state, `${name} ${countsSuccesses ? 'was used' : 'failed'} ${whose}from this address`, 'times'),
    );
  }

  /**
   * Gives back the points of the attempts that the subgraph reports as successful. The answer does not prove success,
   * because the client chooses its response names.
   */
  async function giveBack(attempts: readonly Attempt[], succeeded: ReadonlySet<string>): Promise<void> {
    for (const { responseName, counters } of attempts) {
      if (succeeded.has(responseName)) await store.giveBack(counters);
    }
  }
}

function windowRule(name: string, rate: Rate): WindowRule {
  return { kind: 'WINDOW', name, ...rate };
}
