import type { Address } from '@souk/kit/postal';

/** The purposes for which a customer has a default address. */
export const ADDRESS_USES = ['SHIPPING', 'BILLING'] as const;
export type AddressUse = (typeof ADDRESS_USES)[number];

/** The maximum number of addresses of a customer. */
export const MOST_ADDRESSES = 50;

/** An address of a customer. It may be the default for deliveries, for invoices, or for both. */
export interface CustomerAddress {
  readonly id: string;
  readonly customerId: string;
  readonly address: Address;
  readonly isDefaultShipping: boolean;
  readonly isDefaultBilling: boolean;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
  readonly version: number;
}

/** The uses for which a new address becomes the default. A customer's first address becomes the default for both. */
export function usesOfNew(known: readonly CustomerAddress[], asked: readonly AddressUse[]): readonly AddressUse[] {
  return known.length === 0 ? ADDRESS_USES : asked;
}

/** A use (shipping or billing) for which another address becomes the default. */
export interface Succession {
  readonly use: AddressUse;
  readonly addressId: string;
}

/**
 * Finds the new defaults after an address was removed. The oldest remaining address becomes the default for the uses of the removed
 * address.
 * @param remaining the oldest first
 */
export function successions(removed: CustomerAddress, remaining: readonly CustomerAddress[]): readonly Succession[] {
  const [oldest] = remaining;
  return oldest
    ? ADDRESS_USES.filter((use) => isDefaultFor(removed, use)).map((use) => ({ use, addressId: oldest.id }))
    : [];
}

function isDefaultFor({ isDefaultShipping, isDefaultBilling }: CustomerAddress, use: AddressUse): boolean {
  return use === 'SHIPPING' ? isDefaultShipping : isDefaultBilling;
}
