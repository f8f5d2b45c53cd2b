/** A document that the engine will never take, for instance because a field has a wrong type. */
export interface RefusedDocument {
  readonly id: string;
  readonly reason: string;
}

/** The outcome of a bulk request. Documents that are in neither list are stored. */
export interface BulkOutcome {
  /** The ids of documents that the engine may take later, because it is overloaded or replaces an index now. */
  readonly busy: readonly string[];
  readonly refused: readonly RefusedDocument[];
}

interface BulkItem {
  readonly _id?: string | null;
  readonly status: number;
  readonly error?: { readonly type: string; readonly reason?: string | null };
}

/**
 * Reads the reply to a bulk request. Each item is judged on its own, because one refused document makes `errors` true for the whole reply.
 * - 409: the index already has a newer version of the document
 * - 404 without an error: the document that had to be deleted does not exist
 * - 404 with an error: another process has just replaced the index
 * - 429 and 5xx: the engine is overloaded
 */
export function bulkOutcome(items: readonly Readonly<Record<string, BulkItem | undefined>>[]): BulkOutcome {
  const failed = items
    .flatMap((item) => Object.values(item))
    .filter((item) => item?.error !== undefined && item.status !== 409)
    .flatMap((item) => (item ? [item] : []));
  const isBusy = ({ status }: BulkItem) => status === 404 || status === 429 || status >= 500;
  return {
    busy: failed.filter(isBusy).map(({ _id }) => _id ?? ''),
    refused: failed
      .filter((item) => !isBusy(item))
      .map(({ _id, error }) => ({ id: _id ?? '', reason: `${error?.type}: ${error?.reason ?? ''}` })),
  };
}
