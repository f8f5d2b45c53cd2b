import { Field, ObjectType } from 'type-graphql';

@ObjectType('LineOption', {
  simpleResolvers: true,
  description: 'An option value of the variant, as it was when the line was created.',
})
export class LineOptionType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}
