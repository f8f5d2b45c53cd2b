import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import { changeable, err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { loadItems } from '../import/item/stored-item.repository.ts';
import { requireAttributes } from '../placement.repository.ts';
import type { NewProduct } from '../product/product-draft.ts';
import { insertProducts } from '../product/product-store.repository.ts';
import { ProductEntity } from '../product/product.entity.ts';
import { productChanged } from '../product/product.events.ts';
import { freeSlug } from '../slug/slug.repository.ts';
import { takenSku } from '../variant/sku.repository.ts';
import { planDuplicate, type DuplicateTerms } from './product-duplicate.ts';

export class ProductDuplicate {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /**
   * Copies a product as a draft. See `planDuplicate`.
   * @returns the id of the copy
   * @throws AccessDeniedError without `catalog:write`
   */
  duplicate(ctx: RequestContext, input: ChangeInput & DuplicateTerms): Promise<Result<string, Failure>> {
    const mutation = { ...CATALOG_MUTATION, operation: 'productDuplicate', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const found = changeable(await tx.em.findOne(ProductEntity, { id: input.id }), input, 'product');
      if (!found.ok) return found;
      const [product] = await loadItems(tx, [found.value.id]);
      if (!product) throw new Error(`The product ${found.value.id} was found, and could not be loaded`);
      const planned = planDuplicate(product, input, { newId: randomUUID, now: this.#clock.now() });
      if (!planned.ok) return planned;
      return store(tx, { ...planned.value, slug: input.slug ?? (await freeSlug(tx, 'product', planned.value.slug)) });
    });
  }
}

async function store(tx: CatalogTransaction, copy: NewProduct): Promise<Result<string, Failure>> {
  const skus = copy.variants.map(({ sku }) => sku);
  if ((await takenSku(tx, skus)) !== null)
    return err(
      failure('SKU_TAKEN', 'A variant has a SKU with this suffix already; choose another suffix', ['skuSuffix']),
    );
  const codes = [copy, ...copy.variants].flatMap(({ attributes }) => attributes.map(({ code }) => code));
  const attributes = await requireAttributes(tx, codes);
  if (!attributes.ok) return attributes;
  await insertProducts(tx, [copy], attributes.value);
  tx.outbox.append(productChanged(copy));
  return ok(copy.id);
}
