import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import {
  ForScope,
  PageArgs,
  presentConnection,
  valueOrThrow,
  type ReferenceResolvers,
  type RequestLoader,
} from '@souk/kit/graphql';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { CatalogWrite } from '../contract.ts';
import { oneKey } from '../one-key.inputs.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { referenceById } from '../reference-by-id.loader.ts';
import { respond } from '../user-errors.ts';
import { BrandCreateInput, BrandDeleteInput, BrandUpdateInput } from './brand.inputs.ts';
import { presentBrand } from './brand.presenter.ts';
import type { BrandRow } from './brand.repository.ts';
import type { BrandService } from './brand.service.ts';
import { BrandConnection, BrandType } from './brand.types.ts';

const BrandCreatePayload = entityPayload('BrandCreate', 'brand', BrandType);
const BrandUpdatePayload = entityPayload('BrandUpdate', 'brand', BrandType);
const BrandDeletePayload = deletePayload('BrandDelete');

@Resolver()
export class BrandResolver {
  readonly #brands: BrandService;

  constructor(brands: BrandService) {
    this.#brands = brands;
  }

  @Query(() => BrandType, { nullable: true, description: 'By id or by slug: pass exactly one of them.' })
  async brand(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('slug', () => String, { nullable: true }) slug: string | null,
    @Ctx() ctx: RequestContext,
  ) {
    const brand = await this.#brands.find(ctx, ...oneKey({ id, slug }));
    return brand && presentBrand(brand);
  }

  @Query(() => BrandConnection, { nullable: true, description: 'All brands, by slug.' })
  async brands(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#brands.page(ctx, page)), presentBrand);
  }

  @ForScope(CatalogWrite)
  @Mutation(() => BrandCreatePayload, { nullable: true })
  brandCreate(@Arg('input', () => BrandCreateInput) input: BrandCreateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#brands.create(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => BrandUpdatePayload, { nullable: true })
  brandUpdate(@Arg('input', () => BrandUpdateInput) input: BrandUpdateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#brands.update(ctx, input));
  }

  @ForScope(CatalogWrite)
  @Mutation(() => BrandDeletePayload, {
    nullable: true,
    description: 'Deletes a brand. Its products stay in the catalog, without a brand.',
  })
  brandDelete(@Arg('input', () => BrandDeleteInput) input: BrandDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#brands.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ brand: this.#changed(ctx, id) }));
  }

  /** Reads the changed brand for the payload, after the mutation has committed. */
  async #changed(ctx: RequestContext, id: string) {
    const brand = await this.#brands.find(ctx, 'id', id);
    return brand && presentBrand(brand);
  }
}

/** Loads brands that other subgraphs reference. */
export function brandReferences(loader: RequestLoader<string, BrandRow>): ReferenceResolvers {
  return {
    Brand: referenceById(loader, presentBrand),
  };
}
