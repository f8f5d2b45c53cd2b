import type { RequestContext } from '@souk/kit/context';
import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { changeable, err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import { changedTo } from '../changed-to.ts';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import { CategoryChanged } from '../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { markForSearch } from '../search-pending.repository.ts';
import { refreshListings } from '../product/product-derived.repository.ts';
import { freeSlug } from '../slug/slug.repository.ts';
import { slugOf } from '../slug/slug.ts';
import type { CatalogTranslation } from '../translation/catalog-translation.ts';
import { replaceTranslations } from '../translation/translation.repository.ts';
import { checkMove } from './category-tree.ts';
import {
  ancestriesOf,
  clearCategory,
  descendantsOf,
  insertAncestry,
  lastSibling,
  lockTree,
  moveSubtree,
  productsUnder,
} from './category-tree.repository.ts';
import { CategoryEntity } from './category.entity.ts';

/** The fields of a category that staff enter. */
export interface CategoryTexts {
  readonly name?: string;
  /** The slug. @default derived from the name when the category is new */
  readonly slug?: string | null;
  readonly description?: string | null;
  /** The title for search engines. @default the name */
  readonly seoTitle?: string | null;
  /** The description for search engines. @default the description */
  readonly seoDescription?: string | null;
  readonly externalReference?: string | null;
  /** The translations in all languages. A translation in a language that is not in the list is deleted. */
  readonly translations?: readonly CatalogTranslation[] | null;
}

/** Changes the category tree. Every method needs `catalog:write` and returns the id of the category. */
export class CategoryService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /** Adds a category as the last child of its parent. Without `parentId` it becomes the last root. */
  create(
    ctx: RequestContext,
    input: CategoryTexts & MutationInput & { readonly name: string; readonly parentId?: string | null },
  ): Promise<Result<string, Failure>> {
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation: 'categoryCreate', input },
      async (tx): Promise<Result<string, Failure>> => {
        await lockTree(tx);
        const slug = slugOf(input);
        if (!slug.ok) return slug;
        const parentId = input.parentId ?? null;
        const placed = await this.#requirePlace(tx, '', parentId, 1);
        if (!placed.ok) return placed;
        const category = tx.em.create(CategoryEntity, {
          parentId,
          slug: input.slug ?? (await freeSlug(tx, 'category', slug.value)),
          name: input.name,
          description: input.description ?? '',
          seoTitle: input.seoTitle || null,
          seoDescription: input.seoDescription || null,
          position: (await lastSibling(tx, parentId)) + 1,
          externalReference: input.externalReference ?? null,
        });
        await tx.em.flush();
        tx.outbox.append(categoryChanged(category.id));
        await insertAncestry(tx, [{ id: category.id, parentId }]);
        const translated = await replaceTranslations(tx, 'category', category.id, input.translations ?? []);
        return translated.ok ? ok(category.id) : translated;
      },
    );
  }

  /** Updates a category. `parentId: null` makes it a root. Without `parentId` it keeps its parent. */
  update(
    ctx: RequestContext,
    input: ChangeInput & CategoryTexts & { readonly parentId?: string | null },
  ): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'categoryUpdate', input, async (tx, category) => {
      const { parentId, name, slug, description, externalReference } = input;
      const checked = slugOf({ slug: slug ?? category.slug, name: category.name });
      if (!checked.ok) return checked;
      Object.assign(category, {
        slug: checked.value,
        name: name ?? category.name,
        description: changedTo(category.description, description, ''),
        seoTitle: changedTo(category.seoTitle, input.seoTitle, null) || null,
        seoDescription: changedTo(category.seoDescription, input.seoDescription, null) || null,
      });
      if (externalReference !== undefined) category.externalReference = externalReference;
      if (input.translations !== undefined) {
        const translated = await replaceTranslations(tx, 'category', category.id, input.translations ?? []);
        if (!translated.ok) return translated;
      }
      if (parentId !== undefined && parentId !== (category.parentId ?? null)) return this.#move(tx, category, parentId);
      // A search also finds products by the names of their categories, so the search documents of the category's products must be updated.
      if (input.name !== undefined || input.translations !== undefined)
        await markForSearch(tx, await productsUnder(tx, category.id));
      return ok(undefined);
    });
  }

  /** Deletes a category that has no children. Its products are not deleted. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'categoryDelete', input, async (tx, category) => {
      if ((await descendantsOf(tx, category.id)).some(({ distance }) => distance > 0))
        return err(failure('CATEGORY_HAS_CHILDREN', 'Delete or move the categories below it first', ['id']));
      const products = await productsUnder(tx, category.id);
      category.deletedAt = this.#clock.now();
      await clearCategory(tx, category.id);
      await refreshListings(tx, products);
      return ok(undefined);
    });
  }

  async #move(
    tx: CatalogTransaction,
    category: CategoryEntity,
    parentId: string | null,
  ): Promise<Result<void, Failure>> {
    const height = 1 + Math.max(...(await descendantsOf(tx, category.id)).map(({ distance }) => distance));
    const placed = await this.#requirePlace(tx, category.id, parentId, height);
    if (!placed.ok) return placed;
    Object.assign(category, { parentId, position: (await lastSibling(tx, parentId)) + 1 });
    await tx.em.flush();
    await moveSubtree(tx, category.id, parentId);
    await refreshListings(tx, await productsUnder(tx, category.id));
    return ok(undefined);
  }

  async #requirePlace(
    tx: CatalogTransaction,
    categoryId: string,
    parentId: string | null,
    height: number,
  ): Promise<Result<void, Failure>> {
    if (parentId === null) return ok(undefined);
    const ancestry = (await ancestriesOf(tx, [parentId])).get(parentId);
    if (!ancestry) return err(failure('NOT_FOUND', 'There is no category with this id', ['parentId']));
    return checkMove(categoryId, ancestry, height);
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (tx: CatalogTransaction, category: CategoryEntity) => Promise<Result<void, Failure>>,
  ): Promise<Result<string, Failure>> {
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation, input },
      async (tx): Promise<Result<string, Failure>> => {
        await lockTree(tx);
        const found = changeable(await tx.em.findOne(CategoryEntity, { id: input.id }), input, 'category');
        if (!found.ok) return found;
        tx.outbox.append(categoryChanged(input.id));
        found.value.updatedAt = this.#clock.now(); // the version also increases when only the place changes
        const changed = await change(tx, found.value);
        return changed.ok ? ok(input.id) : changed;
      },
    );
  }
}

function categoryChanged(id: string): DomainEvent {
  return eventOf(CategoryChanged, id, { categoryId: id });
}
