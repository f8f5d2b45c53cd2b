import { customerIdOf, hasScope, requireScope, type RequestContext } from '@souk/kit/context';
import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import type { KeysetPage } from '@souk/kit/persistence';
import { CustomersRead } from '../contract.ts';
import type { AccountsUnitOfWork } from '../database.ts';
import { customerPage, customersById, type CustomerRecord } from './customer.repository.ts';

/** Reads the customers that a caller may see. */
export class CustomerService {
  readonly #unitOfWork: AccountsUnitOfWork;

  constructor(unitOfWork: AccountsUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * The customers that other entities reference. Without `customers:read`, the result contains only the calling customer. A buyer without
   * an account reads the e-mail address of an order from the subgraph orders.
   */
  async referenced(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, CustomerRecord>> {
    const allowed = hasScope(ctx, CustomersRead) ? ids : ids.filter((id) => id === customerIdOf(ctx));
    if (allowed.length === 0) return new Map();
    const rows = await this.#unitOfWork.read(ctx, (tx) => customersById(tx, allowed));
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Finds a customer for staff. Null when the customer is unknown. @throws AccessDeniedError without `customers:read` */
  async find(ctx: RequestContext, id: string): Promise<CustomerRecord | null> {
    requireScope(ctx, CustomersRead);
    return (await this.referenced(ctx, [id])).get(id) ?? null;
  }

  /** A page of customers for staff. @throws AccessDeniedError without `customers:read` */
  async page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<CustomerRecord>, InvalidPage>> {
    requireScope(ctx, CustomersRead);
    return this.#unitOfWork.read(ctx, (tx) => customerPage(tx, page));
  }
}
