import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** How many levels a tree of categories may have. */
export const MAX_DEPTH = 20;

/** Where a category hangs: itself and everything above it, nearest first. */
export type Ancestry = readonly string[];

/** Returned when a category would come to lie below itself. */
export type CategoryCycle = Failure<'CATEGORY_CYCLE'>;
/** Returned when the tree would get more than `MAX_DEPTH` levels. */
export type CategoryTooDeep = Failure<'CATEGORY_TOO_DEEP'>;

/**
 * Whether a category may hang below a parent.
 * @param parentAncestry of the new parent, itself first; empty when the category becomes a root.
 * @param height levels of the category's own subtree, 1 without children.
 */
export function checkMove(
  categoryId: string,
  parentAncestry: Ancestry,
  height: number,
): Result<void, CategoryCycle | CategoryTooDeep> {
  if (parentAncestry.includes(categoryId))
    return err(
      failure('CATEGORY_CYCLE', 'A category cannot lie below itself; choose a parent outside of it', ['parentId']),
    );
  if (parentAncestry.length + height > MAX_DEPTH)
    return err(failure('CATEGORY_TOO_DEEP', `Categories have at most ${MAX_DEPTH} levels`, ['parentId']));
  return ok(undefined);
}

/** A category that is not stored yet, and its parent's name among the others or in the database. */
export interface CategoryLink {
  readonly slug: string;
  readonly parentSlug?: string | null;
}

/** Parents before their children. @throws RangeError when some lie below each other in a circle. */
export function parentsFirst<Link extends CategoryLink>(links: readonly Link[]): Link[] {
  const waiting = new Map(links.map((link) => [link.slug, link]));
  const ordered: Link[] = [];
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ parentSlug }) => !parentSlug || !waiting.has(parentSlug));
    if (free.length === 0)
      throw new RangeError(`Categories lie below each other in a circle: ${[...waiting.keys()].join(', ')}`);
    for (const link of free) waiting.delete(link.slug);
    ordered.push(...free);
  }
  return ordered;
}
