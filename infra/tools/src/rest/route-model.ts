import type { Requirement, Requirements, RestRoute } from '@souk/gateway/rest';
import { Kind, type GraphQLSchema, type OperationDefinitionNode, type ValueNode } from 'graphql';
import { OperationProblems, type OperationProblem } from '../operations/operation-problems.ts';
import type { OperationBook, PersistedOperation } from '../operations/persisted-operation.ts';
import { requirementAlong } from './route-requirement.ts';
import { pathNames, restOf, type RestCondition, type RestDirective } from './rest-directive.ts';
import { routeAnswer } from './route-answer.ts';
import { routeInput, type InputSlot, type ParameterModel } from './route-input.ts';
import { routeLinks } from './route-links.ts';
import { selectedData, type SelectedObject } from './selected-data.ts';

/** A route, with the data for the gateway and the data for the API reference. */
export interface RouteModel extends Omit<RestRoute, 'parameters'> {
  readonly parameters: ParameterModel[];
  readonly bodyFields: ReadonlyMap<string, InputSlot>;
  /** The type of `data`, or of its items for a list. Null when the response has no typed data. */
  readonly object: SelectedObject | null;
  /** The scopes that the caller needs. Null when every caller may use the route. */
  readonly requires: Requirement | null;
  readonly when: readonly RestCondition[];
  readonly source: PersistedOperation;
}

/**
 * Derives the routes of all operations with `@rest`, sorted by path.
 * @param requirements the scopes of fields and types in the supergraph
 * @throws OperationProblems for invalid routes.
 */
export function routeModels({ operations, schema }: OperationBook, requirements: Requirements): readonly RouteModel[] {
  const problems: OperationProblem[] = [];
  const routes = operations.flatMap((operation) =>
    madeOf(operation, problems, () => {
      const rest = restOf(schema, operation);
      return rest ? [unlinkedRoute(schema, operation, rest, requirements)] : [];
    }),
  );
  problems.push(...twice(routes), ...otherNames(routes));
  if (problems.length > 0) throw new OperationProblems(problems);
  const ordered = routes.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const linked = ordered.flatMap((route) =>
    madeOf(route.source, problems, () => [{ ...route, ...routeLinks(route, ordered) }]),
  );
  if (problems.length > 0) throw new OperationProblems(problems);
  return linked;
}

/** Runs `make` for an operation. An error is recorded as a problem, and the result is then empty. */
function madeOf<Made>(
  operation: PersistedOperation,
  problems: OperationProblem[],
  make: () => readonly Made[],
): readonly Made[] {
  try {
    return make();
  } catch (error) {
    problems.push(problemIn(operation, error instanceof Error ? error.message : String(error)));
    return [];
  }
}

function unlinkedRoute(
  schema: GraphQLSchema,
  source: PersistedOperation,
  rest: RestDirective,
  requirements: Requirements,
): Omit<RouteModel, 'links' | 'itemLinks'> {
  const input = routeInput(schema, source.operation, rest);
  const placed = new Set(input.parameters.filter((each) => each.in === 'path').map(({ name }) => name));
  const missing = pathNames(rest).filter((name) => !placed.has(name));
  if (missing.length > 0)
    throw new Error(`The path names {${missing.join('}, {')}}, but no variable and no input field has this name`);
  // A query with an input that is too large for a URL may use POST.
  const isQuery = source.type === 'query';
  if (isQuery ? !['GET', 'POST'].includes(rest.method) : rest.method === 'GET')
    throw new Error('A GET runs a query, a POST runs either, and the other methods run a mutation');
  const selected = selectedData(schema, source.operation, source.document);
  const shown = routeAnswer(selected, rest);
  return {
    operation: source.name,
    id: source.id,
    method: rest.method,
    path: rest.path,
    ...input,
    parameters: [...input.parameters],
    ...shown,
    inputs: inputNames(source.operation),
    requires: requirementAlong(selected, [shown.answer.root, ...shown.answer.path], requirements),
    when: rest.when ?? [],
    source,
  };
}

function problemIn({ file, line }: PersistedOperation, message: string): OperationProblem {
  return { file, line, message, remedy: 'Correct its @rest, as clients/operations/directives.graphql explains it' };
}

/** A key that is equal for equivalent paths, such as `/products/{slug}` and `/products/{id}`. */
function keyOf({ method, path }: Pick<RouteModel, 'method' | 'path'>): string {
  return `${path.replaceAll(/\{\w+\}/g, '{}')} ${method}`;
}

function twice(routes: readonly Pick<RouteModel, 'method' | 'path' | 'source'>[]): readonly OperationProblem[] {
  const byKey = Map.groupBy(routes, keyOf);
  return [...byKey.values()].flatMap(([first, ...others]) =>
    others.map(({ source, method, path }) =>
      problemIn(source, `${method} ${path} is the route of ${first?.source.name} too. Use another path or method`),
    ),
  );
}

/** Reports equivalent paths with different parameter names. OpenAPI requires the same names. */
function otherNames(routes: readonly Pick<RouteModel, 'path' | 'source'>[]): readonly OperationProblem[] {
  const byShape = Map.groupBy(routes, ({ path }) => path.replaceAll(/\{\w+\}/g, '{}'));
  return [...byShape.values()].flatMap(([first, ...others]) =>
    others
      .filter(({ path }) => path !== first?.path)
      .map(({ source, path }) => problemIn(source, `${path} is ${first?.path} with other names. Use the same names`)),
  );
}

/** Maps each field of the mutation's input to the variable that sets it. */
function inputNames({ selectionSet }: OperationDefinitionNode): RestRoute['inputs'] {
  const [root] = selectionSet.selections;
  if (root?.kind !== Kind.FIELD) return [];
  const input = root.arguments?.find(({ name }) => name.value === 'input');
  return input ? variablesIn(input.value, []) : [];
}

function variablesIn(value: ValueNode, field: string[]): RestRoute['inputs'] {
  switch (value.kind) {
    case Kind.VARIABLE:
      return [{ field, variable: [value.name.value] }];
    case Kind.OBJECT:
      return value.fields.flatMap(({ name, value: inner }) => variablesIn(inner, [...field, name.value]));
    case Kind.LIST:
      return value.values.flatMap((inner, index) => variablesIn(inner, [...field, String(index)]));
    default:
      return [];
  }
}
