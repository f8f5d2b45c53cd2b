import { connectionTypes, DateTimeScalar, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/**
 * Through an order, a buyer without an account reads only `id`, which the subgraph orders returns. The buyer may have entered the address
 * of another person, because an order does not verify it. The account of that person must stay hidden.
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

  @Field(() => String, {
    nullable: true,
    description:
      'The address of the account, which may differ from the addresses of the orders. For staff and the customer.',
  })
  email!: string | null;

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
