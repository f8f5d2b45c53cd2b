import { hasScope, requireScope, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import {
  changeable,
  err,
  failure,
  ok,
  uniqueViolations,
  type Clock,
  type InvalidPage,
  type NotFound,
  type PageRequest,
  type Result,
  type VersionConflict,
} from '@souk/kit/domain';
import {
  mutate,
  type ChangeInput,
  type IdempotencyFailure,
  type KeysetPage,
  type MutationInput,
} from '@souk/kit/persistence';
import { CustomerGroupChanged, CustomerGroupMembersChanged, CustomersRead, CustomersWrite } from '../contract.ts';
import type { CustomerRecord } from '../customer/customer.repository.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import {
  addMembers,
  clearGroup,
  lockCandidates,
  memberPage,
  removeMembers,
} from './customer-group-members.repository.ts';
import { CustomerGroupEntity } from './customer-group.entity.ts';
import { MOST_GROUPS, tooManyGroups, type GroupCodeTaken, type TooManyGroups } from './customer-group.errors.ts';
import {
  customerGroupPage,
  customerGroupsById,
  groupsOfCustomers,
  type CustomerGroupRecord,
} from './customer-group.repository.ts';

/** At most 500 customers to add to a group, or to remove from it. */
export interface GroupMembers extends ChangeInput {
  readonly customerIds: readonly string[];
}

export type GroupRefusal = GroupCodeTaken | TooManyGroups | NotFound | VersionConflict | IdempotencyFailure;
type Changed = Result<string, GroupRefusal>;

const CODE_TAKEN = uniqueViolations(
  ['customer_group_code'],
  'CODE_TAKEN',
  'Another customer group has this code: use a different code',
  'code',
);

/** Manages customer groups. Changes need `customers:write` and return the id of the group. Reads need `customers:read`. */
export class CustomerGroupService {
  readonly #unitOfWork: AccountsUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: AccountsUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<CustomerGroupRecord>, InvalidPage>> {
    requireScope(ctx, CustomersRead);
    return this.#unitOfWork.read(ctx, (tx) => customerGroupPage(tx, page));
  }

  async find(ctx: RequestContext, id: string): Promise<CustomerGroupRecord | null> {
    requireScope(ctx, CustomersRead);
    return (await this.referenced(ctx, [id])).get(id) ?? null;
  }

  /** The groups that other entities reference. Empty when the caller lacks `customers:read`. */
  async referenced(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, CustomerGroupRecord>> {
    if (!hasScope(ctx, CustomersRead)) return new Map();
    const rows = await this.#unitOfWork.read(ctx, (tx) => customerGroupsById(tx, ids));
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The groups of several customers, by customer id. Empty when the caller lacks `customers:read`. */
  async ofCustomers(
    ctx: RequestContext,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly CustomerGroupRecord[]>> {
    if (!hasScope(ctx, CustomersRead)) return new Map();
    return this.#unitOfWork.read(ctx, (tx) => groupsOfCustomers(tx, customerIds));
  }

  /** A page of the customers in a group. The customers who joined last are first. */
  members(
    ctx: RequestContext,
    groupId: string,
    page: PageRequest,
  ): Promise<Result<KeysetPage<CustomerRecord>, InvalidPage>> {
    requireScope(ctx, CustomersRead);
    return this.#unitOfWork.read(ctx, (tx) => memberPage(tx, groupId, page));
  }

  create(
    ctx: RequestContext,
    input: MutationInput & { readonly code: string; readonly name: string },
  ): Promise<Changed> {
    const mutation = { scope: CustomersWrite, operation: 'customerGroupCreate', input, uniqueViolations: CODE_TAKEN };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx) => {
      const group = tx.em.create(CustomerGroupEntity, { code: input.code, name: input.name });
      await tx.em.flush();
      announce(tx, group, 'CREATED');
      return ok(group.id);
    });
  }

  update(
    ctx: RequestContext,
    input: ChangeInput & { readonly code?: string; readonly name?: string },
  ): Promise<Changed> {
    return this.#edit(ctx, 'customerGroupUpdate', input, async (tx, group) => {
      Object.assign(group, { code: input.code ?? group.code, name: input.name ?? group.name });
      announce(tx, group, 'UPDATED');
      return ok(undefined);
    });
  }

  /** Deletes a group. The customers in it are not deleted. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Changed> {
    return this.#edit(ctx, 'customerGroupDelete', input, async (tx, group) => {
      group.deletedAt = this.#clock.now();
      await clearGroup(tx, group.id);
      announce(tx, group, 'DELETED');
      return ok(undefined);
    });
  }

  /** Adds customers to a group. Existing members are ignored. */
  addMembers(ctx: RequestContext, input: GroupMembers): Promise<Changed> {
    return this.#edit(ctx, 'customerGroupMembersAdd', input, async (tx, { id }) => {
      const candidates = await lockCandidates(tx, id, input.customerIds);
      for (const [index, customerId] of input.customerIds.entries()) {
        const candidate = candidates.get(customerId.toLowerCase());
        if (!candidate)
          return err(failure('NOT_FOUND', 'There is no customer with this id', ['customerIds', `${index}`]));
        if (candidate.otherGroups >= MOST_GROUPS) return err(tooManyGroups(index));
      }
      membersChanged(tx, id, { added: await addMembers(tx, id, input.customerIds), removed: [] });
      return ok(undefined);
    });
  }

  /** Removes customers from a group. Customers who are not members are ignored. */
  removeMembers(ctx: RequestContext, input: GroupMembers): Promise<Changed> {
    return this.#edit(ctx, 'customerGroupMembersRemove', input, async (tx, { id }) => {
      membersChanged(tx, id, { added: [], removed: await removeMembers(tx, id, input.customerIds) });
      return ok(undefined);
    });
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (tx: AccountsTransaction, group: CustomerGroupEntity) => Promise<Result<void, GroupRefusal>>,
  ): Promise<Changed> {
    const mutation = { scope: CustomersWrite, operation, input, uniqueViolations: CODE_TAKEN };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Changed> => {
      const group = await tx.em.findOne(CustomerGroupEntity, { id: input.id });
      const found = changeable(group, input, 'customer group');
      if (!found.ok) return found;
      found.value.updatedAt = this.#clock.now(); // the version also increases when only the members change
      const changed = await change(tx, found.value);
      return changed.ok ? ok(found.value.id) : changed;
    });
  }
}

function announce(
  tx: AccountsTransaction,
  { id, code, name }: CustomerGroupEntity,
  change: 'CREATED' | 'UPDATED' | 'DELETED',
): void {
  tx.outbox.append(eventOf(CustomerGroupChanged, id, { groupId: id, code, name, change }));
}

function membersChanged(
  tx: AccountsTransaction,
  groupId: string,
  change: { readonly added: readonly string[]; readonly removed: readonly string[] },
): void {
  if (change.added.length + change.removed.length === 0) return;
  tx.outbox.append(
    eventOf(CustomerGroupMembersChanged, groupId, { groupId, added: [...change.added], removed: [...change.removed] }),
  );
}
