import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { ProductChanged } from '../contract.ts';

/** The event `ProductChanged`, for an added or changed product and for changes of its variants or prices. */
export function productChanged({ id, slug }: { readonly id: string; readonly slug: string }): DomainEvent {
  return eventOf(ProductChanged, id, { productId: id, slug });
}
