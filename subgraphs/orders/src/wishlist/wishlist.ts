/** An item of a wishlist. */
export interface WishlistItem {
  readonly id: string;
  readonly variantId: string;
  readonly addedAt: Date;
}

/** A wishlist of a customer. */
export interface Wishlist {
  readonly id: string;
  readonly name: string;
  /** Whether items without a list go to this list. One list of a customer is the default. */
  readonly isDefault: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
  /** The newest first. */
  readonly items: readonly WishlistItem[];
}

/** The list that becomes the default when a list is deleted: the oldest other list. Null when the default stays, or no list is left. */
export function successorOf(lists: readonly Wishlist[], deleted: Wishlist): Wishlist | null {
  if (!deleted.isDefault) return null;
  const [oldest] = lists
    .filter(({ id }) => id !== deleted.id)
    .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  return oldest ?? null;
}
