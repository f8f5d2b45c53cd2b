import { MoneyType, respondWith, userErrorTypes } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** The error codes of this subgraph's mutations, besides the codes that every subgraph has. */
const ORDERS_ERROR_CODES = [
  // Codes of carts.
  'VARIANT_NOT_FOUND',
  'PRICE_MISSING',
  'QUANTITY_INVALID',
  'CART_CLOSED',
  'CART_IS_DRAFT',
  'CART_LIMIT_REACHED',
  'EMAIL_INVALID',
  'SHIPPING_METHOD_NOT_AVAILABLE',
  'DISCOUNT_CODE_UNKNOWN',
  'CODE_TAKEN',
  'PROMOTION_LIMIT_REACHED',
  'SERVICE_UNAVAILABLE',
  // Codes of shipping.
  'SHIPPING_LIMIT_REACHED',
  'SHIPPING_ZONE_IN_USE',
  // Codes of taxes.
  'TAX_ID_INVALID',
  'TAX_CATEGORY_UNKNOWN',
  'TAX_CATEGORY_IN_USE',
  'TAX_RATES_OVERLAP',
  'TAX_ZONE_TAKEN',
  'TAX_LIMIT_REACHED',
  // Codes of the checkout.
  'CART_EMPTY',
  'ADDRESS_MISSING',
  'EMAIL_MISSING',
  'SHIPPING_METHOD_MISSING',
  'INSUFFICIENT_STOCK',
  'PAYMENT_DECLINED',
  'PAYMENT_NOT_FINISHED',
  'PRICE_CHANGED',
  'DISCOUNT_CHANGED',
  'TAX_CHANGED',
  'CHECKOUT_IN_PROGRESS',
  // Codes of orders and fulfillments.
  'ORDER_NOT_CANCELABLE',
  'ORDER_NOTE_LIMIT_REACHED',
  'NOTHING_TO_FULFILL',
  'FULFILLMENT_QUANTITY_EXCEEDED',
  'FULFILLMENT_STATE_INVALID',
  'PAYMENT_NOT_ALLOWED',
  'DRAFT_ORDER_CLOSED',
  // Codes of returns.
  'RETURN_NOT_ALLOWED',
  'RETURN_QUANTITY_EXCEEDED',
  'RETURN_STATE_INVALID',
  'REFUND_EXCEEDS_CAPTURED',
  'TOO_MANY_ATTEMPTS',
  // Codes of wishlists.
  'WISHLIST_LIMIT_REACHED',
  // Codes of invoices.
  'INVOICE_SETTINGS_MISSING',
  'INVOICE_EXISTS',
  'INVOICE_NOT_ALLOWED',
] as const;

/** The GraphQL types of user errors. Payloads declare `userErrors: [errors.UserError]`. */
export const errors = userErrorTypes([...ORDERS_ERROR_CODES], {
  INSUFFICIENT_STOCK: 'InsufficientStockError',
  PAYMENT_DECLINED: 'PaymentDeclinedError',
  PRICE_CHANGED: 'PriceChangedError',
});

/** Wraps the service call of each mutation. It validates the input and converts failures to `userErrors`. */
export const respond = respondWith(errors);

/** The GraphQL type of the failure `INSUFFICIENT_STOCK`, with the line and the available units. */
@ObjectType('InsufficientStockError', {
  implements: errors.UserError,
  simpleResolvers: true,
  description: 'Returned when a line asks for more units than can be sold now.',
})
class InsufficientStockError extends errors.UserError {
  @Field(() => ID, { nullable: true, description: 'Id of the cart line.' })
  lineId!: string | null;

  @Field(() => ID)
  variantId!: string;

  @Field(() => Int, { description: 'Units that can be sold now.' })
  available!: number;
}

/** The GraphQL type of the failure `PAYMENT_DECLINED`, with the decline code. */
@ObjectType('PaymentDeclinedError', {
  implements: errors.UserError,
  simpleResolvers: true,
  description: 'Returned when the payment was declined. The buyer should choose another payment method.',
})
class PaymentDeclinedError extends errors.UserError {
  @Field(() => String, { description: 'The reason as the payment network names it, such as "card_declined".' })
  declineCode!: string;
}

/** The GraphQL type of the failure `PRICE_CHANGED`. `presentUnitPrice` computes the field `unitPrice`. */
@ObjectType('PriceChangedError', {
  implements: errors.UserError,
  simpleResolvers: true,
  description:
    'Returned when a price differs from the price that the buyer saw. The cart now shows the new price, and the checkout can be repeated.',
})
class PriceChangedError extends errors.UserError {
  @Field(() => ID, { nullable: true, description: 'Id of the cart line.' })
  lineId!: string | null;

  @Field(() => ID)
  variantId!: string;

  @Field(() => MoneyType, { description: 'The current price of one unit.' })
  unitPrice!: MoneyType;
}

/** Classes for `orphanedTypes`. No field refers to them directly, so the schema builder would omit them. */
export const userErrorClasses = [
  errors.GeneralUserError,
  errors.VersionConflictError,
  InsufficientStockError,
  PaymentDeclinedError,
  PriceChangedError,
  errors.TooManyAttemptsError,
];
