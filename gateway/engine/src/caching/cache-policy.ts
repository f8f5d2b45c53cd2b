import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type FieldNode,
  type GraphQLNamedType,
  type SelectionSetNode,
} from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';
import type { CacheHint, CacheHints } from './cache-hints.ts';

/** How long all callers may share a cached answer to the operation, and the types whose changes invalidate it. */
export interface CachePolicy {
  /** The maximum age in seconds. With 0 the answer must not be cached. */
  readonly maxAgeSeconds: number;
  /** The types with a hint of their own, sorted. A change of an object of one of these types invalidates the answer. */
  readonly types: readonly string[];
}

const NEVER: CachePolicy = { maxAgeSeconds: 0, types: [] };

/**
 * The policy of an operation by the rules of Apollo Server's `@cacheControl`. The shortest age of the operation's fields counts, including
 * fields with `@skip`. A root field or an object without a hint must not be cached. A scalar has the age of its parent.
 */
export function cachePolicy(context: OperationContext, hints: CacheHints): CachePolicy {
  const root = context.schema.getRootType(context.operation.operation);
  if (context.operation.operation !== OperationTypeNode.QUERY || !root || hints.size === 0) return NEVER;
  const types = new Set<string>();
  const seen = new Set<string>();
  const maxAgeSeconds = ofSelections(context.operation.selectionSet, root);
  if (!Number.isFinite(maxAgeSeconds) || maxAgeSeconds === 0) return NEVER;
  return { maxAgeSeconds, types: [...types].sort() };

  function ofSelections({ selections }: SelectionSetNode, type: GraphQLNamedType): number {
    const ages = selections.map((node) => {
      if (node.kind === Kind.FIELD) return ofField(node, type);
      if (node.kind === Kind.INLINE_FRAGMENT)
        return ofSelections(node.selectionSet, narrowed(node.typeCondition?.name.value, type));
      const fragment = context.fragments[node.name.value];
      if (!fragment || seen.has(node.name.value)) return Infinity; // counted at its first spread
      seen.add(node.name.value);
      return ofSelections(fragment.selectionSet, narrowed(fragment.typeCondition.name.value, type));
    });
    return Math.min(...ages);
  }

  function narrowed(name: string | undefined, type: GraphQLNamedType): GraphQLNamedType {
    return (name === undefined ? undefined : context.schema.getType(name)) ?? type;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType): number {
    const name = node.name.value;
    if (name === '__typename') return Infinity;
    if (!isObjectType(parent) && !isInterfaceType(parent)) return 0;
    const field = parent.getFields()[name];
    if (!field) return 0; // introspection
    const type = getNamedType(field.type);
    const own = ageOf(
      hints.get(`${parent.name}.${name}`) ?? (isCompositeType(type) ? hints.get(type.name) : undefined),
    );
    const age = own ?? (isCompositeType(type) || parent === root ? 0 : Infinity);
    if (hints.get(type.name)?.maxAgeSeconds) types.add(type.name);
    return Math.min(age, node.selectionSet ? ofSelections(node.selectionSet, type) : Infinity);
  }
}

/** The maximum age that a hint sets. Infinity when the parent's age applies. Undefined without a hint. */
function ageOf(hint: CacheHint | undefined): number | undefined {
  return hint && (hint.maxAgeSeconds ?? Infinity);
}
