import {
  ManagedProductDocument,
  ProductPublishDocument,
  ProductTranslationSetDocument,
  ProductUnpublishDocument,
  ProductUpdateDocument,
  VariantPricesSetDocument,
  VariantUpdateDocument,
} from '@souk/sdk';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted } from '../api/refusal.ts';
import { productChange, variantChanges, type ManagedProduct, type VariantChange } from './product-form.ts';
import type { Texts } from './text-changes.ts';

/**
 * The language of the original texts. Without this header, the API would return texts in the browser's language, and
 * staff would overwrite the original with a translation.
 */
const ORIGINAL_LANGUAGE = 'en';

/** Request headers that select the original texts. */
export const ORIGINAL_TEXTS = { 'accept-language': ORIGINAL_LANGUAGE } as const;

/** Reads a product in one language. Null when the product does not exist. */
export async function readProduct(
  id: string,
  { language = ORIGINAL_LANGUAGE, signal }: { readonly language?: string; readonly signal?: AbortSignal } = {},
): Promise<ManagedProduct | null> {
  const options = { headers: { 'accept-language': language }, ...(signal && { signal }) };
  return (await souk.run(ManagedProductDocument, { id }, options)).product;
}

/**
 * Saves the changed texts, first of the product, then of each variant.
 * @throws RefusalError when the server refuses a change. Earlier changes stay saved.
 */
export async function saveProduct(seen: ManagedProduct, before: Texts, after: Texts): Promise<void> {
  const change = productChange(before, after);
  if (change) {
    const input = { idempotencyKey: newIdempotencyKey(), id: seen.id, expectedVersion: seen.version, ...change };
    accepted((await souk.run(ProductUpdateDocument, { input })).productUpdate);
  }
  for (const variant of variantChanges(seen.variants.nodes, before, after)) {
    const version = seen.variants.nodes.find(({ id }) => id === variant.id)?.version;
    if (version !== undefined) await saveVariant(variant, version);
  }
}

async function saveVariant({ id, fields, prices }: VariantChange, seenVersion: number): Promise<void> {
  let expectedVersion = seenVersion;
  if (fields) {
    const input = { idempotencyKey: newIdempotencyKey(), id, expectedVersion, ...fields };
    const { productVariant } = accepted((await souk.run(VariantUpdateDocument, { input })).productVariantUpdate);
    expectedVersion = productVariant?.version ?? expectedVersion;
  }
  if (prices) {
    const input = { idempotencyKey: newIdempotencyKey(), id, expectedVersion, prices: [...prices] };
    accepted((await souk.run(VariantPricesSetDocument, { input })).variantPricesSet);
  }
}

/** Publishes or unpublishes a product. @throws RefusalError */
export async function setPublished({ id, version }: ManagedProduct, isPublished: boolean): Promise<void> {
  const input = { idempotencyKey: newIdempotencyKey(), id, expectedVersion: version };
  if (isPublished) accepted((await souk.run(ProductPublishDocument, { input })).productPublish);
  else accepted((await souk.run(ProductUnpublishDocument, { input })).productUnpublish);
}

/** Saves the translation of a product's texts. Empty texts remove the translation. @throws RefusalError */
export async function saveTranslation(
  id: string,
  texts: { readonly locale: string; readonly name: string; readonly description: string },
): Promise<void> {
  const { locale, name, description } = texts;
  const input = {
    idempotencyKey: newIdempotencyKey(),
    id,
    locale,
    name: name || null,
    description: description || null,
  };
  accepted((await souk.run(ProductTranslationSetDocument, { input })).productTranslationSet);
}
