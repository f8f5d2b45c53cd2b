import type { FetchNode } from '@apollo/query-planner';
import { isInterfaceType, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { fetchedEntityNames, fetchedNames } from '../planning/fetched-fields.ts';
import { publicName } from '../planning/internal-names.ts';
import { isDataObject, type DataObject } from './data.ts';
import { EntityBatch } from './entity-batch.ts';
import { EntityPath, type AnswerPath } from './entity-path.ts';
import { copyOf, mergeInto } from './merge.ts';
import type { PlanRun, PlanStep, SubgraphAnswer } from './plan-run.ts';
import { refusedField } from './refused-field.ts';
import { compileRepresentation, type RepresentationBuilder } from './representation.ts';
import { compileRewrites, renamedKeys, type Rewrite } from './rewrites.ts';

interface CompiledFetch {
  readonly service: string;
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: readonly string[];
  readonly path: EntityPath;
  readonly rewrite: Rewrite | null;
  readonly renamed: ReadonlyMap<string, string>;
  readonly interfaces: ReadonlySet<unknown>;
  /** The response names of the fields that are fetched for each object. */
  readonly names: () => ReadonlySet<string>;
}

/**
 * Compiles one fetch for the objects at `path`.
 * @param schema the supergraph's schema
 */
export function compileFetch(node: FetchNode, path: AnswerPath, schema: GraphQLSchema): PlanStep {
  const fetch = compiledFetch(node, path, schema);
  const { requires } = node;
  const represent = requires && representing(node, compileRepresentation(requires, schema), schema);
  return guarded(fetch, represent ? (run) => fetchEntities(fetch, represent, run) : (run) => fetchFields(fetch, run));
}

/**
 * Compiles the step that writes a subgraph's event into the answer of a subscription.
 * @param node the fetch that subscribes
 */
export function compileEvent(node: FetchNode, schema: GraphQLSchema): (run: PlanRun, event: SubgraphAnswer) => void {
  const fetch = compiledFetch(node, [], schema);
  return (run, event) => absorb(fetch, run, [run.data], event);
}

function compiledFetch(node: FetchNode, path: AnswerPath, schema: GraphQLSchema): CompiledFetch {
  const { outputRewrites = [] } = node;
  const renamed = renamedKeys(outputRewrites);
  return {
    service: node.serviceName,
    query: node.operation,
    operationName: node.operationName,
    variables: node.variableUsages ?? [],
    path: new EntityPath(path, schema),
    rewrite: compileRewrites(outputRewrites, schema),
    renamed,
    names: once(() => new Set(namesOf(node).map((each) => renamed.get(each) ?? each))),
    interfaces: interfaceNames(schema),
  };
}

function namesOf({ operation, requires }: FetchNode): readonly string[] {
  return requires ? fetchedEntityNames(operation) : fetchedNames(operation);
}

/** Returns a function that computes the value on its first call, because the value is needed only after a failure. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

function representing(node: FetchNode, build: RepresentationBuilder, schema: GraphQLSchema): RepresentationBuilder {
  const rewrite = compileRewrites(node.inputRewrites ?? [], schema);
  if (!rewrite) return build;
  return (entity) => {
    const representation = build(entity);
    if (representation) rewrite(representation);
    return representation;
  };
}

/** Turns an unexpected error into an error of this fetch. Only the fields of this fetch become null. */
function guarded(fetch: CompiledFetch, step: PlanStep): PlanStep {
  return async (run) => {
    try {
      await step(run);
    } catch (error) {
      run.failUnexpectedly(error, fetch.service, fieldsOf(fetch));
      lose(fetch, run, targetsOf(fetch, run));
    }
  };
}

function targetsOf({ path }: CompiledFetch, run: PlanRun): readonly DataObject[] {
  return path.isRoot ? [run.data] : path.find(run.data);
}

/** Records that these objects lack the fetch's fields. The answer already has an error for the cause. */
function lose(fetch: CompiledFetch, run: PlanRun, objects: readonly DataObject[]): void {
  for (const each of objects) run.lost.add(each, fetch.names());
}

/** Fetches root fields, and writes them into the answer itself or into each object at the path. */
async function fetchFields(fetch: CompiledFetch, run: PlanRun): Promise<void> {
  const targets = targetsOf(fetch, run);
  if (targets.length === 0) return;
  const answer = await send(fetch, run, variablesOf(fetch, run));
  if (fetch.path.isRoot) for (const name of answer.succeeded ?? []) run.succeeded.add(name);
  absorb(fetch, run, targets, answer);
}

function absorb(fetch: CompiledFetch, run: PlanRun, targets: readonly DataObject[], answer: SubgraphAnswer): void {
  const { data, errors = [] } = answer;
  for (const error of errors) failAtTarget(fetch, run, error);
  if (!data || errors.some(({ path }) => !path)) lose(fetch, run, targets);
  if (!data) return;
  fetch.rewrite?.(data);
  const copies = targets.map((_, index) => (index === 0 ? data : copyOf(data)));
  for (const [index, target] of targets.entries()) mergeInto(target, copies[index] ?? data);
}

/** Fetches fields of entities, and merges them into the entities at the path. */
async function fetchEntities(fetch: CompiledFetch, represent: RepresentationBuilder, run: PlanRun): Promise<void> {
  const entities = fetch.path.find(run.data);
  if (entities.length === 0) return;
  const batch = new EntityBatch(entities, represent);
  // An entity may lack its key fields because another fetch failed. The fields of this fetch are then lost too.
  lose(
    fetch,
    run,
    batch.left.filter((each) => run.lost.hasSome(each)),
  );
  if (batch.representations.length === 0) return;
  const variables = variablesOf(fetch, run);
  if ('representations' in variables) throw new Error('a client variable must not be named "representations"');
  variables['representations'] = batch.representations;
  const { data, errors } = await send(fetch, run, variables);
  const failed = failEntities(fetch, run, batch, errors ?? []);
  if (!data) return lose(fetch, run, entities);
  const received = data['_entities'];
  if (!Array.isArray(received) || received.length !== batch.representations.length) {
    throw new Error(
      `the subgraph answered ${batch.representations.length} representations with another number of entities`,
    );
  }
  for (let index = 0; index < received.length; index += 1) {
    const entity: unknown = received[index];
    if (isDataObject(entity)) complete(fetch, batch, index, entity);
    else if (failed.has(index)) lose(fetch, run, batch.entitiesOf(index));
  }
}

function complete(fetch: CompiledFetch, batch: EntityBatch, index: number, received: DataObject): void {
  // A subgraph with an interface object returns the interface's name for every entity. The type name in the gateway's data is more
  // specific.
  if (fetch.interfaces.has(received['__typename'])) received['__typename'] = batch.typenameOf(index);
  if (fetch.rewrite) {
    // The planner's rewrites apply to objects of certain types, so they need the type name.
    received['__typename'] ??= batch.typenameOf(index);
    fetch.rewrite(received);
  }
  batch.complete(index, received);
}

const interfaces = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

function interfaceNames(schema: GraphQLSchema): ReadonlySet<string> {
  const known = interfaces.get(schema);
  if (known) return known;
  const names = new Set(
    Object.values(schema.getTypeMap())
      .filter(isInterfaceType)
      .map(({ name }) => name),
  );
  interfaces.set(schema, names);
  return names;
}

function send(
  { service, query, operationName }: CompiledFetch,
  run: PlanRun,
  variables: DataObject,
): Promise<SubgraphAnswer> {
  const { sources, context } = run.input;
  const source = sources.get(service);
  if (!source) throw new Error(`query plan references unknown subgraph "${service}"`);
  return source.fetch({ query, operationName, variables, context });
}

function variablesOf({ variables: names }: CompiledFetch, { input: { variables } }: PlanRun): DataObject {
  const used: DataObject = {};
  for (const name of names) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value !== undefined) used[name] = value;
  }
  return used;
}

