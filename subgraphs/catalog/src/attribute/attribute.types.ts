import { connectionTypes } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('Attribute', {
  simpleResolvers: true,
  description: 'Something that products are described and filtered by: "Material".',
})
export class AttributeType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Stable, for programs: "material". Unique in the shop.' })
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'Grows with every change; `expectedVersion` of a mutation is compared with it.' })
  version!: number;
}

export const { ConnectionType: AttributeConnection } = connectionTypes('Attribute', AttributeType);
