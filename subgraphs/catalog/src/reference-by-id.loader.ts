import { isUuid } from '@souk/kit/domain';
import type { ReferenceResolvers, RequestLoader } from '@souk/kit/graphql';

/** Resolves references by id from other subgraphs, in one batch per request. Null for an unknown entity and for a malformed id. */
export function referenceById<Row>(
  loader: Pick<RequestLoader<string, Row>, 'load'>,
  present: (row: Row) => object,
): ReferenceResolvers[string] {
  return async ({ id }, ctx) => {
    const row = typeof id === 'string' && isUuid(id) ? await loader.load(ctx, id) : null;
    return row && present(row);
  };
}
