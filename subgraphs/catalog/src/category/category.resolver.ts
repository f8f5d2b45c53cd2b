import { pageRange } from '@souk/kit/domain';
import type { RequestContext } from '@souk/kit/context';
import { PageArgs, presentConnection, valueOrThrow, type ReferenceResolvers } from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { referenceById } from '../reference-by-id.loader.ts';
import { oneKey } from '../one-key.inputs.ts';
import { ProductListArgs, productListQuery } from '../product/product-list.inputs.ts';
import { productList } from '../product/product-list.resolver.ts';
import type { ProductReader } from '../product/product-reader.service.ts';
import { ProductConnection } from '../product/product.types.ts';
import type { CategoryLoaders } from './category.loader.ts';
import { presentCategory, type PresentedCategory } from './category.presenter.ts';
import type { CategoryReader } from './category-reader.service.ts';
import { CategoryConnection, CategoryType, CHILDREN_SIZE, ChildrenArgs } from './category.types.ts';

@Resolver(() => CategoryType)
export class CategoryResolver {
  readonly #categories: CategoryReader;
  readonly #products: ProductReader;
  readonly #loaders: CategoryLoaders;

  constructor(categories: CategoryReader, products: ProductReader, loaders: CategoryLoaders) {
    this.#categories = categories;
    this.#products = products;
    this.#loaders = loaders;
  }

  @Query(() => CategoryType, { nullable: true, description: 'By id or by slug: pass exactly one of them.' })
  async category(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('slug', () => String, { nullable: true }) slug: string | null,
    @Ctx() ctx: RequestContext,
  ) {
    const category = await this.#categories.find(ctx, ...oneKey({ id, slug }));
    return category && presentCategory(category);
  }

  @Query(() => CategoryConnection, { nullable: true, description: 'The roots of the tree.' })
  async categories(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#categories.roots(ctx, page)), presentCategory);
  }

  @FieldResolver(() => CategoryType, { nullable: true, description: 'Null at the root.' })
  async parent(@Root() { parentId }: PresentedCategory, @Ctx() ctx: RequestContext) {
    const parent = parentId && (await this.#loaders.category.load(ctx, parentId));
    return parent ? presentCategory(parent) : null;
  }

  @Directive(`@listSize(assumedSize: ${CHILDREN_SIZE})`)
  @FieldResolver(() => CategoryConnection)
  async children(
    @Root() { id }: PresentedCategory,
    @Args(() => ChildrenArgs) args: ChildrenArgs,
    @Ctx() ctx: RequestContext,
  ) {
    const range = valueOrThrow(pageRange(args, CHILDREN_SIZE));
    const page = await this.#loaders.children.load(ctx, { parentId: id, range });
    return page && presentConnection(page, presentCategory);
  }

  @FieldResolver(() => [CategoryType], {
    description: 'The path from the root to the category, the category last: breadcrumbs.',
  })
  async path(@Root() { id }: PresentedCategory, @Ctx() ctx: RequestContext) {
    return ((await this.#loaders.path.load(ctx, id)) ?? []).map(presentCategory);
  }

  @FieldResolver(() => ProductConnection, { description: 'The products in the category and in all its descendants.' })
  products(
    @Root() { id }: PresentedCategory,
    @Args(() => ProductListArgs) args: ProductListArgs,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return productList(this.#products, ctx, productListQuery(args, { category: id }), info);
  }
}

/** Loads categories that other subgraphs reference. */
export function categoryReferences(loaders: CategoryLoaders): ReferenceResolvers {
  return {
    Category: referenceById(loaders.category, presentCategory),
  };
}
