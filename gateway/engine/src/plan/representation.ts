import { getResponseName, type QueryPlanFieldNode, type QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isDataObject, isInherited, ownValue, setOwn, typesWithin, type DataObject } from './data.ts';
import { mergeInto } from './merge.ts';

/** Builds the representation of an entity. Null when the entity lacks a key field. */
export type RepresentationBuilder = (entity: DataObject) => DataObject | null;

/** Copies one selection from the entity to the representation. Returns false when the entity lacks the field. */
type Writer = (entity: DataObject, representation: DataObject) => boolean;

/**
 * Compiles the representation that a fetch requires. The alias of a field is its name in the data. The field's own name is its name in the
 * representation.
 * @param schema the supergraph's schema, with the types that clients do not see
 */
export function compileRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  schema: GraphQLSchema,
): RepresentationBuilder {
  const build = compileSelections(requires, schema);
  return (entity) => {
    const representation = build(entity);
    return representation && typeof representation['__typename'] === 'string' ? representation : null;
  };
}

function compileSelections(
  selections: readonly QueryPlanSelectionNode[],
  schema: GraphQLSchema,
): RepresentationBuilder {
  const writers = selections.map((each) =>
    each.kind === 'Field' ? fieldWriter(each, schema) : fragmentWriter(each, schema),
  );
  return (entity) => {
    const representation: DataObject = {};
    for (const write of writers) if (!write(entity, representation)) return null;
    return representation;
  };
}

function fieldWriter(field: QueryPlanFieldNode, schema: GraphQLSchema): Writer {
  const { name } = field;
  const source = getResponseName(field);
  const inherited = isInherited(source);
  const complete = field.selections && nested(compileSelections(field.selections, schema));
  return (entity, representation) => {
    const value = inherited ? ownValue(entity, source) : entity[source];
    if (value === undefined) return false;
    setOwn(representation, name, complete ? complete(value) : value);
    return true;
  };
}

function nested(build: RepresentationBuilder): (value: unknown) => unknown {
  return function complete(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(complete);
    return isDataObject(value) ? build(value) : null;
  };
}

/** A fragment that does not apply to the entity, or whose fields are incomplete, adds nothing. */
function fragmentWriter(
  { typeCondition, selections }: Extract<QueryPlanSelectionNode, { kind: 'InlineFragment' }>,
  schema: GraphQLSchema,
): Writer {
  if (typeCondition === undefined) return () => true;
  const types = typesWithin(schema, typeCondition);
  const build = compileSelections(selections, schema);
  return (entity, representation) => {
    const typename = entity['__typename'];
    if (typeof typename !== 'string' || !types.has(typename)) return true;
    const found = build(entity);
    if (found) mergeInto(representation, found);
    return true;
  };
}
