import type { RequestContext } from '@souk/kit/context';
import type { RequestLoader } from '@souk/kit/graphql';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { presentMedia } from '../media/media.presenter.ts';
import type { StoredMedia } from '../media/media.repository.ts';
import { MediaType } from '../media/media.types.ts';
import { ProductMediaType } from './product.types.ts';

/** Resolves the uploaded picture to which a product's picture refers. */
@Resolver(() => ProductMediaType)
export class ProductMediaResolver {
  readonly #media: RequestLoader<string, StoredMedia>;

  constructor(media: RequestLoader<string, StoredMedia>) {
    this.#media = media;
  }

  @FieldResolver(() => MediaType, {
    nullable: true,
    description: 'The uploaded picture, with its variants. Null for a file on another server.',
  })
  async media(@Root() { media_id }: ProductMediaType, @Ctx() ctx: RequestContext) {
    const found = media_id === null ? null : await this.#media.load(ctx, media_id);
    return found && presentMedia(ctx, found);
  }
}
