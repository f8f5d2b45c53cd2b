import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { ProductChanged } from '../contract.ts';

/** The event for an added or changed product, variant or price. */
export function productChanged({ id, slug }: { readonly id: string; readonly slug: string }): DomainEvent {
  return eventOf(ProductChanged, id, { productId: id, slug });
}
