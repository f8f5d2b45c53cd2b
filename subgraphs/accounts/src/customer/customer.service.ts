import { requireScope, type RequestContext } from '@souk/kit/context';
import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import type { KeysetPage } from '@souk/kit/persistence';
import { CustomersRead } from '../contract.ts';
import type { AccountsUnitOfWork } from '../database.ts';
import { customerPage, customersById, type CustomerRecord } from './customer.repository.ts';

/** Reads customers. */
export class CustomerService {
  readonly #unitOfWork: AccountsUnitOfWork;

  constructor(unitOfWork: AccountsUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Customers by id. No scope is needed, because a buyer who may see an order may see its customer. */
  async byIds(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, CustomerRecord>> {
    const rows = await this.#unitOfWork.read(ctx, (tx) => customersById(tx, ids));
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The customer with the id. For staff. @throws AccessDeniedError without `customers:read` */
  async find(ctx: RequestContext, id: string): Promise<CustomerRecord | null> {
    requireScope(ctx, CustomersRead);
    return (await this.byIds(ctx, [id])).get(id) ?? null;
  }

  /** A page of customers. For staff. @throws AccessDeniedError without `customers:read` */
  async page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<CustomerRecord>, InvalidPage>> {
    requireScope(ctx, CustomersRead);
    return this.#unitOfWork.read(ctx, (tx) => customerPage(tx, page));
  }
}
