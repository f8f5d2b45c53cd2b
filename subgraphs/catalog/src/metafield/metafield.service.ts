import { apiKeyOf, type RequestContext } from '@souk/kit/context';
import { changeable, err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import { productChanged } from '../product/product.events.ts';
import { ProductEntity } from '../product/product.entity.ts';
import { MAX_METAFIELDS, planMetafields, type MetafieldDraft } from './metafield.ts';
import { countMetafields, replaceMetafields } from './metafield.repository.ts';

export class MetafieldService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /**
   * Sets and deletes metafields of a product. Metafields that are not given stay.
   * @returns the id of the product
   * @throws AccessDeniedError without `catalog:write`
   */
  set(
    ctx: RequestContext,
    input: ChangeInput & { readonly metafields: readonly MetafieldDraft[] },
  ): Promise<Result<string, Failure>> {
    const planned = planMetafields(input.metafields, apiKeyOf(ctx));
    const mutation = { ...CATALOG_MUTATION, operation: 'productMetafieldsSet', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      if (!planned.ok) return planned;
      const found = changeable(await tx.em.findOne(ProductEntity, { id: input.id }), input, 'product');
      if (!found.ok) return found;
      const product = found.value;
      product.updatedAt = this.#clock.now(); // the version also increases, and concurrent changes wait for each other
      await tx.em.flush();
      await replaceMetafields(tx, product.id, planned.value);
      if ((await countMetafields(tx, product.id)) > MAX_METAFIELDS)
        return err(
          failure('METAFIELD_LIMIT_REACHED', `A product has at most ${MAX_METAFIELDS} metafields: delete some`),
        );
      tx.outbox.append(productChanged(product));
      return ok(product.id);
    });
  }
}
