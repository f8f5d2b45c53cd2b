import { IdempotentInput, IdField, IntField, ListField, NestedField, PostalAddressInput } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';
import { ADDRESS_USES, type AddressUse } from './customer-address.ts';
import { AddressUseEnum } from './customer-address.types.ts';

@InputType()
export class CustomerAddressAddInput extends IdempotentInput {
  @IdField({ nullable: true, description: 'For staff. Default: the customer who is logged in.' })
  customerId?: string | null;

  @NestedField(() => PostalAddressInput)
  address!: PostalAddressInput;

  @ListField(() => AddressUseEnum, {
    nullable: true,
    max: ADDRESS_USES.length,
    description: 'The first address is the default for both uses.',
  })
  defaultFor?: AddressUse[] | null;
}

@InputType()
abstract class CustomerAddressChangeInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField({
    nullable: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The expected version. The change is refused when the address has another version.',
  })
  expectedVersion?: number | null;
}

@InputType()
export class CustomerAddressUpdateInput extends CustomerAddressChangeInput {
  @NestedField(() => PostalAddressInput, { description: 'Replaces all fields of the address.' })
  address!: PostalAddressInput;
}

@InputType()
export class CustomerAddressDefaultSetInput extends CustomerAddressChangeInput {
  @ListField(() => AddressUseEnum, { max: ADDRESS_USES.length })
  defaultFor!: AddressUse[];
}

@InputType()
export class CustomerAddressDeleteInput extends CustomerAddressChangeInput {}
