import {
  PromotionCreateDocument,
  PromotionDeleteDocument,
  PromotionDocument,
  PromotionPreviewDocument,
  PromotionUpdateDocument,
  VariantBySkuDocument,
  type PromotionPreviewQuery,
} from '@souk/sdk';
import { souk } from '../api/client.ts';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { accepted, RefusalError } from '../api/refusal.ts';
import { previewLines, settingsOf, type ManagedPromotion, type PromotionForm } from './promotion-form.ts';

export type Preview = NonNullable<NonNullable<PromotionPreviewQuery['promotionPreview']>['preview']>;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads a promotion. Null when the promotion does not exist. */
export async function readPromotion(id: string, signal?: AbortSignal): Promise<ManagedPromotion | null> {
  return (await souk.run(PromotionDocument, { id }, signal ? { signal } : {})).promotion;
}

/**
 * Creates a promotion when `seen` is null. Otherwise changes the promotion `seen`.
 * @returns the id of the promotion
 * @throws RefusalError
 */
export async function savePromotion(form: PromotionForm, seen: ManagedPromotion | null): Promise<string> {
  const settings = settingsOf(form, await giftOf(form));
  const idempotencyKey = newIdempotencyKey();
  if (seen === null) {
    const input = { ...settings, idempotencyKey };
    const { promotion } = accepted((await souk.run(PromotionCreateDocument, { input })).promotionCreate);
    return promotion?.id ?? '';
  }
  const input = { ...settings, id: seen.id, expectedVersion: seen.version, idempotencyKey };
  accepted((await souk.run(PromotionUpdateDocument, { input })).promotionUpdate);
  return seen.id;
}

/** Deletes the promotion, if it has not changed since it was read. @throws RefusalError */
export async function deletePromotion({ id, version }: ManagedPromotion): Promise<void> {
  const input = { id, expectedVersion: version, idempotencyKey: newIdempotencyKey() };
  accepted((await souk.run(PromotionDeleteDocument, { input })).promotionDelete);
}

/** The cart of a preview: the id of a real cart, or lines in the format of `previewLines`. */
export interface PreviewCart {
  readonly cartId: string;
  readonly lines: string;
}

/** Applies the unsaved promotion to a cart. @throws RefusalError */
export async function previewPromotion(form: PromotionForm, id: string | null, cart: PreviewCart): Promise<Preview> {
  const settings = settingsOf(form, await giftOf(form));
  const cartId = cart.cartId.trim();
  const subject = cartId === '' ? { lines: await linesOf(cart.lines) } : { cartId };
  const { promotionPreview } = await souk.run(PromotionPreviewDocument, { input: { id, settings, ...subject } });
  const { preview } = accepted(promotionPreview);
  if (!preview) throw new RefusalError({ code: 'NO_PAYLOAD', message: 'The server returned no preview.' });
  return preview;
}

async function linesOf(text: string) {
  return Promise.all(
    previewLines(text).map(async ({ sku, quantity }) => ({ variantId: await variantOf(sku, 'lines'), quantity })),
  );
}

async function giftOf({ type, gift }: PromotionForm): Promise<string | null> {
  if (type !== 'GIFT') return null;
  const text = gift.trim();
  return UUID.test(text) ? text : variantOf(text, 'variantId');
}

async function variantOf(sku: string, field: string): Promise<string> {
  const { productVariant } = await souk.run(VariantBySkuDocument, { sku });
  if (productVariant) return productVariant.id;
  throw new RefusalError({ code: 'NOT_FOUND', message: `There is no variant with the SKU ${sku}.`, field: [field] });
}
