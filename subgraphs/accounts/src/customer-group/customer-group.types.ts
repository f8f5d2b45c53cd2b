import { AuditedFor, AuditedType, connectionTypes, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { CustomersRead } from '../contract.ts';

@Directive('@key(fields: "id")')
@AuditedFor(CustomersRead)
@ObjectType('CustomerGroup', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description: 'Customers whom the shop treats alike: by price lists, promotions and access. For staff.',
})
export class CustomerGroupType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'For other systems. Unique in the shop, in any letter case.' })
  code!: string;

  @Field(() => String)
  name!: string;
}

export const { ConnectionType: CustomerGroupConnection } = connectionTypes('CustomerGroup', CustomerGroupType);
