// Types for the fields of Souk's responses that the tour uses.

export interface Money {
  readonly amount: string;
  readonly currencyCode: string;
}

export interface Variant {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
  readonly availability: { readonly inStock: boolean; readonly quantity: number } | null;
}

export interface Product {
  readonly name: string;
  readonly variants: { readonly nodes: readonly Variant[] };
}

export interface Cart {
  readonly id: string;
  readonly lines: readonly {
    readonly quantity: number;
    readonly total: Money;
    readonly variant: { readonly product: { readonly name: string } } | null;
  }[];
  readonly shippingMethods: readonly { readonly id: string; readonly name: string; readonly price: Money }[];
  readonly totals: { readonly subtotal: Money; readonly shipping: Money; readonly total: Money };
}

export interface PlacedOrder {
  readonly id: string;
  readonly number: string;
  readonly totals: { readonly total: Money };
}

export interface StatusChange {
  readonly type: string;
  readonly order: { readonly status: string; readonly paymentStatus: string; readonly fulfillmentStatus: string };
}

export interface Fulfillment {
  readonly id: string;
  readonly trackingNumber: string | null;
  readonly warehouse: { readonly code: string } | null;
}

/** The payload of a mutation: its result and its user errors. */
export type Payload<Result> = Result & { readonly userErrors: readonly { readonly message: string }[] };
