import { randomUUID } from 'node:crypto';
import { CollectionEntity, CollectionTranslationEntity } from '../collection/collection.entity.ts';
import type { CatalogTransaction } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import { idsByKey } from '../placement.repository.ts';
import { translationTexts } from '../translation/catalog-translation.ts';
import type { ImportedCollection, ImportOutcome } from './catalog-import.ts';

/** Inserts the collections that do not exist yet. */
export async function storeCollections(
  tx: CatalogTransaction,
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
    CollectionEntity,
    unknown.map(({ id, slug, name, description, externalReference }) => ({
      id,
      slug,
      name,
      description: description ?? '',
      externalReference: externalReference ?? null,
    })),
  );
  await insertRows(
    tx,
    CollectionTranslationEntity,
    unknown.flatMap(({ id, translations }) =>
      (translations ?? []).map((texts) => ({
        collectionId: id,
        ...translationTexts(texts),
      })),
    ),
  );
  return { created: unknown.length, skipped: collections.length - unknown.length };
}
