import type { RequestContext } from '../context/index.ts';
import type { PageRange } from '../domain/index.ts';
import { RequestLoader } from './request-loader.ts';

/** A parent, and the range of one page of its children. */
export interface PageKey {
  readonly parentId: string;
  readonly range: PageRange;
}

/**
 * Creates a loader of one page of children per parent. Parents with the same range are read together. The ranges of one field are equal for
 * all parents, unless the request selects the field twice under two aliases.
 * @param read returns the pages by the id of the parent
 */
export function pageLoader<Page>(
  read: (ctx: RequestContext, parentIds: readonly string[], range: PageRange) => Promise<ReadonlyMap<string, Page>>,
): RequestLoader<PageKey, Page> {
  return new RequestLoader<PageKey, Page>(async (ctx, keys) => {
    const pages = new Map<string, Page>();
    for (const group of Map.groupBy(keys, ({ range }) => JSON.stringify(range)).values()) {
      const [one] = group;
      if (!one) continue;
      const { range } = one;
      const parentIds = group.map(({ parentId }) => parentId);
      const found = await read(ctx, parentIds, range);
      for (const [parentId, page] of found) pages.set(nameOf({ parentId, range }), page);
    }
    return pages;
  }, nameOf);
}

function nameOf({ parentId, range }: PageKey): string {
  return JSON.stringify([parentId, range]);
}
