import { isListType, getNullableType, type FieldNode, type GraphQLField } from 'graphql';
import { argumentValue, givesArgument, isConstant, valueNodeOf } from './argument-cost.ts';
import type { Cost, Variables } from './cost-expression.ts';
import type { ListSize } from './cost-model.ts';

type Field = GraphQLField<unknown, unknown>;

/** The length of the list that a field returns, and the lengths of the lists in the object that the field returns. */
export interface ListLengths {
  /** The length of the list that the field returns. 1 when the field does not return a list. */
  readonly own: Cost;
  /** The lengths of the returned object's lists, by field name. */
  readonly inside: ReadonlyMap<string, Cost>;
}

/** Returns the error message for a missing list length, or null when the length is set. */
export type LengthCheck = (variables: Variables) => string | null;

const NOTHING_INSIDE: ReadonlyMap<string, Cost> = new Map();

/**
 * The lengths of a field's lists.
 * @param given the length that the parent field sets for this field (`sizedFields`)
 * @param assumedLength the length of lists without `@listSize`
 */
export function listLengths(
  field: Field,
  node: FieldNode,
  listSize: ListSize | undefined,
  { given, assumedLength }: { readonly given: Cost | undefined; readonly assumedLength: number },
): ListLengths {
  const declared = listSize && declaredLength(field, node, listSize, assumedLength);
  if (listSize && declared !== undefined && listSize.sizedFields.length > 0) {
    const inside = new Map(listSize.sizedFields.map((name) => [name, declared]));
    return { own: given ?? (returnsList(field) ? assumedLength : 1), inside };
  }
  const own = returnsList(field) ? (given ?? declared ?? assumedLength) : 1;
  return { own, inside: NOTHING_INSIDE };
}

/** A check that the client sets exactly one slicing argument. Null when the field's `@listSize` does not require the check. */
export function lengthCheck(
  coordinate: string,
  field: Field,
  node: FieldNode,
  { slicingArguments, requireOneSlicingArgument }: ListSize,
): LengthCheck | null {
  if (!requireOneSlicingArgument || slicingArguments.length === 0) return null;
  const hasDefault = field.args.some(
    ({ name, defaultValue }) => slicingArguments.includes(name) && typeof defaultValue === 'number',
  );
  return (variables) => {
    const given = slicingArguments.filter((name) => givesArgument(node, name, variables)).length;
    if (given === 1 || (given === 0 && hasDefault)) return null;
    return `${coordinate} takes exactly one of these arguments, which says how long the list is: ${slicingArguments.join(', ')}`;
  };
}

function declaredLength(
  field: Field,
  node: FieldNode,
  { assumedSize, slicingArguments }: ListSize,
  assumed: number,
): Cost {
  const values = slicingArguments.map((name) => argumentValue(field, name, node));
  const length = (variables: Variables) => {
    let longest: number | null = null;
    for (const value of values) {
      const given = value(variables);
      // When the client sets several slicing arguments, the largest value is the length (IBM's specification). A length
      // is at least 0.
      if (typeof given === 'number') longest = Math.max(longest ?? 0, given);
    }
    return longest ?? assumedSize ?? assumed;
  };
  const isKnown = slicingArguments.every((name) => isConstant(valueNodeOf({ name }, node)));
  return isKnown ? length({}) : length;
}

function returnsList({ type }: Field): boolean {
  return isListType(getNullableType(type));
}
