import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from 'graphql';
import { isExactNumber } from '../json/exact-numbers.ts';

/** Whether a subgraph's non-null value fits a type. */
export type LeafCheck = (value: unknown) => boolean;

/** The check of a type. Values of custom scalars are not checked, because only the subgraph defines these values. */
export function leafCheck(type: GraphQLLeafType): LeafCheck {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  return BUILT_IN.get(type.name) ?? anything;
}

const isText: LeafCheck = (value) => typeof value === 'string';
const isWhole: LeafCheck = (value) =>
  Number.isInteger(value) || (isExactNumber(value) && /^-?\d+$/.test(value.rawJSON));
const isFinite: LeafCheck = (value) => Number.isFinite(isExactNumber(value) ? Number(value.rawJSON) : value);
const anything: LeafCheck = () => true;

const BUILT_IN: ReadonlyMap<string, LeafCheck> = new Map([
  [GraphQLString.name, isText],
  [GraphQLInt.name, isWhole],
  [GraphQLID.name, (value) => isText(value) || isWhole(value)],
  [GraphQLFloat.name, isFinite],
  [GraphQLBoolean.name, (value) => typeof value === 'boolean'],
]);
