import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import {
  getNamedType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FloatValueNode,
  type GraphQLSchema,
  type IntValueNode,
  type StringValueNode,
} from 'graphql';
import { isExactNumber, numberOf } from '../json/exact-numbers.ts';
import { withFetches } from './plan-fetches.ts';

/** A document with strings instead of long numbers, and the function that restores the numbers in a plan. */
export interface ExactLiterals {
  readonly document: DocumentNode;
  restore(plan: QueryPlan): QueryPlan;
}

/**
 * Replaces numbers that JavaScript cannot represent, because the planner would round them. Only a custom scalar can have such a number. A
 * literal of a custom scalar may also be a string, so the document stays valid.
 */
export function exactLiterals(schema: GraphQLSchema, document: DocumentNode): ExactLiterals {
  const numbers = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  let mark = '';
  const hide = (node: IntValueNode | FloatValueNode): StringValueNode | undefined => {
    const type = getNamedType(typeInfo.getInputType());
    // `type` is missing within the value of a custom scalar, because the schema does not describe such values.
    if (type && !(isScalarType(type) && !isSpecifiedScalarType(type))) return undefined;
    if (!isExactNumber(numberOf(node.value))) return undefined;
    mark ||= unusedMark(document);
    numbers.add(node.value);
    return { kind: Kind.STRING, value: `${mark}${node.value}` };
  };
  const hidden = visit(document, visitWithTypeInfo(typeInfo, { IntValue: hide, FloatValue: hide }));
  if (numbers.size === 0) return { document, restore: (plan) => plan };
  const texts = [...numbers].map((number) => [JSON.stringify(`${mark}${number}`), number] as const);
  const restored = (fetch: FetchNode) => ({
    ...fetch,
    operation: texts.reduce((operation, [text, number]) => operation.replaceAll(text, number), fetch.operation),
  });
  return { document: hidden, restore: (plan) => withFetches(plan, (fetch) => [restored(fetch)]) };
}

/** A prefix that no text of the document contains. */
function unusedMark(document: DocumentNode): string {
  const text = print(document);
  let mark = '_souk_number_';
  while (text.includes(mark)) mark += '_';
  return mark;
}
