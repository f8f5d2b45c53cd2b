import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import type { Actor } from '@souk/kit/context';
import { protectedFields, type ProtectedField } from '../authorization/protected-fields.ts';
import { withHiddenFields, withoutFields } from '../authorization/redaction.ts';
import { satisfies } from '../authorization/requirements.ts';
import type { CostModel } from '../limits/cost/cost-model.ts';
import { BoundedCache } from './bounded-cache.ts';
import { documentOf, type OperationContext } from './operation-context.ts';
import type { LoadedSupergraph } from './supergraph.ts';

/** An operation as it runs for actors who may see the same. */
export interface PlannedOperation {
  readonly plan: QueryPlan;
  /** By which the answer is put together. */
  readonly shape: OperationContext;
  readonly denied: readonly ProtectedField[];
}

/** Roles see few different parts of one operation. */
const PLANS_PER_OPERATION = 32;

/** A valid operation within the limits, with its plans: one for each set of fields that some actor may not see. */
export class PreparedOperation {
  readonly context: OperationContext;
  /** What the schema says of the cost of fields. */
  readonly costs: CostModel;
  readonly #supergraph: LoadedSupergraph;
  readonly #protected: readonly ProtectedField[];
  readonly #plans = new BoundedCache<string, PlannedOperation>(PLANS_PER_OPERATION);

  constructor(context: OperationContext, supergraph: LoadedSupergraph) {
    this.context = context;
    this.costs = supergraph.costs;
    this.#supergraph = supergraph;
    this.#protected = protectedFields(context, supergraph.requirements);
  }

  /** What runs for this actor. @throws GraphQLError when it cannot be planned. */
  planFor(actor: Actor): PlannedOperation {
    const denied = this.#protected.filter(({ requirement }) => !satisfies(actor, requirement));
    const coordinates = new Set(denied.map(({ coordinate }) => coordinate));
    const key = [...coordinates].join();
    return this.#plans.get(key) ?? this.#plans.set(key, this.#plan(denied, coordinates));
  }

  #plan(denied: readonly ProtectedField[], coordinates: ReadonlySet<string>): PlannedOperation {
    const { planner, planningSchema } = this.#supergraph;
    const asked = denied.length === 0 ? this.context : withoutFields(this.context, coordinates);
    const shape = denied.length === 0 ? this.context : withHiddenFields(this.context, coordinates);
    return { plan: planner.buildQueryPlan(operationFromDocument(planningSchema, documentOf(asked))), shape, denied };
  }
}
