import type { RequestContext } from '@souk/kit/context';
import { addressOf, type RequestLoader } from '@souk/kit/graphql';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { CustomerType } from '../customer/customer.types.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { respond } from '../user-errors.ts';
import {
  CustomerAddressAddInput,
  CustomerAddressDefaultSetInput,
  CustomerAddressDeleteInput,
  CustomerAddressUpdateInput,
} from './customer-address.inputs.ts';
import type { AddressResult, CustomerAddressService } from './customer-address.service.ts';
import type { CustomerAddress } from './customer-address.ts';
import { CustomerAddressType } from './customer-address.types.ts';

const payloadOf = (name: string) => entityPayload(name, 'customerAddress', CustomerAddressType);
const AddPayload = payloadOf('CustomerAddressAdd');
const UpdatePayload = payloadOf('CustomerAddressUpdate');
const DefaultSetPayload = payloadOf('CustomerAddressDefaultSet');
const DeletePayload = deletePayload('CustomerAddressDelete');

/** Resolves the field `addresses` of a customer. */
@Resolver(() => CustomerType)
export class CustomerAddressesResolver {
  readonly #loader: RequestLoader<string, readonly CustomerAddress[]>;

  constructor(loader: RequestLoader<string, readonly CustomerAddress[]>) {
    this.#loader = loader;
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [CustomerAddressType], {
    nullable: true,
    description: 'At most 50, the oldest first. For staff and the customer.',
  })
  async addresses(@Root() { id }: CustomerType, @Ctx() ctx: RequestContext) {
    return (await this.#loader.load(ctx, id)) ?? [];
  }
}

@Resolver()
export class CustomerAddressMutationResolver {
  readonly #addresses: CustomerAddressService;

  constructor(addresses: CustomerAddressService) {
    this.#addresses = addresses;
  }

  @Directive('@authenticated')
  @Mutation(() => AddPayload, {
    nullable: true,
    description:
      'Adds an address to the customer who is logged in, or for staff to a customer. A customer has at most 50.',
  })
  customerAddressAdd(
    @Arg('input', () => CustomerAddressAddInput) input: CustomerAddressAddInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#addresses.add(ctx, input, addressOf(input.address)));
  }

  @Directive('@authenticated')
  @Mutation(() => UpdatePayload, { nullable: true })
  customerAddressUpdate(
    @Arg('input', () => CustomerAddressUpdateInput) input: CustomerAddressUpdateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#addresses.update(ctx, input, addressOf(input.address)));
  }

  @Directive('@authenticated')
  @Mutation(() => DefaultSetPayload, {
    nullable: true,
    description: 'Makes an address the default for deliveries, for invoices, or for both.',
  })
  customerAddressDefaultSet(
    @Arg('input', () => CustomerAddressDefaultSetInput) input: CustomerAddressDefaultSetInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#addresses.setDefault(ctx, input));
  }

  @Directive('@authenticated')
  @Mutation(() => DeletePayload, {
    nullable: true,
    description: 'Deletes an address. When it was a default, the oldest remaining address becomes the default.',
  })
  customerAddressDelete(
    @Arg('input', () => CustomerAddressDeleteInput) input: CustomerAddressDeleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#addresses.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<AddressResult>) {
    return respond(input, work, (id) => ({ customerAddress: this.#addresses.find(ctx, id) }));
  }
}
