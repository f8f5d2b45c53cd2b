import { Field, ObjectType } from 'type-graphql';

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
