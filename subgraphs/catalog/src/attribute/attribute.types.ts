import { connectionTypes } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('Attribute', {
  simpleResolvers: true,
  description: 'A property that describes and filters products: "Material".',
})
export class AttributeType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Stable, for programs: "material". Unique in the shop.' })
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'Increases with every change. Mutations compare their `expectedVersion` with it.' })
  version!: number;
}

export const { ConnectionType: AttributeConnection } = connectionTypes('Attribute', AttributeType);
