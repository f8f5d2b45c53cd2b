/** The maximum number of lists of a customer, and of items of a list. */
export const WISHLIST_LIMITS = { lists: 20, items: 200 } as const;

/** The name of the list that the first item without a list creates. */
export const FIRST_NAME = 'Wishlist';
