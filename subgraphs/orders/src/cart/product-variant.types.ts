import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The catalog's variant, as far as this subgraph knows it: the gateway asks the catalog for the rest. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('ProductVariant', { simpleResolvers: true })
export class ProductVariantStub {
  @Field(() => ID)
  id!: string;
}

@ObjectType('LineOption', {
  simpleResolvers: true,
  description: 'A choice that makes a variant what it is, as it was when the line was made.',
})
export class LineOptionType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}
