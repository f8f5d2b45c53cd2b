import { connectionTypes, DateTimeScalar, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

const STAFF = '@requiresScopes(scopes: [["customers:read"]])';

@Directive('@key(fields: "id")')
@ObjectType('Customer', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'Somebody who bought something, with or without an account. One email is one customer of a shop.',
})
export class CustomerType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  email!: string;

  @Directive(STAFF)
  @Field(() => String, { nullable: true, description: 'As on the first order; for staff.' })
  name!: string | null;

  @Directive(STAFF)
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the first order was placed; for staff.' })
  createdAt!: Date | null;
}

export const { ConnectionType: CustomerConnection } = connectionTypes('Customer', CustomerType);
