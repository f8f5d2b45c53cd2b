import { GraphQLError, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { OperationContext } from './operation-context.ts';

/** The maximum size of an operation. Fields of a fragment count each time the fragment is used. */
export interface OperationLimits {
  /** The maximum nesting of fields. */
  readonly depth: number;
  /** The maximum number of fields of `Query`, `Mutation` or `Subscription` itself. */
  readonly rootFields: number;
  readonly aliases: number;
  readonly fields: number;
  /** The maximum number of tokens in the text. */
  readonly tokens: number;
}

/**
 * The default limits. They admit a query for all elements of a page, and refuse a query that is made to be expensive.
 */
export const DEFAULT_OPERATION_LIMITS: OperationLimits = {
  depth: 15,
  rootFields: 20,
  aliases: 100,
  fields: 1000,
  tokens: 5000,
};

type Measured = Omit<OperationLimits, 'tokens'>;

const NOTHING: Measured = { depth: 0, rootFields: 0, aliases: 0, fields: 0 };

/** The error messages with their remedies. */
const EXCEEDED: Readonly<Record<keyof Measured, (actual: number, most: number) => string>> = {
  depth: (actual, most) =>
    `The operation is ${actual} fields deep; at most ${most} are allowed. Ask for the inner ones separately`,
  rootFields: (actual, most) =>
    `The operation has ${actual} root fields; at most ${most} are allowed. Send several operations`,
  aliases: (actual, most) =>
    `The operation has ${actual} aliases; at most ${most} are allowed. Send several operations`,
  fields: (actual, most) =>
    `The operation selects ${actual} fields; at most ${most} are allowed. Send several operations`,
};

/** The error `OPERATION_TOO_LARGE` for the first exceeded limit, or null. */
export function exceededLimit(context: OperationContext, limits: OperationLimits): GraphQLError | null {
  const measured = measure(context);
  for (const limit of ['depth', 'rootFields', 'aliases', 'fields'] as const) {
    const [actual, most] = [measured[limit], limits[limit]];
    if (actual <= most) continue;
    return new GraphQLError(EXCEEDED[limit](actual, most), {
      extensions: { code: 'OPERATION_TOO_LARGE', limit, actual, maximum: most, http: { status: 400 } },
    });
  }
  return null;
}

/**
 * The size of an operation. The sizes of fragments are added up instead of expanding the fragments, because a few nested fragments can
 * expand to billions of fields.
 */
export function measure({ operation, fragments }: OperationContext): Measured {
  const known = new Map<string, Measured>();
  const ofFragment = (name: string): Measured => {
    const fragment = fragments[name];
    const measured = known.get(name) ?? (fragment ? ofSelections(fragment.selectionSet) : NOTHING);
    known.set(name, measured);
    return measured;
  };
  const ofSelection = (node: SelectionNode): Measured => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value);
    if (node.kind === Kind.INLINE_FRAGMENT) return ofSelections(node.selectionSet);
    const inner = node.selectionSet ? ofSelections(node.selectionSet) : NOTHING;
    return {
      // The depth of introspection does not count, because graphql-js limits it. The usual introspection query is deeper than queries of
      // data.
      depth: node.name.value.startsWith('__') ? 1 : inner.depth + 1,
      rootFields: 1,
      aliases: inner.aliases + (node.alias ? 1 : 0),
      fields: inner.fields + 1,
    };
  };
  const ofSelections = ({ selections }: SelectionSetNode): Measured => selections.map(ofSelection).reduce(sum, NOTHING);
  return ofSelections(operation.selectionSet);
}

function sum(one: Measured, other: Measured): Measured {
  return {
    depth: Math.max(one.depth, other.depth),
    rootFields: one.rootFields + other.rootFields,
    aliases: one.aliases + other.aliases,
    fields: one.fields + other.fields,
  };
}
