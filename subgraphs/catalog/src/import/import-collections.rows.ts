import { randomUUID } from 'node:crypto';
import type { Transaction } from '@souk/kit/persistence';
import type { CatalogDatabase } from '../database.ts';
import { insertRows } from '../insert-rows.ts';
import { idsByKey } from '../placement.rows.ts';
import type { ImportedCollection, ImportOutcome } from './catalog-import.ts';

/** Stores collections, those that are there left out. */
export async function storeCollections(
  tx: Transaction<CatalogDatabase>,
  collections: readonly ImportedCollection[],
): Promise<ImportOutcome> {
  const known = await idsByKey(
    tx,
    'collection',
    collections.map(({ slug }) => slug),
  );
  const unknown = collections
    .filter(({ slug }) => !known.has(slug))
    .map((collection) => ({ id: randomUUID(), ...collection }));
  await insertRows(
    tx,
    'collection',
    unknown.map(({ id, slug, name, description, externalReference }) => ({
      id,
      slug,
      name,
      description: description ?? '',
      external_reference: externalReference ?? null,
    })),
  );
  await insertRows(
    tx,
    'collection_translation',
    unknown.flatMap(({ id, translations }) =>
      (translations ?? []).map(({ locale, name, description }) => ({
        collection_id: id,
        locale,
        name: name ?? null,
        description: description ?? null,
      })),
    ),
  );
  return { created: unknown.length, skipped: collections.length - unknown.length };
}
