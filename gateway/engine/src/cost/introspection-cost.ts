import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';
import { collectFields, type CollectedField } from './collect-fields.ts';
import { costWhere, multiplied, sumOf, type Cost } from './cost-expression.ts';

/** The base cost of a `__schema` or `__type` field, in points. */
const QUESTION = 50;
/**
 * The cost of one schema element, such as a type, a field or an argument. A schema element costs half as much as a data
 * object, because no subgraph is called.
 */
const PART = 0.5;

/**
 * The cost of a `__schema` or `__type` field. The cost grows with the number of schema elements in the answer. Each list has its average
 * length in this schema.
 */
export function introspectionCost(context: OperationContext, { nodes }: CollectedField): Cost {
  const [node] = nodes;
  const field = node.name.value === SchemaMetaFieldDef.name ? SchemaMetaFieldDef : TypeMetaFieldDef;
  const type = getNamedType(field.type);
  const lengths = lengthsOf(context.schema);
  const ofObject = (parent: GraphQLObjectType, sets: readonly SelectionSetNode[]): Cost =>
    sumOf(
      collectFields(context, parent, sets).map((collected) => {
        const cost = ofField(parent, collected);
        return collected.condition ? costWhere(collected.condition, cost) : cost;
      }),
    );
  const ofField = (parent: GraphQLObjectType, collected: CollectedField): Cost => {
    const name = collected.nodes[0].name.value;
    const definition = parent.getFields()[name];
    const named = definition && getNamedType(definition.type);
    if (!isObjectType(named)) return 0;
    const length = isListType(getNullableType(definition?.type)) ? (lengths.get(`${parent.name}.${name}`) ?? 1) : 1;
    return multiplied(length, sumOf([PART, ofObject(named, setsOf(collected))]));
  };
  return isObjectType(type) ? sumOf([QUESTION, ofObject(type, setsOf({ nodes, condition: null }))]) : QUESTION;
}

function setsOf({ nodes }: CollectedField): readonly SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
}

const known = new WeakMap<GraphQLSchema, ReadonlyMap<string, number>>();

/** The average lengths of the lists in introspection, by field. */
function lengthsOf(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const lengths = known.get(schema) ?? countedLengths(schema);
  known.set(schema, lengths);
  return lengths;
}

function countedLengths(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const types = Object.values(schema.getTypeMap());
  const directives = schema.getDirectives();
  const withFields = types.filter((each) => isObjectType(each) || isInterfaceType(each));
  const fields = withFields.flatMap((each) => Object.values(each.getFields()));
  const perType = (countOf: (type: GraphQLNamedType) => number) => average(types.map(countOf));
  return new Map([
    ['__Schema.types', types.length],
    ['__Schema.directives', directives.length],
    ['__Type.fields', fields.length / types.length],
    ['__Type.inputFields', perType((each) => (isInputObjectType(each) ? Object.keys(each.getFields()).length : 0))],
    ['__Type.enumValues', perType((each) => (isEnumType(each) ? each.getValues().length : 0))],
    ['__Type.interfaces', perType((each) => ('getInterfaces' in each ? each.getInterfaces().length : 0))],
    [
      '__Type.possibleTypes',
      perType((each) =>
        isInterfaceType(each) ? schema.getPossibleTypes(each).length : 'getTypes' in each ? each.getTypes().length : 0,
      ),
    ],
    ['__Field.args', average(fields.map(({ args }) => args.length))],
    ['__Directive.args', average(directives.map(({ args }) => args.length))],
  ]);
}

function average(counts: readonly number[]): number {
  return counts.reduce((total, each) => total + each, 0) / Math.max(1, counts.length);
}
