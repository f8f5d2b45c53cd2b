import { RequestLoader } from '@souk/kit/graphql';
import type { AccountsUnitOfWork } from '../database.ts';
import { CustomerAddressesResolver, CustomerAddressMutationResolver } from './customer-address.resolver.ts';
import { CustomerAddressService } from './customer-address.service.ts';
import type { CustomerAddress } from './customer-address.ts';

export const customerAddressResolvers = [CustomerAddressesResolver, CustomerAddressMutationResolver] as const;

/** Wires the feature that stores the addresses of customers. */
export function createCustomerAddresses(unitOfWork: AccountsUnitOfWork) {
  const addresses = new CustomerAddressService(unitOfWork);
  const loader = new RequestLoader<string, readonly CustomerAddress[]>((ctx, ids) => addresses.ofCustomers(ctx, ids));
  return { resolvers: [new CustomerAddressesResolver(loader), new CustomerAddressMutationResolver(addresses)] };
}
