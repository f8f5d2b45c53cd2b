import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { PromotionsRead } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { PromotionPreviewInput } from './promotion-preview.inputs.ts';
import { presentPreview } from './promotion-preview.presenter.ts';
import type { PromotionPreviews } from './promotion-preview.service.ts';
import { PromotionPreviewPayload } from './promotion-preview.types.ts';

@Resolver(() => PromotionPreviewPayload)
export class PromotionPreviewResolver {
  readonly #previews: PromotionPreviews;

  constructor(previews: PromotionPreviews) {
    this.#previews = previews;
  }

  @ForScope(PromotionsRead)
  @Query(() => PromotionPreviewPayload, {
    nullable: true,
    description:
      'Shows what promotions would do to a cart, and why a promotion or a code would not apply. Saves nothing.',
  })
  promotionPreview(
    @Arg('input', () => PromotionPreviewInput) input: PromotionPreviewInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#previews.preview(ctx, input),
      (previewed) => ({ preview: presentPreview(previewed) }),
    );
  }
}
