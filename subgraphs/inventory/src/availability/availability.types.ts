import { Directive, Field, Int, ObjectType } from 'type-graphql';

@ObjectType('Availability', {
  simpleResolvers: true,
  description: 'The units that can be bought now, over all warehouses.',
})
export class AvailabilityType {
  @Field(() => Boolean)
  inStock!: boolean;

  @Field(() => Int, { description: 'Units that are neither sold nor reserved.' })
  quantity!: number;
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
