import type { MyWishlistsQuery } from '@souk/sdk';

/** A wishlist of the customer, with its items. */
export type Wishlist = NonNullable<NonNullable<MyWishlistsQuery['me']>['wishlists']>[number];
export type WishlistItem = Wishlist['items'][number];

/** Returns the lists with a changed list in its place. A new list is the last one. */
export function withList(lists: readonly Wishlist[], changed: Wishlist): readonly Wishlist[] {
  return lists.some(({ id }) => id === changed.id)
    ? lists.map((list) => (list.id === changed.id ? changed : list))
    : [...lists, changed];
}

/** Finds the item of a variant in the default list. */
export function defaultItemOf(lists: readonly Wishlist[], variantId: string): WishlistItem | undefined {
  return lists.find(({ isDefault }) => isDefault)?.items.find(({ variant }) => variant?.id === variantId);
}
