import {
  CurrencyCodeScalar,
  DateTimeScalar,
  IdField,
  IdListField,
  NestedField,
  NestedListField,
  TextField,
  TextListField,
} from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { MAX_CART_LINES } from '../cart/cart.errors.ts';
import { CartLineInput } from '../cart/cart.inputs.ts';
import { MAX_DISCOUNT_CODES } from '../promotion/discount-code.ts';
import { PromotionDraftInput } from '../promotion/promotion.inputs.ts';

@InputType({
  description:
    'The promotion to preview, and the cart: either `cartId` or `lines`. Without `id` and `settings` the preview shows the promotions of the shop.',
})
export class PromotionPreviewInput {
  @IdField({ nullable: true, description: 'A promotion of the shop.' })
  id?: string | null;

  @NestedField(() => PromotionDraftInput, {
    nullable: true,
    description:
      'The settings of a new promotion, or with `id` the changed settings of that promotion. Nothing is saved.',
  })
  settings?: PromotionDraftInput | null;

  @IdField({ nullable: true, description: 'A cart of a buyer. It stays as it is.' })
  cartId?: string | null;

  @NestedListField(() => CartLineInput, { nullable: true, max: MAX_CART_LINES })
  lines?: CartLineInput[] | null;

  @Field(() => CurrencyCodeScalar, {
    nullable: true,
    description: "For `lines`. Default: the shop's currency. A cart has its own currency.",
  })
  currencyCode?: string | null;

  @TextField({
    max: 254,
    nullable: true,
    description:
      'The e-mail address of the buyer, for limits per buyer and first orders. Default: the address of the cart.',
  })
  email?: string | null;

  @TextListField({
    max: MAX_DISCOUNT_CODES,
    nullable: true,
    description: 'Codes that the buyer enters, besides the codes of the cart and the code of the previewed promotion.',
  })
  codes?: string[] | null;

  @IdListField({ max: 20, nullable: true, description: 'The customer groups of the buyer. Default: none.' })
  customerGroupIds?: string[] | null;

  @IdField({
    nullable: true,
    description:
      'The sales channel of the sale, for `lines`. Default: that of the request. A cart has its own channel.',
  })
  channelId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The moment of the sale. Default: now.' })
  at?: Date | null;
}
