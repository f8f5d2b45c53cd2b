import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import type { CategoryReader } from './category-reader.service.ts';
import { CategoryCreateInput, CategoryDeleteInput, CategoryUpdateInput } from './category.inputs.ts';
import { presentCategory } from './category.presenter.ts';
import type { CategoryService } from './category.service.ts';
import { CategoryType } from './category.types.ts';

const CategoryCreatePayload = entityPayload('CategoryCreate', 'category', CategoryType);
const CategoryUpdatePayload = entityPayload('CategoryUpdate', 'category', CategoryType);
const CategoryDeletePayload = deletePayload('CategoryDelete');

@Resolver()
export class CategoryMutationResolver {
  readonly #changes: CategoryService;
  readonly #categories: CategoryReader;

  constructor(changes: CategoryService, categories: CategoryReader) {
    this.#changes = changes;
    this.#categories = categories;
  }

  @ForScope(CatalogWrite)
  @Mutation(() => CategoryCreatePayload, { nullable: true })
  categoryCreate(@Arg('input', () => CategoryCreateInput) input: CategoryCreateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#changes.create(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => CategoryUpdatePayload, { nullable: true })
  categoryUpdate(@Arg('input', () => CategoryUpdateInput) input: CategoryUpdateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#changes.update(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => CategoryDeletePayload, {
    nullable: true,
    description: 'Deletes a category without children. Its products stay in the catalog.',
  })
  categoryDelete(@Arg('input', () => CategoryDeleteInput) input: CategoryDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#changes.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ category: this.#changed(ctx, id) }));
  }

  /** Reads the changed category for the payload, after the mutation has committed. */
  async #changed(ctx: RequestContext, id: string) {
    const category = await this.#categories.find(ctx, 'id', id);
    return category && presentCategory(category);
  }
}
