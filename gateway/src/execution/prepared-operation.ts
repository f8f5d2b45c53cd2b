import type { QueryPlan } from '@apollo/query-planner';
import type { Actor } from '@souk/kit/context';
import { ok, type Result } from '@souk/kit/domain';
import type { GraphQLError } from 'graphql';
import { protectedFields, type ProtectedField } from '../authorization/protected-fields.ts';
import { withoutFields } from '../authorization/redaction.ts';
import { satisfies } from '../authorization/requirements.ts';
import type { CostModel } from '../limits/cost/cost-model.ts';
import { BoundedCache } from './bounded-cache.ts';
import { NullVariables } from './null-variables.ts';
import type { OperationContext } from './operation-context.ts';
import { compilePlan, type CompiledPlan } from './plan/compiled-plan.ts';
import { AnswerShape } from './shape/answer-shape.ts';
import type { LoadedSupergraph } from './supergraph.ts';

/** An operation as it runs for actors who may see the same. */
export interface PlannedOperation {
  readonly plan: QueryPlan;
  /** The operation as the client sent it. */
  readonly shape: OperationContext;
  /** The plan, ready to run. */
  readonly program: CompiledPlan;
  /** By which answers are put together. */
  readonly answer: AnswerShape;
  readonly denied: readonly ProtectedField[];
  /** The labels of `@override` that hold. */
  readonly overrides: readonly string[];
}

/** An operation that can be run, or why no subgraph can answer it. */
type Planned = Result<PlannedOperation, GraphQLError>;

/** Roles see few different parts of one operation. */
const PLANS_PER_OPERATION = 32;

/** A valid operation within the limits, with its plans: one for each set of fields that some actor may not see. */
export class PreparedOperation {
  readonly context: OperationContext;
  /** What the schema says of the cost of fields. */
  readonly costs: CostModel;
  readonly nullVariables: NullVariables;
  readonly #supergraph: LoadedSupergraph;
  readonly #protected: readonly ProtectedField[];
  readonly #plans = new BoundedCache<string, Planned>(PLANS_PER_OPERATION);

  constructor(context: OperationContext, supergraph: LoadedSupergraph) {
    this.context = context;
    this.costs = supergraph.costs;
    this.nullVariables = new NullVariables(context);
    this.#supergraph = supergraph;
    this.#protected = protectedFields(context, supergraph.requirements);
  }

  /** What runs for this actor, where these labels of `@override` hold. @throws Error when the planner fails. */
  planFor(actor: Actor, overrides: readonly string[] = []): Planned {
    const denied =
      this.#protected.length === 0
        ? this.#protected
        : this.#protected.filter(({ requirement }) => !satisfies(actor, requirement));
    const coordinates = denied.length === 0 ? '' : [...new Set(denied.map(({ coordinate }) => coordinate))].join();
    const key = overrides.length === 0 ? coordinates : `${coordinates} ${overrides.join()}`;
    return this.#plans.get(key) ?? this.#plans.set(key, this.#plan(denied, overrides));
  }

  #plan(denied: readonly ProtectedField[], overrides: readonly string[]): Planned {
    const { planner, executionSchema } = this.#supergraph;
    const coordinates = new Set(denied.map(({ coordinate }) => coordinate));
    const asked = denied.length === 0 ? this.context : withoutFields(this.context, coordinates);
    const plan = planner.plan(asked, overrides);
    if (!plan.ok) return plan;
    const answer = new AnswerShape(this.context, {
      hidden: new Set(denied.map(({ node }) => node)),
      reserved: planner.reserved,
    });
    const program = compilePlan(plan.value, executionSchema);
    return ok({ plan: plan.value, shape: this.context, program, answer, denied, overrides });
  }
}
