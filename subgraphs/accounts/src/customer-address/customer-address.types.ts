import { AuditedFor, AuditedType, enumOf, PostalAddressType } from '@souk/kit/graphql';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { CustomersRead } from '../contract.ts';
import { ADDRESS_USES } from './customer-address.ts';

export const AddressUseEnum = enumOf(ADDRESS_USES);
registerEnumType(AddressUseEnum, {
  name: 'AddressUse',
  description: 'The purpose of a default address. SHIPPING: deliveries. BILLING: invoices.',
});

@AuditedFor(CustomersRead)
@ObjectType('CustomerAddress', {
  implements: [AuditedType],
  simpleResolvers: true,
  description: 'An address that a customer keeps for the checkout.',
})
export class CustomerAddressType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => PostalAddressType)
  address!: PostalAddressType;

  @Field(() => Boolean)
  isDefaultShipping!: boolean;

  @Field(() => Boolean)
  isDefaultBilling!: boolean;
}
