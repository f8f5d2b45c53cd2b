import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import type { CollectionReader } from './collection-reader.service.ts';
import {
  CollectionCreateInput,
  CollectionDeleteInput,
  CollectionProductsAddInput,
  CollectionProductsRemoveInput,
  CollectionUpdateInput,
} from './collection.inputs.ts';
import { presentCollection } from './collection.presenter.ts';
import type { CollectionService } from './collection.service.ts';
import { CollectionType } from './collection.types.ts';

const CollectionCreatePayload = entityPayload('CollectionCreate', 'collection', CollectionType);
const CollectionUpdatePayload = entityPayload('CollectionUpdate', 'collection', CollectionType);
const CollectionProductsAddPayload = entityPayload('CollectionProductsAdd', 'collection', CollectionType);
const CollectionProductsRemovePayload = entityPayload('CollectionProductsRemove', 'collection', CollectionType);
const CollectionDeletePayload = deletePayload('CollectionDelete');

@Resolver()
export class CollectionMutationResolver {
  readonly #changes: CollectionService;
  readonly #collections: CollectionReader;

  constructor(changes: CollectionService, collections: CollectionReader) {
    this.#changes = changes;
    this.#collections = collections;
  }

  @ForScope(CatalogWrite)
  @Mutation(() => CollectionCreatePayload, { nullable: true })
  collectionCreate(
    @Arg('input', () => CollectionCreateInput) input: CollectionCreateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#changes.create(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => CollectionUpdatePayload, { nullable: true })
  collectionUpdate(
    @Arg('input', () => CollectionUpdateInput) input: CollectionUpdateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#changes.update(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => CollectionProductsAddPayload, {
    nullable: true,
    description: 'Adds products. Products that are already in the collection stay.',
  })
  collectionProductsAdd(
    @Arg('input', () => CollectionProductsAddInput) input: CollectionProductsAddInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#changes.addProducts(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => CollectionProductsRemovePayload, { nullable: true })
  collectionProductsRemove(
    @Arg('input', () => CollectionProductsRemoveInput) input: CollectionProductsRemoveInput,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#respond(ctx, input, () => this.#changes.removeProducts(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => CollectionDeletePayload, {
    nullable: true,
    description: 'Deletes a collection. Its products stay in the catalog.',
  })
  collectionDelete(
    @Arg('input', () => CollectionDeleteInput) input: CollectionDeleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#changes.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ collection: this.#changed(ctx, id) }));
  }

  /** Reads the changed collection for the payload, after the mutation has committed. */
  async #changed(ctx: RequestContext, id: string) {
    const collection = await this.#collections.find(ctx, 'id', id);
    return collection && presentCollection(collection);
  }
}
