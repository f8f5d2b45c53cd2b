import { connectionTypes, DateTimeScalar, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/**
 * A buyer reads `id` and `email` through their order, and the subgraph orders returns both. The address was never verified. So an order must
 * not reveal the name of another person with the address, or the time of that person's first order.
 */
@Directive('@key(fields: "id")')
@ObjectType('Customer', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A person who bought something or has an account. One email is one customer of a shop.',
})
export class CustomerType {
  @Field(() => ID)
  id!: string;

  @Directive('@shareable')
  @Field(() => String)
  email!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The name that the customer gave, or the name on the first order with this email. For staff and the customer.',
  })
  name!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Time of the first order, or of the account. For staff and the customer.',
  })
  createdAt!: Date | null;
}

export const { ConnectionType: CustomerConnection } = connectionTypes('Customer', CustomerType);
