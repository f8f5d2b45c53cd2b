import {
  getNullableType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLList,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';
import { isDataObject } from '../plan/data.ts';
import { plannedName } from '../planning/safe-aliases.ts';
import { collectFields } from './field-collection.ts';
import { compileIntrospection } from './introspection.ts';
import { leafCheck } from './leaf-values.ts';
import { ObjectShape, type FieldContent, type FieldShape } from './object-shape.ts';
import type { Completer, ShapeRun, ShapeTerms } from './shape-run.ts';

/** The inputs of a compilation: the operation, the values of `@skip` and `@include`, and the fields to hide. */
export interface ShapeScope extends ShapeTerms {
  readonly context: OperationContext;
  /** Whether a variable of `@skip` and `@include` is true. */
  readonly isTrue: (variable: string) => boolean;
}

/** The shape of objects of `type`. Nested shapes are compiled when the first object arrives. */
export function compileObject(
  scope: ShapeScope,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): ObjectShape {
  const { schema, fragments } = scope.context;
  const fields = collectFields({ schema, fragments, isTrue: scope.isTrue }, type, selectionSets);
  return new ObjectShape([...fields].flatMap(([name, nodes]) => compileField(scope, type, name, nodes) ?? []));
}

function compileField(
  scope: ShapeScope,
  parent: GraphQLCompositeType,
  responseName: string,
  nodes: readonly FieldNode[],
): FieldShape | null {
  const [node] = nodes;
  if (!node) return null;
  const { name } = node;
  const coordinate = `${parent.name}.${name.value}`;
  const sourceName = plannedName(node, scope);
  const computed = computedField(scope, parent, responseName, nodes);
  if (computed) return { responseName, sourceName, coordinate, ...computed };
  const type = 'getFields' in parent ? parent.getFields()[name.value]?.type : undefined;
  if (!type) return null;
  const nonNull = isNonNullType(type);
  return { responseName, sourceName, coordinate, nonNull, ...fieldContent(scope, type, { coordinate, nodes }) };
}

/** The fields whose values the gateway computes without a subgraph. */
function computedField(
  { context }: ShapeScope,
  parent: GraphQLCompositeType,
  responseName: string,
  nodes: readonly FieldNode[],
): (FieldContent & Pick<FieldShape, 'nonNull'>) | null {
  const name = nodes[0]?.name.value;
  if (name === TypeNameMetaFieldDef.name) {
    const computed = isObjectType(parent) ? () => parent.name : unknownType(parent, responseName);
    return { nonNull: true, leaf: null, complete: null, computed };
  }
  if (name !== SchemaMetaFieldDef.name && name !== TypeMetaFieldDef.name) return null;
  const computed = compileIntrospection(context, responseName, nodes);
  return { nonNull: false, leaf: null, complete: null, computed };
}

function unknownType({ name }: GraphQLCompositeType, responseName: string) {
  return (run: ShapeRun) => run.remark(`The type of this ${name} is unknown.`, responseName);
}

interface SelectedField {
  readonly coordinate: string;
  readonly nodes: readonly FieldNode[];
}

function fieldContent(scope: ShapeScope, type: GraphQLOutputType, field: SelectedField): FieldContent {
  if (field.nodes.some((node) => scope.hidden.has(node)))
    return { leaf: null, complete: null, computed: () => undefined };
  const nullable = getNullableType(type);
  if (isLeafType(nullable)) return { leaf: leafCheck(nullable), complete: null, computed: null };
  return { leaf: null, complete: compileValue(scope, nullable, field), computed: null };
}

function compileValue(scope: ShapeScope, type: GraphQLOutputType, field: SelectedField): Completer {
  if (isListType(type)) return compileList(scope, type, field);
  if (isCompositeType(type)) return compileComposite(scope, type, field.nodes);
  if (isLeafType(type)) return compileLeaf(type.name, leafCheck(type));
  throw new Error('a nullable type was expected');
}

function compileLeaf(name: string, isValid: (value: unknown) => boolean): Completer {
  return (value, run) => {
    if (isValid(value)) return value;
    run.remark(`Invalid value found for ${name}.`);
    return undefined;
  };
}

function compileList(scope: ShapeScope, { ofType }: GraphQLList<GraphQLOutputType>, field: SelectedField): Completer {
  const nonNull = isNonNullType(ofType);
  const complete = compileValue(scope, getNullableType(ofType), field);
  return (value, run) => {
    if (!Array.isArray(value)) return run.remark('A list was expected.');
    const answer: unknown[] = [];
    for (let index = 0; index < value.length; index += 1) {
      const element: unknown = value[index] ?? null;
      if (element === null && nonNull) {
        return run.remark(`Cannot return null for non-nullable field ${field.coordinate}.`, index);
      }
      run.path.push(index);
      const completed = element === null ? null : complete(element, run);
      run.path.pop();
      if (completed === undefined && nonNull) return undefined;
      answer.push(completed ?? null);
    }
    return answer;
  };
}

function compileComposite(scope: ShapeScope, declared: GraphQLCompositeType, nodes: readonly FieldNode[]): Completer {
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const shapes = new Map<string, ObjectShape>();
  const shapeOf = (typename: unknown): ObjectShape | null => {
    const type = runtimeType(scope, declared, typename);
    if (!type) return null;
    const shape = shapes.get(type.name) ?? compileObject(scope, type, selectionSets);
    shapes.set(type.name, shape);
    return shape;
  };
  return (value, run) => {
    if (!isDataObject(value)) return run.remark(`An object of type ${declared.name} was expected.`);
    const typename = value['__typename'];
    const shape = (typeof typename === 'string' ? shapes.get(typename) : undefined) ?? shapeOf(typename);
    return shape ? shape.complete(value, run) : run.remark(`Invalid __typename found for ${declared.name}.`);
  };
}

/**
 * The type of an object. It is the type of the object's own `__typename` when that type is possible at this path, otherwise the type in the
 * schema. Null for an impossible type.
 */
function runtimeType(
  { context: { schema } }: ShapeScope,
  declared: GraphQLCompositeType,
  typename: unknown,
): GraphQLCompositeType | null {
  if (typename === undefined || typename === null || typename === declared.name) return declared;
  const type = typeof typename === 'string' ? schema.getType(typename) : undefined;
  if (!isCompositeType(type)) return null;
  if (isAbstractType(declared) && 'getFields' in type && schema.isSubType(declared, type)) return type;
  // A subgraph with an interface object returns the interface's name for all its objects, so the type in the schema is more specific.
  return isAbstractType(type) && 'getFields' in declared && schema.isSubType(type, declared) ? declared : null;
}
