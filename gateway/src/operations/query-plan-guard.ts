import { prettyFormatQueryPlan } from '@apollo/query-planner';
import { ok } from '@souk/kit/domain';
import { ADMITTED, type Guard } from './guard.ts';

/** Who may see how operations are planned: it names subgraphs and what they are asked. */
export type QueryPlanAudience = 'EVERYBODY' | 'SIGNED_IN';

/** Asks for the plan of an operation; the name is that of Apollo's router. */
export const QUERY_PLAN_HEADER = 'apollo-expose-query-plan';

/** Lets everything pass, and shows its plan as `extensions.queryPlan` to those who asked for it and may see it. */
export function queryPlanGuard(audience: QueryPlanAudience): Guard {
  return ({ planned }, { context, wantsPlan = false }) => {
    const mayLook = audience === 'EVERYBODY' || context.actor.kind !== 'anonymous';
    return wantsPlan && mayLook ? ok({ extensions: { queryPlan: prettyFormatQueryPlan(planned.plan) } }) : ADMITTED;
  };
}
