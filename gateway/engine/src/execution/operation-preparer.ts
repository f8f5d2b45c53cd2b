import type { Actor } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import { getVariableValues, GraphQLError, Kind, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { withNearestNumbers } from '../json/exact-numbers.ts';
import { exceededLimit, type OperationLimits } from '../operation/operation-limits.ts';
import { operationContext } from '../operation/operation-context.ts';
import type { OperationRequest, ReadyOperation } from './operation.ts';
import { PreparedOperation } from './prepared-operation.ts';
import { ProgressiveOverrides } from '../supergraph/progressive-overrides.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';

type Prepared = Result<PreparedOperation, GraphQLError>;

/**
 * The maximum number of errors about variables, as in graphql-js. The limit keeps a list of a hundred thousand wrong values from causing a
 * hundred thousand errors.
 */
const VARIABLE_ERRORS = 50;

const NO_VARIABLES: ReturnType<typeof getVariableValues> = { coerced: {} };

/** Prepares operations. The parts that do not depend on variables or the actor are calculated once. */
export class OperationPreparer {
  readonly #supergraph: LoadedSupergraph;
  readonly #limits: OperationLimits;
  readonly #overrides: ProgressiveOverrides;
  readonly #coercion: NonNullable<Parameters<typeof getVariableValues>[3]>;
  /** Prepared operations by document and operation name. An entry lives as long as its document. */
  readonly #prepared = new WeakMap<DocumentNode, Map<string | null, Prepared>>();

  /** @param hideSuggestions whether error messages omit "Did you mean", which reveals names of the schema */
  constructor(
    supergraph: LoadedSupergraph,
    limits: OperationLimits,
    hideSuggestions = false,
    overrides = new ProgressiveOverrides(supergraph.overrideLabels),
  ) {
    this.#overrides = overrides;
    this.#coercion = { maxErrors: VARIABLE_ERRORS, hideSuggestions };
    this.#supergraph = supergraph;
    this.#limits = limits;
  }

  /**
   * Checks limits, variables and authorization, and plans the operation.
   * @returns the operation to run, or the errors that the client must correct
   */
  ready(request: OperationRequest): Result<ReadyOperation, readonly GraphQLError[]> {
    const prepared = this.#prepare(request.document, request.operationName ?? null);
    if (!prepared.ok) return err([prepared.error]);
    const { operation, schema } = prepared.value.context;
    const definitions = operation.variableDefinitions ?? [];
    const { errors, coerced } =
      definitions.length === 0
        ? NO_VARIABLES
        : getVariableValues(schema, definitions, withNearestNumbers(request.variables), this.#coercion);
    if (errors) return err(errors.map(badVariable));
    const refused = prepared.value.nullVariables.refusal(coerced);
    if (refused) return err([refused]);
    const overrides = this.#overrides.heldFor(request.context.requestId);
    const planned = prepared.value.planFor(request.context.actor, coerced, overrides);
    if (!planned.ok) return err([planned.error]);
    return ok({ request, kind: operation.operation, prepared: prepared.value, planned: planned.value, coerced });
  }

  /**
   * Plans the operations of a document in advance, for these callers and without variables.
   * @returns the errors of operations that cannot run
   * @throws Error when the planner fails
   */
  warm(document: DocumentNode, actors: readonly Actor[]): readonly GraphQLError[] {
    return operationsOf(document).flatMap((operation) => {
      const prepared = this.#prepare(document, operation.name?.value ?? null);
      const defaults = trueByDefault(operation);
      const plans = actors.map((actor) => (prepared.ok ? prepared.value.planFor(actor, defaults) : prepared));
      return plans.flatMap((plan) => (plan.ok ? [] : [plan.error]));
    });
  }

  #prepare(document: DocumentNode, operationName: string | null): Prepared {
    const byName = this.#prepared.get(document) ?? new Map<string | null, Prepared>();
    this.#prepared.set(document, byName);
    const known = byName.get(operationName);
    if (known) return known;
    const prepared = this.#check(document, operationName);
    if (!prepared.ok) return prepared; // clients may invent names, so an unknown name is not cached
    for (const name of namesOf(prepared.value, document)) byName.set(name, prepared);
    return prepared;
  }

  #check(document: DocumentNode, operationName: string | null): Prepared {
    const context = operationContext(this.#supergraph.apiSchema, document, operationName);
    if (!context) return err(noSuchOperation(operationName));
    const exceeded = exceededLimit(context, this.#limits);
    return exceeded ? err(exceeded) : ok(new PreparedOperation(context, this.#supergraph));
  }
}

/** The values of `operationName` that select an operation. A document with one operation also accepts null. */
function namesOf({ context: { operation } }: PreparedOperation, document: DocumentNode): readonly (string | null)[] {
  const name = operation.name?.value ?? null;
  return operationsOf(document).length === 1 ? [name, null] : [name];
}

function operationsOf({ definitions }: DocumentNode): readonly OperationDefinitionNode[] {
  return definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
}

/** The Boolean variables whose default is true, for a request without variables. */
function trueByDefault({ variableDefinitions = [] }: OperationDefinitionNode): Readonly<Record<string, true>> {
  const isTrue = variableDefinitions.filter(
    ({ defaultValue }) => defaultValue?.kind === Kind.BOOLEAN && defaultValue.value,
  );
  return Object.fromEntries(isTrue.map(({ variable }) => [variable.name.value, true]));
}

function noSuchOperation(operationName: string | null): GraphQLError {
  const message =
    operationName === null
      ? 'The document has several operations: say which one to run with `operationName`'
      : `The document has no operation named "${operationName}"`;
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}

function badVariable({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'BAD_USER_INPUT' } });
}
