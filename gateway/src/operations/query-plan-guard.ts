import { prettyFormatQueryPlan } from '@apollo/query-planner';
import { ok } from '@souk/kit/domain';
import { ADMITTED, type Guard } from './guard.ts';

/** The callers who may see query plans. A plan reveals the names and the fetches of subgraphs. */
export type QueryPlanAudience = 'EVERYBODY' | 'SIGNED_IN';

/** The request header with which a client requests the query plan. Apollo Router uses the same name. */
export const QUERY_PLAN_HEADER = 'apollo-expose-query-plan';

/** Adds `extensions.queryPlan` for callers who request the plan and may see it. Admits every operation. */
export function queryPlanGuard(audience: QueryPlanAudience): Guard {
  return ({ planned }, { context, wantsPlan = false }) => {
    const mayLook = audience === 'EVERYBODY' || context.actor.kind !== 'anonymous';
    return wantsPlan && mayLook ? ok({ extensions: { queryPlan: prettyFormatQueryPlan(planned.plan) } }) : ADMITTED;
  };
}
