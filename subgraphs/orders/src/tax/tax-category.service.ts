import { requireScope, type RequestContext } from '@souk/kit/context';
import { changeable, err, ok, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import { TaxesRead, TaxesWrite } from '../contract.ts';
import type { OrdersTransaction, OrdersUnitOfWork } from '../database.ts';
import { TaxCategoryEntity } from './tax.entity.ts';
import {
  categoryCodeInvalid,
  categoryCodeTaken,
  categoryInUse,
  CODE_TAKEN,
  MAX_TAX_CATEGORIES,
  taxLimitReached,
} from './tax.errors.ts';
import { taxesChanged } from './tax.events.ts';
import { findTaxCategories, isCategoryInUse, lockTaxCategory, lockTaxes } from './tax.repository.ts';
import { BUILT_IN_CATEGORIES, type TaxCategory } from './tax.ts';

/** A tax category with the id and the version of its row. The id and the version are null for a built-in category. */
export interface ListedTaxCategory extends TaxCategory {
  readonly id: string | null;
  readonly version: number | null;
}

const CODE = /^[a-z0-9][a-z0-9-]{0,49}$/;

/** Manages the tenant's tax categories for staff. */
export class TaxCategoryService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** The built-in categories and the tenant's own categories. @throws AccessDeniedError without the scope `taxes:read` */
  async list(ctx: RequestContext): Promise<ListedTaxCategory[]> {
    requireScope(ctx, TaxesRead);
    const own = await this.#unitOfWork.read(ctx, findTaxCategories);
    return [...BUILT_IN_CATEGORIES.map((each) => ({ ...each, id: null, version: null })), ...own.map(listed)];
  }

  /** Creates a category. Fails with CODE_TAKEN or TAX_LIMIT_REACHED. @throws AccessDeniedError without the scope `taxes:write` */
  create(ctx: RequestContext, draft: TaxCategory & MutationInput): Promise<Result<ListedTaxCategory, Failure>> {
    const mutation = {
      scope: TaxesWrite,
      operation: 'taxCategoryCreate',
      input: draft,
      uniqueViolations: CODE_TAKEN,
    };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<ListedTaxCategory, Failure>> => {
      const { code, name, treatment } = draft;
      if (!CODE.test(code)) return err(categoryCodeInvalid());
      await lockTaxes(tx);
      const own = await findTaxCategories(tx);
      if ([...BUILT_IN_CATEGORIES, ...own].some((each) => each.code === code)) return err(categoryCodeTaken());
      if (own.length >= MAX_TAX_CATEGORIES) return err(taxLimitReached('tax categories', MAX_TAX_CATEGORIES));
      const category = tx.em.create(TaxCategoryEntity, { code, name, treatment });
      await tx.em.flush();
      tx.outbox.append([taxesChanged(category.id, 'CATEGORY', 'CREATED')]);
      return ok(listed(category));
    });
  }

  /**
   * Updates name and treatment. The code cannot change, because products and rates refer to it.
   * @throws AccessDeniedError without the scope `taxes:write`
   */
  update(
    ctx: RequestContext,
    { id, expectedVersion, idempotencyKey }: ChangeInput,
    changes: Partial<Pick<TaxCategory, 'name' | 'treatment'>>,
  ): Promise<Result<ListedTaxCategory, Failure>> {
    const input = { id, expectedVersion, idempotencyKey, changes };
    const mutation = { scope: TaxesWrite, operation: 'taxCategoryUpdate', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<ListedTaxCategory, Failure>> => {
      const category = await lockExpected(tx, input);
      if (!category.ok) return category;
      Object.assign(category.value, changes);
      await tx.em.flush();
      tx.outbox.append([taxesChanged(id, 'CATEGORY', 'UPDATED')]);
      return ok(listed(category.value));
    });
  }

  /**
   * Deletes a category. Products with this category are then taxed as standard.
   * @throws AccessDeniedError without the scope `taxes:write`
   */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    const mutation = { scope: TaxesWrite, operation: 'taxCategoryDelete', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      await lockTaxes(tx);
      const category = await lockExpected(tx, input);
      if (!category.ok) return category;
      if (await isCategoryInUse(tx, category.value.code)) return err(categoryInUse(category.value.code));
      await tx.em.remove(category.value).flush();
      tx.outbox.append([taxesChanged(input.id, 'CATEGORY', 'DELETED')]);
      return ok(input.id);
    });
  }
}

async function lockExpected(tx: OrdersTransaction, input: ChangeInput): Promise<Result<TaxCategoryEntity, Failure>> {
  return changeable(await lockTaxCategory(tx, input.id), input, 'tax category');
}

function listed({ id, version, code, name, treatment }: TaxCategoryEntity): ListedTaxCategory {
  return { id, version, code, name, treatment };
}
