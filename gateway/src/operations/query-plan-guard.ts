import { prettyFormatQueryPlan } from '@apollo/query-planner';
import { ok } from '@souk/kit/domain';
import { ADMITTED, type Guard } from './guard.ts';

/** The callers who may see query plans. The audience is limited because a plan names subgraphs and their fetches. */
export type QueryPlanAudience = 'EVERYBODY' | 'SIGNED_IN';

/** The header by which a client requests the plan of an operation. Apollo's router uses the same name. */
export const QUERY_PLAN_HEADER = 'apollo-expose-query-plan';

/** Admits every operation, and adds `extensions.queryPlan` for callers who request the plan and may see it. */
export function queryPlanGuard(audience: QueryPlanAudience): Guard {
  return ({ planned }, { context, wantsPlan = false }) => {
    const mayLook = audience === 'EVERYBODY' || context.actor.kind !== 'anonymous';
    return wantsPlan && mayLook ? ok({ extensions: { queryPlan: prettyFormatQueryPlan(planned.plan) } }) : ADMITTED;
  };
}
