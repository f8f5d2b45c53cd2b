import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** Maximum number of levels in a tree of categories. */
export const MAX_DEPTH = 20;

/** The path of a category: the category itself and all its ancestors, the nearest first. */
export type Ancestry = readonly string[];

/** Returned when a category would become its own descendant. */
export type CategoryCycle = Failure<'CATEGORY_CYCLE'>;
/** Returned when the tree would exceed `MAX_DEPTH` levels. */
export type CategoryTooDeep = Failure<'CATEGORY_TOO_DEEP'>;

/**
 * Checks whether a category may move below a parent.
 * @param parentAncestry the new parent and its ancestors, the nearest first. Empty for a new root.
 * @param height the number of levels in the category's own subtree. 1 when the category has no children.
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

/** A category that is not stored yet, with the slug of its parent. The parent may be new or stored. */
export interface CategoryLink {
  readonly slug: string;
  readonly parentSlug?: string | null;
}

/** Sorts parents before their children. @throws RangeError when categories form a cycle */
export function parentsFirst<Link extends CategoryLink>(links: readonly Link[]): Link[] {
  const waiting = new Map(links.map((link) => [link.slug, link]));
  const ordered: Link[] = [];
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ parentSlug }) => !parentSlug || !waiting.has(parentSlug));
    if (free.length === 0) throw new RangeError(`Categories form a cycle: ${[...waiting.keys()].join(', ')}`);
    for (const link of free) waiting.delete(link.slug);
    ordered.push(...free);
  }
  return ordered;
}
