import { SettingsWrite } from '@souk/accounts/contract';
import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { respond } from '../user-errors.ts';
import { ShippingPreviewInput } from './shipping-preview.inputs.ts';
import { presentShippingPreview } from './shipping-preview.presenter.ts';
import type { ShippingPreviews } from './shipping-preview.service.ts';
import { ShippingPreviewPayload } from './shipping-preview.types.ts';

@Resolver(() => ShippingPreviewPayload)
export class ShippingPreviewResolver {
  readonly #previews: ShippingPreviews;

  constructor(previews: ShippingPreviews) {
    this.#previews = previews;
  }

  @ForScope(SettingsWrite)
  @Query(() => ShippingPreviewPayload, {
    nullable: true,
    description: 'Shows which shipping methods a cart would be offered, and why others are not. Saves nothing.',
  })
  shippingPreview(@Arg('input', () => ShippingPreviewInput) input: ShippingPreviewInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#previews.preview(ctx, input),
      (previewed) => ({ preview: presentShippingPreview(previewed) }),
    );
  }
}
