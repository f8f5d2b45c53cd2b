import { shownAmount } from '../pricing/price.ts';
import type { StoredListedPrice } from './listed-price.repository.ts';
import type { PriceListPriceInput, PriceListPriceKeyInput, PriceListUpdateInput } from './price-list.inputs.ts';
import type { ListedPrice, ListedPriceKey } from './listed-price.ts';
import type { StoredPriceList } from './price-list.repository.ts';
import type { PriceListDraft } from './price-list.ts';
import type { PriceListPriceType, PriceListType } from './price-list.types.ts';

export function presentPriceList({ currency, groupIds, ...list }: StoredPriceList): PriceListType {
  return { ...list, currencyCode: currency, customerGroupIds: groupIds };
}

export function presentListedPrice(stored: StoredListedPrice): PriceListPriceType {
  const { variantId, fromQuantity, currency, unitPrice, compareAtPrice } = stored;
  const shown = (amount: string) => ({ amount: shownAmount(amount, currency), currencyCode: currency });
  return {
    variantId,
    fromQuantity,
    price: shown(unitPrice),
    compareAtPrice: compareAtPrice === null ? null : shown(compareAtPrice),
  };
}

/** The settings that the input sets. Fields that are undefined are removed. */
export function changesOf(input: PriceListUpdateInput): Partial<Omit<PriceListDraft, 'currency' | 'pricesIncludeTax'>> {
  const { id: _id, expectedVersion: _version, idempotencyKey: _key, customerGroupIds: groupIds, ...changes } = input;
  return Object.fromEntries(Object.entries({ ...changes, groupIds }).filter(([, value]) => value !== undefined));
}

export function listedPriceOf({ price, fromQuantity, compareAtPrice, variantId }: PriceListPriceInput): ListedPrice {
  return { variantId, fromQuantity: fromQuantity ?? 1, unitPrice: price, compareAtPrice: compareAtPrice ?? null };
}

export function listedPriceKeyOf({ variantId, fromQuantity }: PriceListPriceKeyInput): ListedPriceKey {
  return { variantId, fromQuantity: fromQuantity ?? null };
}
