import { Field, ObjectType } from 'type-graphql';

@ObjectType('CustomAttribute', {
  simpleResolvers: true,
  description: 'A text under a key, for instance an engraving. The buyer sees both.',
})
export class CustomAttributeType {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  value!: string;
}
