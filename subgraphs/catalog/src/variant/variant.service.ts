import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import { changeable, err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { requireAttributes } from '../placement.repository.ts';
import { refreshProducts } from '../product/product-derived.repository.ts';
import { insertVariants } from '../product/product-store.repository.ts';
import { ProductEntity } from '../product/product.entity.ts';
import { productChanged } from '../product/product.events.ts';
import type { UnitPrice } from '../pricing/price.ts';
import { planVariant, type VariantDraft } from './variant-draft.ts';
import { lastPosition, replacePrices, replaceVariantAttributes } from './variant-parts.repository.ts';
import { ProductVariantEntity } from './variant.entity.ts';
import { changeVariant, type VariantChange } from './variant.ts';

/** Changes the variants of products. Every method needs `catalog:write` and returns the id of the variant. */
export class VariantService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /** Adds a variant after the product's other variants. */
  create(
    ctx: RequestContext,
    input: VariantDraft & MutationInput & { readonly productId: string },
  ): Promise<Result<string, Failure>> {
    const { productId } = input;
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation: 'productVariantCreate', input },
      async (tx): Promise<Result<string, Failure>> => {
        const product = await tx.em.findOne(ProductEntity, { id: productId });
        if (!product) return err(failure('NOT_FOUND', 'There is no product with this id', ['productId']));
        const position = (await lastPosition(tx, productId)) + 1;
        const planned = planVariant(input, product, { id: randomUUID(), position });
        if (!planned.ok) return planned;
        const attributes = await requireAttributes(
          tx,
          (input.attributes ?? []).map(({ code }) => code),
        );
        if (!attributes.ok) return attributes;
        await insertVariants(tx, [{ ...planned.value, productId }], attributes.value);
        await refreshProducts(tx, [productId]);
        tx.outbox.append(productChanged(product));
        return ok(planned.value.id);
      },
    );
  }

  update(ctx: RequestContext, input: ChangeInput & VariantChange): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'productVariantUpdate', input, async (tx, variant) => {
      const product = await tx.em.findOneOrFail(ProductEntity, { id: variant.productId });
      const changed = changeVariant(variant, input, product.options);
      if (!changed.ok) return changed;
      Object.assign(variant, changed.value);
      await tx.em.flush();
      if (input.attributes === undefined) return ok(undefined);
      const given = input.attributes ?? [];
      const attributes = await requireAttributes(
        tx,
        given.map(({ code }) => code),
      );
      if (!attributes.ok) return attributes;
      await replaceVariantAttributes(tx, variant.id, given, attributes.value);
      return ok(undefined);
    });
  }

  /** Deletes a variant. Its SKU can be used again afterwards. Orders keep a copy of the variant's data. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'productVariantDelete', input, async (tx, variant) => {
      variant.deletedAt = this.#clock.now();
      await tx.em.flush();
      return ok(undefined);
    });
  }

  /** Replaces all prices of a variant. A price in a currency that is not in the list is deleted. */
  setPrices(
    ctx: RequestContext,
    input: ChangeInput & { readonly prices: readonly UnitPrice[] },
  ): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'variantPricesSet', input, (tx, variant) => replacePrices(tx, variant.id, input.prices));
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (tx: CatalogTransaction, variant: ProductVariantEntity) => Promise<Result<void, Failure>>,
  ): Promise<Result<string, Failure>> {
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation, input },
      async (tx): Promise<Result<string, Failure>> => {
        const found = changeable(await tx.em.findOne(ProductVariantEntity, { id: input.id }), input, 'variant');
        if (!found.ok) return found;
        const variant = found.value;
        variant.updatedAt = this.#clock.now(); // the version also increases when only the prices change
        const product = await tx.em.findOneOrFail(ProductEntity, { id: variant.productId });
        const changed = await change(tx, variant);
        if (!changed.ok) return changed;
        await refreshProducts(tx, [variant.productId]);
        tx.outbox.append(productChanged(product));
        return ok(variant.id);
      },
    );
  }
}
