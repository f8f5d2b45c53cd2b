import { hasScope, requireScope, type RequestContext } from '@souk/kit/context';
import { err, failure, ok, type InvalidPage, type NotFound, type PageRequest, type Result } from '@souk/kit/domain';
import { mutate, type IdempotencyFailure, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { MessagesRead, MessagesWrite } from '../contract.ts';
import type { AccountsUnitOfWork } from '../database.ts';
import type { MessageState } from './message.ts';
import { messageById, messagePage, requeueMessage, type MessageRecord } from './message.repository.ts';

/** Lists the messages for staff, and sends failed messages again. */
export class MessageService {
  readonly #unitOfWork: AccountsUnitOfWork;

  constructor(unitOfWork: AccountsUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** A page of messages, the newest first. @throws AccessDeniedError without `messages:read` */
  page(
    ctx: RequestContext,
    state: MessageState | null,
    page: PageRequest,
  ): Promise<Result<KeysetPage<MessageRecord>, InvalidPage>> {
    requireScope(ctx, MessagesRead);
    return this.#unitOfWork.read(ctx, (tx) => messagePage(tx, state, page));
  }

  /** The message with the id. Null without `messages:read`. */
  async find(ctx: RequestContext, id: string): Promise<MessageRecord | null> {
    if (!hasScope(ctx, MessagesRead)) return null;
    return this.#unitOfWork.read(ctx, (tx) => messageById(tx, id));
  }

  /** Queues a failed message again. @throws AccessDeniedError without `messages:write` */
  retry(
    ctx: RequestContext,
    input: MutationInput & { readonly id: string },
  ): Promise<Result<string, NotFound | IdempotencyFailure>> {
    const mutation = { scope: MessagesWrite, operation: 'messageRetry', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx) =>
      (await requeueMessage(tx, input.id))
        ? ok(input.id)
        : err(failure('NOT_FOUND', 'There is no failed message with this id', ['id'])),
    );
  }
}
