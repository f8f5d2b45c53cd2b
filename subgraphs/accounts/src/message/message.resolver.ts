import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { MessagesRead, MessagesWrite } from '../contract.ts';
import { entityPayload } from '../payload.types.ts';
import { respond } from '../user-errors.ts';
import { MessageRetryInput } from './message.inputs.ts';
import type { MessageState } from './message.ts';
import type { MessageRecord } from './message.repository.ts';
import type { MessageService } from './message.service.ts';
import { MessageConnection, MessageStateEnum, MessageType } from './message.types.ts';

const MessageRetryPayload = entityPayload('MessageRetry', 'message', MessageType);

@Resolver()
export class MessageResolver {
  readonly #messages: MessageService;

  constructor(messages: MessageService) {
    this.#messages = messages;
  }

  @ForScope(MessagesRead)
  @Query(() => MessageConnection, { nullable: true, description: 'Newest first.' })
  async messages(
    @Arg('state', () => MessageStateEnum, { nullable: true }) state: MessageState | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return presentConnection(valueOrThrow(await this.#messages.page(ctx, state ?? null, page)), presentMessage);
  }

  @ForScope(MessagesWrite)
  @Mutation(() => MessageRetryPayload, {
    nullable: true,
    description: 'Sends a failed message again. When its answer was lost, the recipient may get the message twice.',
  })
  messageRetry(@Arg('input', () => MessageRetryInput) input: MessageRetryInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#messages.retry(ctx, input),
      (id) => ({ message: this.#changed(ctx, id) }),
    );
  }

  async #changed(ctx: RequestContext, id: string) {
    const message = await this.#messages.find(ctx, id);
    return message && presentMessage(message);
  }
}

function presentMessage(message: MessageRecord): MessageType {
  const { id, template, reference_id, recipient, state, attempts, problem, created_at, sent_at } = message;
  return {
    id,
    template,
    referenceId: reference_id,
    recipient,
    state,
    attempts,
    problem,
    createdAt: created_at,
    sentAt: sent_at,
  };
}
