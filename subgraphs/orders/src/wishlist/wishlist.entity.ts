import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';

/** A wishlist. See `migrations/0019_wishlists.sql`. */
export const WishlistEntity = defineEntity({
  name: 'Wishlist',
  tableName: 'wishlist',
  properties: { ...baseColumns, customerId: p.uuid(), name: p.text(), isDefault: p.boolean() },
});

/** A variant in a wishlist. */
export const WishlistItemEntity = defineEntity({
  name: 'WishlistItem',
  tableName: 'wishlist_item',
  properties: {
    id: p.uuid().primary(),
    ...tenantColumn,
    wishlistId: p.uuid(),
    variantId: p.uuid(),
    addedAt: p.datetime(),
  },
});
