import { connectionTypes } from '@souk/kit/graphql';
import { Field, ID, ObjectType } from 'type-graphql';

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
}

export const { ConnectionType: AttributeConnection } = connectionTypes('Attribute', AttributeType);
