import type { GraphQLSchema } from 'graphql';
import { isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** An object of an answer: JSON, or what graphql-js made of a resolver's values. */
export type DataObject = Record<string, unknown>;

/** Whether a value has fields. Lists have none. */
export function isDataObject(value: unknown): value is DataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether the plain prototype knows the name (`constructor`, `__proto__`): GraphQL allows such names, so that an object
 * must be asked whether the value is its own.
 */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** A field's value; undefined where the object has none of its own. */
export function ownValue(source: DataObject, name: string): unknown {
  return Object.hasOwn(source, name) ? source[name] : undefined;
}

/** Writes a field of any name: `__proto__` becomes a field like all others. */
export function setOwn(target: DataObject, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    target[name] = value;
  }
}

/** The names of all types whose objects a fragment on `condition` takes, itself included. */
export function typesWithin(schema: GraphQLSchema, condition: string): ReadonlySet<string> {
  const type = schema.getType(condition);
  if (!isAbstractType(type)) return new Set([condition]);
  const within = Object.values(schema.getTypeMap()).filter(
    (each) => (isObjectType(each) || isInterfaceType(each)) && schema.isSubType(type, each),
  );
  return new Set([condition, ...within.map(({ name }) => name)]);
}
