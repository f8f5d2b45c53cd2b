import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  valueFromAST,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql';
import { type Cost, type Variables, sumOf } from './cost-expression.ts';
import type { CostModel } from './cost-model.ts';

type Field = GraphQLField<unknown, unknown>;

/** The weight of an input object without a weight in the schema. */
const INPUT_OBJECT_WEIGHT = 1;

/** The cost of a field's arguments. Without weights a scalar costs nothing, and each input object costs one point. */
export function argumentsCost(model: CostModel, parentName: string, field: Field, node: FieldNode): Cost {
  return sumOf(field.args.map((argument) => argumentCost(model, `${parentName}.${field.name}`, argument, node)));
}

/**
 * Returns a function that computes an argument's value as the resolver receives it. The value is undefined when neither
 * the client nor the schema sets it.
 */
export function argumentValue({ args }: Field, name: string, node: FieldNode): (variables: Variables) => unknown {
  const argument = args.find((each) => each.name === name);
  if (!argument) return () => undefined;
  const value = valueNodeOf(argument, node);
  if (!value) return () => argument.defaultValue;
  if (value.kind === Kind.VARIABLE) {
    const variable = value.name.value;
    return (variables) => (variables[variable] === undefined ? argument.defaultValue : variables[variable]);
  }
  return (variables) => valueFromAST(value, argument.type, variables);
}

/** Whether the client sets the argument. The default applies to an argument that the client does not set. */
export function givesArgument(node: FieldNode, name: string, variables: Variables): boolean {
  const value = node.arguments?.find((each) => each.name.value === name)?.value;
  if (!value || value.kind === Kind.NULL) return false;
  return value.kind !== Kind.VARIABLE || (variables[value.name.value] ?? null) !== null;
}

/** Whether a value is the same for every request. */
export function isConstant(value: ValueNode | undefined): boolean {
  if (!value) return true;
  if (value.kind === Kind.VARIABLE) return false;
  if (value.kind === Kind.LIST) return value.values.every(isConstant);
  return value.kind !== Kind.OBJECT || value.fields.every((field) => isConstant(field.value));
}

/** The value node that the client wrote for an argument. */
export function valueNodeOf({ name }: Pick<GraphQLArgument, 'name'>, node: FieldNode): ValueNode | undefined {
  return node.arguments?.find((each) => each.name.value === name)?.value;
}

function argumentCost(model: CostModel, field: string, argument: GraphQLArgument, node: FieldNode): Cost {
  const weight = model.weights.get(`${field}.${argument.name}`);
  const type = getNamedType(argument.type);
  if (weight === undefined && !isInputObjectType(type) && !model.weights.has(type.name)) return 0;
  const written = valueNodeOf(argument, node);
  if (!written) return 0;
  const cost = (variables: Variables) =>
    inputCost(model, argument.type, valueFromAST(written, argument.type, variables), weight);
  return isConstant(written) ? cost({}) : cost;
}

function inputCost(model: CostModel, type: GraphQLInputType, value: unknown, weight: number | undefined): number {
  if (value === undefined || value === null) return 0;
  if (isNonNullType(type)) return inputCost(model, type.ofType, value, weight);
  if (isListType(type)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.reduce<number>((total, item) => total + inputCost(model, type.ofType, item, weight), 0);
  }
  const own = weight ?? model.weights.get(type.name);
  if (!isInputObjectType(type)) return own ?? 0;
  let total = own ?? INPUT_OBJECT_WEIGHT;
  for (const [name, each] of Object.entries(value)) {
    const field = type.getFields()[name];
    if (field) total += inputCost(model, field.type, each, model.weights.get(`${type.name}.${name}`));
  }
  return total;
}
