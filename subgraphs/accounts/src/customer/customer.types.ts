import { connectionTypes, DateTimeScalar } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType('Customer', {
  simpleResolvers: true,
  description: 'Somebody who bought something, with or without an account. One email is one customer of a shop.',
})
export class CustomerType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  email!: string;

  @Field(() => String, { description: 'As on the first order.' })
  name!: string;

  @Field(() => DateTimeScalar, { description: 'When the first order was placed.' })
  createdAt!: Date;
}

export const { ConnectionType: CustomerConnection } = connectionTypes('Customer', CustomerType);
