import { hasScope, requireScope, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import {
  changeable,
  err,
  failure,
  ok,
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
import { readVatId } from '@souk/kit/vat';
import { CompanyChanged, CompanyMembersChanged, CustomersRead, CustomersWrite } from '../contract.ts';
import type { CustomerRecord } from '../customer/customer.repository.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { addMembers, clearCompany, lockCustomers, memberPage, removeMembers } from './company-member.repository.ts';
import { CompanyEntity } from './company.entity.ts';
import { otherCompany, taxIdInvalid, type CompanyTaxIdInvalid, type OtherCompany } from './company.errors.ts';
import { companiesById, companiesOfCustomers, companyPage, type CompanyRecord } from './company.repository.ts';

/** Customers to add to a company, or to remove from a company. */
export interface CompanyMembers extends ChangeInput {
  readonly customerIds: readonly string[];
}

export type CompanyRefusal = CompanyTaxIdInvalid | OtherCompany | NotFound | VersionConflict | IdempotencyFailure;
type Changed = Result<string, CompanyRefusal>;

/** Manages companies. A change needs `customers:write` and returns the id of the company. A read needs `customers:read`. */
export class CompanyService {
  readonly #unitOfWork: AccountsUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: AccountsUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<CompanyRecord>, InvalidPage>> {
    requireScope(ctx, CustomersRead);
    return this.#unitOfWork.read(ctx, (tx) => companyPage(tx, page));
  }

  async find(ctx: RequestContext, id: string): Promise<CompanyRecord | null> {
    requireScope(ctx, CustomersRead);
    return (await this.referenced(ctx, [id])).get(id) ?? null;
  }

  /** Returns the companies with these ids, for fields of other objects. Returns nothing when the caller lacks `customers:read`. */
  async referenced(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, CompanyRecord>> {
    if (!hasScope(ctx, CustomersRead)) return new Map();
    const rows = await this.#unitOfWork.read(ctx, (tx) => companiesById(tx, ids));
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The companies for which customers buy, by customer id. Empty when the caller lacks `customers:read`. */
  async ofCustomers(ctx: RequestContext, customerIds: readonly string[]): Promise<ReadonlyMap<string, CompanyRecord>> {
    if (!hasScope(ctx, CustomersRead)) return new Map();
    return this.#unitOfWork.read(ctx, (tx) => companiesOfCustomers(tx, customerIds));
  }

  /** A page of the customers in a company, the latest members first. */
  members(
    ctx: RequestContext,
    companyId: string,
    page: PageRequest,
  ): Promise<Result<KeysetPage<CustomerRecord>, InvalidPage>> {
    requireScope(ctx, CustomersRead);
    return this.#unitOfWork.read(ctx, (tx) => memberPage(tx, companyId, page));
  }

  create(
    ctx: RequestContext,
    input: MutationInput & { readonly name: string; readonly vatId?: string | null },
  ): Promise<Changed> {
    const mutation = { scope: CustomersWrite, operation: 'companyCreate', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Changed> => {
      const vatId = checkedVatId(input.vatId ?? null);
      if (!vatId.ok) return vatId;
      const company = tx.em.create(CompanyEntity, { name: input.name, vatId: vatId.value });
      await tx.em.flush();
      announce(tx, company, 'CREATED');
      return ok(company.id);
    });
  }

  /** Changes a company. An omitted VAT id does not change the stored VAT id. Null removes it. */
  update(
    ctx: RequestContext,
    input: ChangeInput & { readonly name?: string; readonly vatId?: string | null },
  ): Promise<Changed> {
    return this.#edit(ctx, 'companyUpdate', input, async (tx, company) => {
      const vatId = input.vatId === undefined ? ok(company.vatId ?? null) : checkedVatId(input.vatId);
      if (!vatId.ok) return vatId;
      Object.assign(company, { name: input.name ?? company.name, vatId: vatId.value });
      announce(tx, company, 'UPDATED');
      return ok(undefined);
    });
  }

  /** Deletes a company. Its customers are not deleted, and no longer belong to a company. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Changed> {
    return this.#edit(ctx, 'companyDelete', input, async (tx, company) => {
      company.deletedAt = this.#clock.now();
      await clearCompany(tx, company.id);
      announce(tx, company, 'DELETED');
      return ok(undefined);
    });
  }

  /** Adds customers. Customers who are members already stay members. */
  addMembers(ctx: RequestContext, input: CompanyMembers): Promise<Changed> {
    return this.#edit(ctx, 'companyMembersAdd', input, async (tx, { id }) => {
      const companyOf = await lockCustomers(tx, input.customerIds);
      for (const [index, customerId] of input.customerIds.entries()) {
        const current = companyOf.get(customerId.toLowerCase());
        if (current === undefined)
          return err(failure('NOT_FOUND', 'There is no customer with this id', ['customerIds', `${index}`]));
        if (current !== null && current !== id) return err(otherCompany(index));
      }
      membersChanged(tx, id, { added: await addMembers(tx, id, input.customerIds), removed: [] });
      return ok(undefined);
    });
  }

  /** Removes customers. Customers who are not members are ignored. */
  removeMembers(ctx: RequestContext, input: CompanyMembers): Promise<Changed> {
    return this.#edit(ctx, 'companyMembersRemove', input, async (tx, { id }) => {
      membersChanged(tx, id, { added: [], removed: await removeMembers(tx, id, input.customerIds) });
      return ok(undefined);
    });
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (tx: AccountsTransaction, company: CompanyEntity) => Promise<Result<void, CompanyRefusal>>,
  ): Promise<Changed> {
    const mutation = { scope: CustomersWrite, operation, input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Changed> => {
      const company = await tx.em.findOne(CompanyEntity, { id: input.id });
      const found = changeable(company, input, 'company');
      if (!found.ok) return found;
      found.value.updatedAt = this.#clock.now(); // the version also increases when only the members change
      const changed = await change(tx, found.value);
      return changed.ok ? ok(found.value.id) : changed;
    });
  }
}

function checkedVatId(entered: string | null): Result<string | null, CompanyTaxIdInvalid> {
  if (entered === null) return ok(null);
  const read = readVatId(entered);
  return read.ok ? ok(read.value.text) : err(taxIdInvalid(read.error));
}

function announce(
  tx: AccountsTransaction,
  { id, name, vatId }: CompanyEntity,
  change: 'CREATED' | 'UPDATED' | 'DELETED',
): void {
  tx.outbox.append(eventOf(CompanyChanged, id, { companyId: id, name, vatId: vatId ?? null, change }));
}

function membersChanged(
  tx: AccountsTransaction,
  companyId: string,
  change: { readonly added: readonly string[]; readonly removed: readonly string[] },
): void {
  if (change.added.length + change.removed.length === 0) return;
  tx.outbox.append(
    eventOf(CompanyMembersChanged, companyId, { companyId, added: [...change.added], removed: [...change.removed] }),
  );
}
