import { AuditedFor, AuditedType, DateTimeScalar, type PresentedUserError } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { OrdersRead } from '../contract.ts';
import { errors } from '../user-errors.ts';
import { WISHLIST_LIMITS } from './wishlist.policy.ts';

@Directive('@key(fields: "id variantId", resolvable: false)')
@ObjectType('WishlistItem', { simpleResolvers: true, description: 'One variant in a wishlist.' })
export class WishlistItemType {
  @Field(() => ID)
  id!: string;

  @Directive('@inaccessible')
  @Field(() => ID)
  variantId!: string;

  @Field(() => DateTimeScalar)
  addedAt!: Date;
}

@AuditedFor(OrdersRead)
@ObjectType('Wishlist', {
  implements: AuditedType,
  simpleResolvers: true,
  description: "A customer's list of variants to buy later.",
})
export class WishlistType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Boolean, { description: 'Whether items without a list go to this list.' })
  isDefault!: boolean;

  @Directive('@listSize(assumedSize: 20)')
  @Field(() => [WishlistItemType], { description: `At most ${WISHLIST_LIMITS.items}, the newest first.` })
  items!: readonly WishlistItemType[];
}

@ObjectType()
abstract class WishlistPayload {
  @Field(() => WishlistType, { nullable: true, description: 'Null when the mutation was refused.' })
  wishlist!: WishlistType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly PresentedUserError[];
}

@ObjectType({ simpleResolvers: true })
export class WishlistCreatePayload extends WishlistPayload {}

@ObjectType({ simpleResolvers: true })
export class WishlistUpdatePayload extends WishlistPayload {}

@ObjectType({ simpleResolvers: true })
export class WishlistItemAddPayload extends WishlistPayload {}

@ObjectType({ simpleResolvers: true })
export class WishlistItemRemovePayload extends WishlistPayload {}

@ObjectType({ simpleResolvers: true })
export class WishlistDeletePayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted list. Null when the deletion was refused.' })
  deletedId!: string | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly PresentedUserError[];
}
