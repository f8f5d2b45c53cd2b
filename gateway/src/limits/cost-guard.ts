import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import { GraphQLError } from 'graphql';
import type { PreparedOperation } from '@souk/engine/execution';
import { ADMITTED, type Admission, type Guard } from '../operations/guard.ts';
import type { OperationCall } from '../operations/operation-call.ts';
import { addressKey } from '../identity/address-key.ts';
import type { BucketRule, RateLimitStore, RateState } from './rates/rate-limit-store.ts';
import { staffBudget, type Budget, type RateOptions } from './rates/rate-options.ts';
import { isStaff } from './rates/request-rates.ts';
import type { Refusals } from './refusals.ts';
import type { TenantDirectory } from '../identity/tenant-directory.ts';
import { dearestLists, operationCost, type CostDefaults, type DearList, type OperationCost } from '@souk/engine/cost';

/** The limits of one operation's cost. */
export interface CostOptions extends CostDefaults {
  /** The maximum cost of one operation, in points. One point is about the cost of one object in the answer. */
  readonly maximum: number;
  /** Whether answers contain `extensions.cost` with the cost and the remaining points. */
  readonly report: boolean;
}

/** The content of `extensions.cost`. A caller without a budget gets no optional members. */
export interface CostReport {
  readonly requested: number;
  readonly maximum: number;
  /** The points that are left in the caller's budget. */
  readonly remaining?: number;
  /** The points of a full budget. */
  readonly capacity?: number;
  readonly restoredPerSecond?: number;
}

/**
 * The default limits. They admit a query for a page of every list, and queries that cost ten times as much as the
 * queries of our front ends. They refuse an operation that reads the data of an entire shop.
 */
export const DEFAULT_COST: CostOptions = { maximum: 25_000, assumedListSize: 10, report: false };

/** The configuration and the store of callers' budgets. */
export interface Budgets {
  readonly options: RateOptions;
  readonly store: RateLimitStore;
  /** Used to look up the plan of a tenant. */
  readonly tenants: TenantDirectory | null;
}

/** Calculates the cost of an operation before it runs. Refuses an operation that exceeds the maximum or the caller's remaining budget. */
export function costGuard(cost: CostOptions, budgets: Budgets | null, refusals: Refusals): Guard {
  const known = new WeakMap<PreparedOperation, OperationCost>();
  const costOf = (prepared: PreparedOperation) => {
    const worked = known.get(prepared) ?? operationCost(prepared.context, prepared.costs, cost);
    known.set(prepared, worked);
    return worked;
  };
  const spend = budgets && budgetOf(budgets);

  return ({ prepared, coerced }, call) => {
    const operation = costOf(prepared);
    const problem = operation.problem(coerced);
    if (problem !== null) return err(unknownLength(problem));
    const requested = Math.max(0, Math.round(operation.of(coerced)));
    const report: CostReport = { requested, maximum: cost.maximum };
    if (requested > cost.maximum) {
      refusals.count('cost');
      return err(tooDear(report, dearestLists(prepared.context, prepared.costs, cost, coerced)));
    }
    if (!spend) return admittedWith(report);
    const spent = spend(call, requested);
    return spent instanceof Promise ? spent.then((each) => settle(report, each)) : settle(report, spent);
  };

  function settle(report: CostReport, { allowed, left, retryAfterSeconds }: Spent): Result<Admission, GraphQLError> {
    if (allowed) return admittedWith({ ...report, ...left });
    refusals.count('budget');
    return err(overspent({ ...report, ...left }, retryAfterSeconds));
  }

  function admittedWith(report: CostReport): Result<Admission, GraphQLError> {
    return cost.report ? ok({ extensions: { cost: report } }) : ADMITTED;
  }
}

/** The outcome of taking points from a budget. */
interface Spent {
  readonly allowed: boolean;
  /** The seconds until the budget has enough points. Null when the operation costs more than a full budget. */
  readonly retryAfterSeconds: number | null;
  readonly left: Required<Pick<CostReport, 'remaining' | 'capacity' | 'restoredPerSecond'>>;
}

