import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { ProductChanged } from '../contract.ts';

/** The event that a product, one of its variants or one of their prices was added or changed. */
export function productChanged({ id, slug }: { readonly id: string; readonly slug: string }): DomainEvent {
  return eventOf(ProductChanged, id, { productId: id, slug });
}
