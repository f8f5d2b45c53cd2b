import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { ProductChanged } from '../contract.ts';

/** Makes the event `ProductChanged`. It also reports changes of the product's variants and prices. */
export function productChanged({ id, slug }: { readonly id: string; readonly slug: string }): DomainEvent {
  return eventOf(ProductChanged, id, { productId: id, slug });
}