function budgetOf({ options, store, tenants }: Budgets) {
  const user = bucketRule('user-cost', options.userBudget);
  const address = bucketRule('address-cost', options.addressBudget);
  return ({ context, address: from }: OperationCall, points: number): Spent | Promise<Spent> => {
    const key = spenderOf(context);
    if (key === null) return take(address, addressKey(from), points);
    return isStaff(context) ? takeAsStaff(context.tenantId, key, points) : take(user, key, points);
  };

  async function takeAsStaff(tenantId: string, key: string, points: number): Promise<Spent> {
    const plan = (await tenants?.planOf?.(tenantId)) ?? null;
    return take(bucketRule('staff-cost', staffBudget(options, plan)), key, points);
  }

  function take(rule: BucketRule, key: string, points: number): Spent | Promise<Spent> {
    const taken = store.take(rule, key, points);
    return taken instanceof Promise ? taken.then((state) => spentOf(rule, state)) : spentOf(rule, taken);
  }
}

function bucketRule(name: string, budget: Budget): BucketRule {
  return { kind: 'BUCKET', name, ...budget };
}

function spentOf({ capacity, restoredPerSecond }: BucketRule, { allowed, remaining, retryAfterMs }: RateState): Spent {
  const retryAfterSeconds = Number.isFinite(retryAfterMs) ? Math.max(1, Math.ceil(retryAfterMs / 1000)) : null;
  return {
    allowed,
    retryAfterSeconds,
    left: { remaining, capacity, restoredPerSecond: Math.round(restoredPerSecond) },
  };
}

function spenderOf({ tenantId, actor }: RequestContext): string | null {
  if (actor.kind === 'anonymous') return null;
  return `${tenantId} ${actor.kind === 'user' ? actor.userId : actor.name}`;
}

function tooDear(cost: CostReport, lists: readonly DearList[]): GraphQLError {
  const { requested, maximum } = cost;
  return new GraphQLError(`The operation costs ${requested}; at most ${maximum} is allowed. ${remedy(lists)}`, {
    extensions: {
      code: 'OPERATION_TOO_LARGE',
      limit: 'cost',
      actual: requested,
      maximum,
      cost,
      http: { status: 400 },
    },
  });
}

/** The remedy in an error message: the lists whose lengths multiply the cost, and the arguments to lower. */
function remedy(lists: readonly DearList[]): string {
  const sized = lists.filter(({ argument }) => argument !== null);
  if (sized.length === 0) return 'Ask for fewer items, or send several operations';
  const path = lists.map(({ field, argument, length }) =>
    argument === null ? `${field} (${length} items assumed)` : `${field}(${argument}: ${length})`,
  );
  const names = [...new Set(sized.map(({ argument }) => `\`${argument}\``))].join(', ');
  const these = sized.length === 1 ? 'this' : 'one of these';
  const most = `Most of it is ${path.join(' > ')}`;
  return `${most}: give ${these} a smaller ${names} (the default counts where you wrote none), or send several operations`;
}

function overspent(cost: CostReport, retryAfterSeconds: number | null): GraphQLError {
  const wait = retryAfterSeconds === null ? 'make it cheaper' : `wait ${retryAfterSeconds} s, or make it cheaper`;
  return new GraphQLError(
    `The operation costs ${cost.requested}, and you have ${cost.remaining} left, which grow by ${cost.restoredPerSecond} a second: ${wait}`,
    {
      extensions: {
        code: 'RATE_LIMITED',
        limit: 'cost',
        cost,
        ...(retryAfterSeconds !== null && { retryAfterSeconds }),
        http: {
          status: 429,
          headers: retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) },
        },
      },
    },
  );
}

function unknownLength(problem: string): GraphQLError {
  return new GraphQLError(problem, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}
