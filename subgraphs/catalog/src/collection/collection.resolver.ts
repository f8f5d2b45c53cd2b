import type { RequestContext } from '@souk/kit/context';
import {
  PageArgs,
  presentConnection,
  valueOrThrow,
  type ReferenceResolvers,
  type RequestLoader,
} from '@souk/kit/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { referenceById } from '../reference-by-id.loader.ts';
import { oneKey } from '../one-key.inputs.ts';
import { ProductListArgs, productListQuery } from '../product/product-list.inputs.ts';
import { productList } from '../product/product-list.resolver.ts';
import type { ProductReader } from '../product/product-reader.service.ts';
import { ProductConnection } from '../product/product.types.ts';
import type { CollectionReader } from './collection-reader.service.ts';
import { presentCollection, type PresentedCollection } from './collection.presenter.ts';
import type { CollectionRow } from './collection.repository.ts';
import { CollectionConnection, CollectionType } from './collection.types.ts';

@Resolver(() => CollectionType)
export class CollectionResolver {
  readonly #collections: CollectionReader;
  readonly #products: ProductReader;

  constructor(collections: CollectionReader, products: ProductReader) {
    this.#collections = collections;
    this.#products = products;
  }

  @Query(() => CollectionType, { nullable: true, description: 'By id or by slug: pass exactly one of them.' })
  async collection(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('slug', () => String, { nullable: true }) slug: string | null,
    @Ctx() ctx: RequestContext,
  ) {
    const collection = await this.#collections.find(ctx, ...oneKey({ id, slug }));
    return collection && presentCollection(collection);
  }

  @Query(() => CollectionConnection, { nullable: true, description: 'All collections, by slug.' })
  async collections(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#collections.page(ctx, page)), presentCollection);
  }

  @FieldResolver(() => ProductConnection)
  products(
    @Root() { id }: PresentedCollection,
    @Args(() => ProductListArgs) args: ProductListArgs,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return productList(this.#products, ctx, productListQuery(args, { collection: id }), info);
  }
}

/** Loads collections that other subgraphs reference. */
export function collectionReferences(loader: RequestLoader<string, CollectionRow>): ReferenceResolvers {
  return {
    Collection: referenceById(loader, presentCollection),
  };
}
