import { customerIdOf, hasScope, requireScope, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { changeable, err, failure, ok, type Failure, type NotFound, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import { addressFailures, type Address } from '@souk/kit/postal';
import { CustomerChanged, CustomersRead, CustomersWrite } from '../contract.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { MOST_ADDRESSES, successions, usesOfNew, type AddressUse, type CustomerAddress } from './customer-address.ts';
import {
  addressesOf,
  deleteAddress,
  insertAddress,
  lockAddresses,
  ownerOfAddress,
  replaceAddress,
  setDefault,
} from './customer-address.repository.ts';

/** The input of `customerAddressAdd`, without the address itself. */
export interface NewAddress extends MutationInput {
  /** @default the calling customer */
  readonly customerId?: string | null;
  /** @default no use, unless the customer has no other address */
  readonly defaultFor?: readonly AddressUse[] | null;
}

type Failures = Failure | readonly Failure[];
/** The id of the changed address, or the reasons for a refusal. */
export type AddressResult = Result<string, Failures>;

/**
 * Manages the addresses of customers. Customers may change their own addresses. Staff with `customers:write` may change all addresses.
 * The response for the address of another customer is the same as for an unknown address.
 */
export class CustomerAddressService {
  readonly #unitOfWork: AccountsUnitOfWork;

  constructor(unitOfWork: AccountsUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * The addresses of several customers, by customer id. Without `customers:read`, the result contains only the addresses of the calling
   * customer.
   */
  async ofCustomers(
    ctx: RequestContext,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly CustomerAddress[]>> {
    const own = customerIdOf(ctx);
    const allowed = hasScope(ctx, CustomersRead) ? customerIds : customerIds.filter((id) => id === own);
    return allowed.length === 0 ? new Map() : this.#unitOfWork.read(ctx, (tx) => addressesOf(tx, allowed));
  }

  /** Reads the changed address for the payload. Null when the caller may not see it. */
  async find(ctx: RequestContext, id: string): Promise<CustomerAddress | null> {
    const owner = await this.#unitOfWork.read(ctx, (tx) => ownerOfAddress(tx, id));
    if (owner === null || !isAllowed(ctx, owner)) return null;
    const found = await this.#unitOfWork.read(ctx, (tx) => addressesOf(tx, [owner]));
    return found.get(owner)?.find((each) => each.id === id) ?? null;
  }

  /** Adds an address. @throws AccessDeniedError for a caller who is neither the customer nor staff with `customers:write` */
  add(ctx: RequestContext, input: NewAddress, address: Address): Promise<AddressResult> {
    const customerId = customerOf(ctx, input.customerId ?? null);
    if (customerId === null) return Promise.resolve(err(failure('INVALID_INPUT', CUSTOMER_MISSING, ['customerId'])));
    const mutation = { scope: null, operation: 'customerAddressAdd', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<AddressResult> => {
      const known = await lockAddresses(tx, customerId);
      if (!known) return err(failure('NOT_FOUND', 'There is no customer with this id', ['customerId']));
      if (known.length >= MOST_ADDRESSES) return err(tooManyAddresses());
      const wrong = addressFailures(address, ['address']);
      if (wrong.length > 0) return err(wrong);
      const id = await insertAddress(tx, customerId, address);
      for (const use of usesOfNew(known, input.defaultFor ?? [])) await setDefault(tx, customerId, use, id);
      announce(tx, customerId);
      return ok(id);
    });
  }

  /** Replaces an address. It stays the default for the same uses. */
  update(ctx: RequestContext, input: ChangeInput, address: Address): Promise<AddressResult> {
    return this.#change(ctx, 'customerAddressUpdate', input, async (tx, { id }) => {
      const wrong = addressFailures(address, ['address']);
      if (wrong.length > 0) return err(wrong);
      await replaceAddress(tx, id, address);
      return ok(undefined);
    });
  }

  /** Makes an address the default for some uses. */
  setDefault(
    ctx: RequestContext,
    input: ChangeInput & { readonly defaultFor: readonly AddressUse[] },
  ): Promise<AddressResult> {
    return this.#change(ctx, 'customerAddressDefaultSet', input, async (tx, { id, customerId }) => {
      for (const use of input.defaultFor) await setDefault(tx, customerId, use, id);
      return ok(undefined);
    });
  }

  /** Deletes an address. If it was a default, the customer's oldest remaining address becomes the default. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<AddressResult> {
    return this.#change(ctx, 'customerAddressDelete', input, async (tx, address, others) => {
      await deleteAddress(tx, address.id);
      for (const { use, addressId } of successions(address, others))
        await setDefault(tx, address.customerId, use, addressId);
      return ok(undefined);
    });
  }

  #change(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (
      tx: AccountsTransaction,
      address: CustomerAddress,
      others: readonly CustomerAddress[],
    ) => Promise<Result<void, Failures>>,
  ): Promise<AddressResult> {
    if (customerIdOf(ctx) === null) requireScope(ctx, CustomersWrite);
    return mutate(this.#unitOfWork, ctx, { scope: null, operation, input }, async (tx): Promise<AddressResult> => {
      const owner = await ownerOfAddress(tx, input.id);
      if (owner === null || !mayChange(ctx, owner)) return err(unknownAddress());
      const all = (await lockAddresses(tx, owner)) ?? [];
      const found = changeable(all.find(({ id }) => id === input.id) ?? null, input, 'address');
      if (!found.ok) return found;
      const others = all.filter((each) => each !== found.value);
      const changed = await change(tx, found.value, others);
      if (!changed.ok) return changed;
      announce(tx, owner);
      return ok(input.id);
    });
  }
}

const CUSTOMER_MISSING = 'customerId is missing: staff name the customer who receives the address';

/**
 * The customer who receives a new address. Null when staff do not name a customer.
 * @throws AccessDeniedError when the caller may not change this customer
 */
function customerOf(ctx: RequestContext, customerId: string | null): string | null {
  const own = customerIdOf(ctx);
  const wanted = customerId ?? own;
  if (wanted !== null && wanted === own) return wanted;
  requireScope(ctx, CustomersWrite);
  return wanted;
}

function isAllowed(ctx: RequestContext, customerId: string): boolean {
  return customerIdOf(ctx) === customerId || hasScope(ctx, CustomersRead);
}

function mayChange(ctx: RequestContext, customerId: string): boolean {
  return customerIdOf(ctx) === customerId || hasScope(ctx, CustomersWrite);
}

function announce(tx: AccountsTransaction, customerId: string): void {
  tx.outbox.append(eventOf(CustomerChanged, customerId, { customerId, change: 'ADDRESSES' }));
}

function unknownAddress(): NotFound {
  return failure('NOT_FOUND', 'There is no address with this id', ['id']);
}

function tooManyAddresses(): Failure<'ADDRESS_LIMIT_REACHED'> {
  return failure('ADDRESS_LIMIT_REACHED', `A customer has at most ${MOST_ADDRESSES} addresses: delete one first`);
}
