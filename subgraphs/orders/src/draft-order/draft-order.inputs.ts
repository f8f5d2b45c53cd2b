import {
  CurrencyCodeScalar,
  DateTimeScalar,
  DecimalScalar,
  IdempotentInput,
  IdField,
  IntField,
  NestedField,
  NestedListField,
  PageArgs,
  TextField,
} from '@souk/kit/graphql';
import { ArgsType, Field, InputType } from 'type-graphql';
import { PostalAddressInput } from '../address/postal-address.types.ts';
import { MAX_CART_LINES, MAX_LINE_QUANTITY } from '../cart/cart.errors.ts';
import { MAX_VERSION } from '../cart/cart.inputs.ts';
import { CheckoutPaymentInput } from '../checkout/checkout.types.ts';
import { OrderStatusEnum } from '../order/order.types.ts';
import type { DraftOrderStatus } from './draft-order.ts';

const EXPIRES = 'At most 180 days from now.';

@InputType({ description: 'A variant, the number of units, and the price that staff agreed on with the buyer.' })
export class DraftOrderLineInput {
  @IdField()
  variantId!: string;

  @IntField({ min: 1, max: MAX_LINE_QUANTITY, description: '1 to 10,000.' })
  quantity!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Price of one unit, as the catalog enters prices: with or without tax. Default: the price of the catalog.',
  })
  unitPrice?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'In percent, off the price of the catalog: 0.01 to 100. Not with `unitPrice`.',
  })
  discountPercent?: string | null;

  @TextField({ nullable: true, description: 'Why the price differs. Required with a price or a discount.' })
  priceReason?: string | null;
}

@InputType()
export class DraftOrderCreateInput extends IdempotentInput {
  @NestedListField(() => DraftOrderLineInput, { nullable: true, max: MAX_CART_LINES })
  lines?: DraftOrderLineInput[] | null;

  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'Default: the currency of the shop.' })
  currencyCode?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: `Default: in 14 days. ${EXPIRES}` })
  expiresAt?: Date | null;
}

@InputType()
abstract class DraftOrderChangeInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    min: 1,
    max: MAX_VERSION,
    nullable: true,
    description: "The draft's `version` that the caller has seen. The change is refused for another version.",
  })
  expectedVersion?: number | null;
}

@InputType()
export class DraftOrderUpdateInput extends DraftOrderChangeInput {
  @TextField({ max: 254, nullable: true, description: 'Default: unchanged. Null removes the address.' })
  email?: string | null;

  @NestedField(() => PostalAddressInput, {
    nullable: true,
    description: 'Default: unchanged. Null removes the address.',
  })
  shippingAddress?: PostalAddressInput | null;

  @NestedField(() => PostalAddressInput, {
    nullable: true,
    description: 'Default: unchanged. Null: the same as the shipping address.',
  })
  billingAddress?: PostalAddressInput | null;

  @IdField({
    nullable: true,
    description: "One of the `shippingMethods` of the draft's cart. Default: unchanged. Null removes the method.",
  })
  shippingMethodId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: `${EXPIRES} Default and null: unchanged.` })
  expiresAt?: Date | null;
}

@InputType()
export class DraftOrderLinesSetInput extends DraftOrderChangeInput {
  @NestedListField(() => DraftOrderLineInput, {
    max: MAX_CART_LINES,
    description: 'Replaces all lines. Each variant at most once.',
  })
  lines!: DraftOrderLineInput[];
}

@InputType()
export class DraftOrderDeleteInput extends DraftOrderChangeInput {}

@InputType()
export class DraftOrderCompleteInput extends DraftOrderChangeInput {
  @NestedField(() => CheckoutPaymentInput)
  payment!: CheckoutPaymentInput;
}

@InputType({ description: 'The filter of a list of draft orders.' })
export class DraftOrderFilterInput {
  @Field(() => OrderStatusEnum, { nullable: true, description: 'DRAFT, PLACED or EXPIRED.' })
  status?: DraftOrderStatus | null;
}

@ArgsType()
export class DraftOrdersArgs extends PageArgs {
  @Field(() => DraftOrderFilterInput, { nullable: true })
  filter?: DraftOrderFilterInput | null;
}
