import type { RequestContext } from '@souk/kit/context';
import { changeable, err, ok, type Clock, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { codeInvalid, isCode } from '../code.ts';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { markAttributeForSearch } from '../search-pending.repository.ts';
import { AttributeEntity } from './attribute.entity.ts';
import { listAttributes, type AttributeRow } from './attribute.repository.ts';

/** Manages the tenant's attributes. Attributes describe products, and shoppers filter products by them. */
export class AttributeService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  page(ctx: RequestContext, page: PageRequest) {
    return this.#unitOfWork.read(ctx, (tx) => listAttributes(tx, page));
  }

  /** Creates an attribute. @throws AccessDeniedError without `catalog:write` */
  create(
    ctx: RequestContext,
    input: MutationInput & { readonly code: string; readonly name: string },
  ): Promise<Result<AttributeRow, Failure>> {
    const mutation = { ...CATALOG_MUTATION, operation: 'attributeCreate', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<AttributeRow, Failure>> => {
      const { code, name } = input;
      if (!isCode(code)) return err(codeInvalid());
      const attribute = tx.em.create(AttributeEntity, { code, name });
      await tx.em.flush();
      return ok(rowOf(attribute));
    });
  }

  /** Renames an attribute. The code never changes. @throws AccessDeniedError without `catalog:write` */
  update(ctx: RequestContext, input: ChangeInput & { readonly name?: string }): Promise<Result<AttributeRow, Failure>> {
    return this.#edit(ctx, 'attributeUpdate', input, async (attribute) => {
      attribute.name = input.name ?? attribute.name;
    });
  }

  /**
   * Deletes an attribute and all its values. Its code can be used again afterwards.
   * @returns the id
   * @throws AccessDeniedError without `catalog:write`
   */
  async delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    const deleted = await this.#edit(ctx, 'attributeDelete', input, async (attribute, tx) => {
      attribute.deletedAt = this.#clock.now();
      await markAttributeForSearch(tx, attribute.id);
    });
    return deleted.ok ? ok(deleted.value.id) : deleted;
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (attribute: AttributeEntity, tx: CatalogTransaction) => Promise<void>,
  ): Promise<Result<AttributeRow, Failure>> {
    const mutation = { ...CATALOG_MUTATION, operation, input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<AttributeRow, Failure>> => {
      const found = changeable(await tx.em.findOne(AttributeEntity, { id: input.id }), input, 'attribute');
      if (!found.ok) return found;
      const attribute = found.value;
      attribute.updatedAt = this.#clock.now(); // the version also increases when nothing changes
      await change(attribute, tx);
      await tx.em.flush();
      return ok(rowOf(attribute));
    });
  }
}

const rowOf = ({ id, code, name, version }: AttributeEntity): AttributeRow => ({ id, code, name, version });
