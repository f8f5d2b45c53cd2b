import type { RequestContext } from '@souk/kit/context';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { respond } from '../user-errors.ts';
import type { WebhookService } from './webhook.service.ts';
import { PaymentWebhookReceiveInput, PaymentWebhookReceivePayload } from './webhook.types.ts';

@Resolver()
export class WebhookResolver {
  readonly #webhooks: WebhookService;

  constructor(webhooks: WebhookService) {
    this.#webhooks = webhooks;
  }

  @Mutation(() => PaymentWebhookReceivePayload, {
    nullable: true,
    description:
      'Receives a notification of a payment provider. The signature authenticates the provider. The same notification again changes nothing.',
  })
  paymentWebhookReceive(
    @Arg('input', () => PaymentWebhookReceiveInput) input: PaymentWebhookReceiveInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { provider, payload, signature = null, secretHash = null } = input;
    return respond(
      input,
      () => this.#webhooks.receive(ctx, { provider, payload, signature, secretHash }),
      ({ received }) => ({ received }),
    );
  }
}
