import type { Money } from '@souk/kit/domain';

/** A way of shipping with its price for one cart. */
export interface OfferedShippingMethod {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** Tax included. */
  readonly price: Money;
}
