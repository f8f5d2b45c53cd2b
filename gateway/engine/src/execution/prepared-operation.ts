import type { QueryPlan } from '@apollo/query-planner';
import type { Actor } from '@souk/kit/context';
import { ok, type Result } from '@souk/kit/domain';
import type { GraphQLError } from 'graphql';
import { protectedFields, type ProtectedField } from '../authorization/protected-fields.ts';
import { withoutFields } from '../authorization/redaction.ts';
import { satisfies } from '../authorization/requirements.ts';
import type { CostModel } from '../cost/cost-model.ts';
import { BoundedCache } from '../operation/bounded-cache.ts';
import { NullVariables } from '../operation/null-variables.ts';
import type { OperationContext } from '../operation/operation-context.ts';
import { compilePlan, type CompiledPlan } from '../plan/compiled-plan.ts';
import { conditionVariables, withoutConditions } from '../operation/selection-conditions.ts';
import { AnswerShape } from '../shape/answer-shape.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';

/** The plan of an operation for actors with equal access. */
export interface PlannedOperation {
  readonly plan: QueryPlan;
  /** The operation as the client sent it. */
  readonly shape: OperationContext;
  readonly program: CompiledPlan;
  readonly answer: AnswerShape;
  readonly denied: readonly ProtectedField[];
  /** The labels of `@override` that are in effect. */
  readonly overrides: readonly string[];
}

/** A plan, or the reason why no subgraph can answer the operation. */
type Planned = Result<PlannedOperation, GraphQLError>;

/**
 * The maximum number of cached plans per operation. Few plans are used, because roles differ in few fields, and clients use few
 * combinations of conditions.
 */
const PLANS_PER_OPERATION = 64;

/**
 * A valid operation within the limits, with its plans. There is one plan for each set of denied fields and each combination of `@skip` and
 * `@include` conditions. The conditions are evaluated before planning, because the planner would merge a field's conditions with the
 * conditions of its subfields.
 */
export class PreparedOperation {
  readonly context: OperationContext;
  readonly costs: CostModel;
  readonly nullVariables: NullVariables;
  readonly #supergraph: LoadedSupergraph;
  readonly #protected: readonly ProtectedField[];
  readonly #conditions: readonly string[];
  readonly #plans = new BoundedCache<string, Planned>(PLANS_PER_OPERATION);

  constructor(context: OperationContext, supergraph: LoadedSupergraph) {
    this.context = context;
    this.costs = supergraph.costs;
    this.nullVariables = new NullVariables(context);
    this.#supergraph = supergraph;
    this.#conditions = conditionVariables(context);
    this.#protected = protectedFields(context, supergraph.requirements);
  }

  /**
   * The plan for this actor.
   * @param coerced the variables with their defaults
   * @param overrides the labels of `@override` that are in effect for the request
   * @throws Error when the planner fails
   */
  planFor(actor: Actor, coerced: Readonly<Record<string, unknown>>, overrides: readonly string[] = []): Planned {
    const denied =
      this.#protected.length === 0
        ? this.#protected
        : this.#protected.filter(({ requirement }) => !satisfies(actor, requirement));
    const trueOnes = this.#conditions.length === 0 ? [] : this.#conditions.filter((name) => coerced[name] === true);
    const isPlain = denied.length + trueOnes.length + overrides.length === 0;
    const key = isPlain ? '' : planKey(denied, trueOnes, overrides);
    return this.#plans.get(key) ?? this.#plans.set(key, this.#plan(denied, new Set(trueOnes), overrides));
  }

  #plan(denied: readonly ProtectedField[], trueOnes: ReadonlySet<string>, overrides: readonly string[]): Planned {
    const { planner, executionSchema } = this.#supergraph;
    const coordinates = new Set(denied.map(({ coordinate }) => coordinate));
    const names = planner.namesOf(this.context);
    const visible = denied.length === 0 ? this.context : withoutFields(this.context, coordinates);
    const plan = planner.plan(
      withoutConditions(visible, (name) => trueOnes.has(name)),
      overrides,
      names,
    );
    if (!plan.ok) return plan;
    const answer = new AnswerShape(this.context, { hidden: new Set(denied.map(({ node }) => node)), ...names });
    const program = compilePlan(plan.value, executionSchema);
    return ok({ plan: plan.value, shape: this.context, program, answer, denied, overrides });
  }
}

function planKey(denied: readonly ProtectedField[], trueOnes: readonly string[], overrides: readonly string[]): string {
  return [...trueOnes, '', ...overrides, '', ...new Set(denied.map(({ coordinate }) => coordinate))].join();
}
