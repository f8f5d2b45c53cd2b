import { isTypeDefinitionNode, Kind, type ConstDirectiveNode, type DocumentNode } from 'graphql';

/** The arguments of one `@cacheControl`. */
export interface CacheHint {
  /** Null when the parent field's maximum age applies. */
  readonly maxAgeSeconds: number | null;
}

/** The cache hints of a supergraph, by type name and by coordinate (`Query.products`). */
export type CacheHints = ReadonlyMap<string, CacheHint>;

const DIRECTIVE = 'cacheControl';

/** Reads the `@cacheControl` directives of a supergraph. Subgraphs export the directive with `@composeDirective`. */
export function readCacheHints(supergraph: DocumentNode): CacheHints {
  const hints = new Map<string, CacheHint>();
  const note = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    const found = directives.filter(({ name }) => name.value === DIRECTIVE).map(hintOf);
    // Subgraphs that share a type may give it different hints. In that case the shortest age applies.
    const ages = found.flatMap(({ maxAgeSeconds }) => maxAgeSeconds ?? []);
    if (found.length > 0) hints.set(coordinate, { maxAgeSeconds: ages.length > 0 ? Math.min(...ages) : null });
  };
  for (const definition of supergraph.definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    note(definition.name.value, definition.directives);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      note(`${definition.name.value}.${field.name.value}`, field.directives);
    }
  }
  return hints;
}

function hintOf({ arguments: args = [] }: ConstDirectiveNode): CacheHint {
  const inherits = args.some(
    ({ name, value }) => name.value === 'inheritMaxAge' && value.kind === Kind.BOOLEAN && value.value,
  );
  const maxAge = args.find(({ name }) => name.value === 'maxAge')?.value;
  if (inherits) return { maxAgeSeconds: null };
  return { maxAgeSeconds: maxAge?.kind === Kind.INT ? Math.max(0, Number(maxAge.value)) : 0 };
}
