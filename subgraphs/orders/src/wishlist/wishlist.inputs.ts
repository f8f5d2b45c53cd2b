import { IdempotentInput, IdField, LineField, OmittableField } from '@souk/kit/graphql';
import { Field, InputType, Int } from 'type-graphql';

const NAME = { max: 100 } as const;
const EXPECTED_VERSION = {
  nullable: true,
  description: 'The expected version. The change is refused when the list has another version.',
} as const;

@InputType('WishlistCreateInput')
export class WishlistCreateInput extends IdempotentInput {
  @LineField(NAME)
  name!: string;
}

@InputType('WishlistUpdateInput', { description: 'Omitted fields keep their value.' })
export class WishlistUpdateInput extends IdempotentInput {
  @IdField()
  id!: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;

  @LineField({ ...NAME, omittable: true })
  name?: string;

  @OmittableField(() => Boolean, { description: 'True makes the list the default. False changes nothing.' })
  isDefault?: boolean;
}

@InputType('WishlistDeleteInput')
export class WishlistDeleteInput extends IdempotentInput {
  @IdField()
  id!: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType('WishlistItemAddInput')
export class WishlistItemAddInput extends IdempotentInput {
  @IdField({ nullable: true, description: "Default: the customer's default list, which the first item creates." })
  wishlistId?: string | null;

  @IdField()
  variantId!: string;
}

@InputType('WishlistItemRemoveInput')
export class WishlistItemRemoveInput extends IdempotentInput {
  @IdField()
  itemId!: string;
}