/**
 * Adds the error of an entity at every path where the client sees the entity. An error of the whole fetch has the path of the fetched
 * fields without list indexes, because it does not belong to a single element.
 * @returns the indexes of the representations with errors
 */
function failEntities(
  fetch: CompiledFetch,
  run: PlanRun,
  batch: EntityBatch,
  errors: readonly GraphQLFormattedError[],
): ReadonlySet<number> {
  const failed = new Set<number>();
  let places: readonly AnswerPath[] | null = null;
  for (const { path, locations: _ofTheFetch, ...error } of errors) {
    const [, index, ...rest] = path ?? [];
    const positions = typeof index === 'number' ? batch.positionsOf(index) : [];
    if (typeof index !== 'number' || positions.length === 0) {
      run.fail(atFields(fetch, error));
      lose(fetch, run, batch.entities);
      continue;
    }
    failed.add(index);
    places ??= fetch.path.locate(run.data);
    for (const position of positions) failAt(fetch, run, error, [...(places[position] ?? []), ...rest]);
  }
  return failed;
}

function failAtTarget(fetch: CompiledFetch, run: PlanRun, { path, ...error }: GraphQLFormattedError): void {
  if (!path) return failWhole(fetch, run, error);
  const [place = []] = fetch.path.isRoot ? [] : fetch.path.locate(run.data);
  failAt(fetch, run, error, [...place, ...path]);
}

function failAt(fetch: CompiledFetch, run: PlanRun, error: GraphQLFormattedError, place: AnswerPath): void {
  const path = named(fetch, place);
  run.reported.add(path);
  run.fail({ ...error, path });
}

/**
 * Adds an error about a literal in the client's operation. The error gets the path of the root field that contains the literal, as in
 * graphql-js.
 */
function failWhole(fetch: CompiledFetch, run: PlanRun, { locations, ...error }: GraphQLFormattedError): void {
  const refused = fetch.path.isRoot ? refusedField(fetch.query, locations) : null;
  if (refused === null) return run.fail(atFields(fetch, error));
  const path = named(fetch, [refused]);
  run.reported.add(path);
  run.fail({ ...error, path }, run.input.fieldNodes(String(path[0])));
}

/** The error of a failed fetch, with the path of the fields that it fetches. */
function atFields(fetch: CompiledFetch, error: GraphQLFormattedError): GraphQLFormattedError {
  const path = fieldsOf(fetch);
  return path ? { ...error, path } : error;
}

function fieldsOf(fetch: CompiledFetch): AnswerPath | null {
  return fetch.path.isRoot ? null : named(fetch, fetch.path.fields);
}

/** The path with the client's response names instead of the planner's aliases. */
function named({ renamed }: CompiledFetch, path: AnswerPath): AnswerPath {
  return path.map((each) => (typeof each === 'string' ? publicName(renamed.get(each) ?? each) : each));
}
