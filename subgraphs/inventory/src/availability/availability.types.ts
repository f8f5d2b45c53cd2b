import { DateTimeScalar } from '@souk/kit/graphql';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { UNLIMITED } from './unlimited.ts';

@ObjectType('Availability', {
  simpleResolvers: true,
  description: 'The units that can be bought now, over all warehouses.',
})
export class AvailabilityType {
  @Field(() => Boolean)
  inStock!: boolean;

  @Field(() => Int, {
    description: `Units that can be bought now. ${UNLIMITED} when the sale is not limited.`,
  })
  quantity!: number;

  @Field(() => Boolean, {
    description: 'Whether the stock limits the sale. False for the stock modes `NONE` and `TRACK_ONLY`.',
  })
  limited!: boolean;

  @Field(() => Int, { description: 'Units that can be ordered beyond `quantity`. They are sent when stock arrives.' })
  backorderable!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time at which stock is expected.' })
  expectedAt!: Date | null;
}

/** A stub of the catalog's variant. The SKU is its key. */
@Directive('@key(fields: "sku")')
@ObjectType('ProductVariant', { simpleResolvers: true })
export class ProductVariantStub {
  @Field(() => String)
  sku!: string;

  @Field(() => AvailabilityType, { nullable: true })
  availability!: AvailabilityType | null;
}
