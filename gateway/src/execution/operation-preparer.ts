import { err, ok, type Result } from '@souk/kit/domain';
import { getVariableValues, GraphQLError, type DocumentNode } from 'graphql';
import { exceededLimit, type OperationLimits } from '../limits/operation-limits.ts';
import { operationContext } from './operation-context.ts';
import type { OperationRequest, ReadyOperation } from './operation.ts';
import { PreparedOperation } from './prepared-operation.ts';
import type { LoadedSupergraph } from './supergraph.ts';

type Prepared = Result<PreparedOperation, GraphQLError>;

/** Makes operations ready to run. What can be known of one without its variables and its actor is worked out once. */
export class OperationPreparer {
  readonly #supergraph: LoadedSupergraph;
  readonly #limits: OperationLimits;
  /** By document and operation name. An entry lives as long as somebody keeps the parsed document. */
  readonly #prepared = new WeakMap<DocumentNode, Map<string | null, Prepared>>();

  constructor(supergraph: LoadedSupergraph, limits: OperationLimits) {
    this.#supergraph = supergraph;
    this.#limits = limits;
  }

  /** Limits, variables, authorization and plan; or what the client must change. */
  ready(request: OperationRequest): Result<ReadyOperation, readonly GraphQLError[]> {
    const prepared = this.#prepare(request.document, request.operationName ?? null);
    if (!prepared.ok) return err([prepared.error]);
    const { operation, schema } = prepared.value.context;
    const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables);
    if (errors) return err(errors.map(badVariable));
    const planned = prepared.value.planFor(request.context.actor);
    return ok({ request, kind: operation.operation, prepared: prepared.value, planned, coerced });
  }

  #prepare(document: DocumentNode, operationName: string | null): Prepared {
    const byName = this.#prepared.get(document) ?? new Map<string | null, Prepared>();
    this.#prepared.set(document, byName);
    const known = byName.get(operationName);
    if (known) return known;
    const prepared = this.#check(document, operationName);
    if (prepared.ok) byName.set(operationName, prepared); // names that do not exist are a client's to invent
    return prepared;
  }

  #check(document: DocumentNode, operationName: string | null): Prepared {
    const context = operationContext(this.#supergraph.apiSchema, document, operationName);
    if (!context) return err(noSuchOperation(operationName));
    const exceeded = exceededLimit(context, this.#limits);
    return exceeded ? err(exceeded) : ok(new PreparedOperation(context, this.#supergraph));
  }
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
