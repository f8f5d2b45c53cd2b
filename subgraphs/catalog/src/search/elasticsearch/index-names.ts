import { MAPPING_VERSION } from './index-mapping.ts';

interface FoundIndex {
  readonly name: string;
  readonly version: number;
}

/** The index that is searched, and the index that is being filled. */
export interface Indices {
  readonly complete: FoundIndex | null;
  /** `until` is the last mark of the first filling. Null when the products are not marked yet. */
  readonly next: (FoundIndex & { readonly until: string | null }) | null;
  /** The names of indices that a new index has replaced. */
  readonly replaced: readonly string[];
}

type Reply = Readonly<
  Record<
    string,
    { readonly aliases?: Readonly<Record<string, unknown>>; readonly mappings?: { readonly _meta?: unknown } }
  >
>;

/** Reads the indices of the aliases from a reply to `GET <alias>-v*`. */
export function parseIndices(reply: Reply, alias: string, nextAlias: string): Indices {
  const indices = Object.entries(reply).map(([name, { aliases = {}, mappings }]) => {
    const { version = 0, until = null } = (mappings?._meta ?? {}) as { version?: number; until?: string | null };
    return { name, version, until, aliases };
  });
  // The pattern of the request also finds the indices of an alias such as `souk-search-vip`.
  const isOwn = (name: string) => /^-v\d+-\d+$/.test(name.slice(alias.length));
  const next = indices.find(({ aliases }) => nextAlias in aliases);
  const complete = indices.find(({ aliases }) => alias in aliases);
  return {
    complete: complete ? { name: complete.name, version: complete.version } : null,
    next: next ? { name: next.name, version: next.version, until: next.until } : null,
    replaced: indices
      .filter(({ name, aliases }) => isOwn(name) && !(alias in aliases) && !(nextAlias in aliases))
      .map(({ name }) => name),
  };
}

/**
 * Whether a new index is needed: there is no index, or the index has an older mapping. An index of a newer version stays, because a later version
 * of Souk has created it.
 */
export function needsNewIndex({ complete, next }: Indices): boolean {
  return next === null && (complete === null || complete.version < MAPPING_VERSION);
}

/** The name of the index after the present one: `souk-search-v1-2` after `souk-search-v1-1`. Equal in all processes, so only one creates it. */
export function nextIndexName(alias: string, version: number, present: string | null): string {
  const number = Number(/-(\d+)$/.exec(present ?? '')?.[1] ?? 0);
  return `${alias}-v${version}-${number + 1}`;
}
