import type { GraphQLSchema } from 'graphql';
import { isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** An object of an answer: parsed JSON, or a result of graphql-js. */
export type DataObject = Record<string, unknown>;

/** Whether a value has fields. Lists have no fields. */
export function isDataObject(value: unknown): value is DataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether every JavaScript object inherits a member of this name (`constructor`, `__proto__`). GraphQL allows such field names, so code
 * that reads such a field must check for an own property.
 */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** A field's value, or undefined when the object has no own property of this name. */
export function ownValue(source: DataObject, name: string): unknown {
  return Object.hasOwn(source, name) ? source[name] : undefined;
}

/** Sets a field of any name, including `__proto__`. */
export function setOwn(target: DataObject, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    target[name] = value;
  }
}

/** The names of all types to which a fragment on `condition` applies, including `condition`. */
export function typesWithin(schema: GraphQLSchema, condition: string): ReadonlySet<string> {
  const type = schema.getType(condition);
  if (!isAbstractType(type)) return new Set([condition]);
  const within = Object.values(schema.getTypeMap()).filter(
    (each) => (isObjectType(each) || isInterfaceType(each)) && schema.isSubType(type, each),
  );
  return new Set([condition, ...within.map(({ name }) => name)]);
}
