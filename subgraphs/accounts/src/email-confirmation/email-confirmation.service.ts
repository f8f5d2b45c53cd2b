import { systemContext, type RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { invitationExpiry } from '../invitation/invitation.ts';
import type { InvitationMail } from '../message/message-composer.service.ts';
import { queueMessage } from '../message/message.repository.ts';
import { renderMessage } from '../message/render-message.ts';
import {
  issueConfirmationToken,
  requireConfirmation,
  tenantOfConfirmation,
  useConfirmation,
} from './email-confirmation.repository.ts';

/** Returned when a link is unknown, used or expired, or when a newer mail replaced its token. */
export type ConfirmationInvalid = Failure<'LINK_INVALID'>;

/** Proves the e-mail addresses of users who chose their password before the mail, such as the owner of a new shop. */
export class EmailConfirmationService {
  readonly #unitOfWork: AccountsUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: AccountsUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /** Queues the mail with the link, within the caller's transaction. The link works for seven days. */
  async request(
    tx: AccountsTransaction,
    { id, email, locale }: { readonly id: string; readonly email: string; readonly locale: string },
  ): Promise<void> {
    await requireConfirmation(tx, { userId: id, expiresAt: invitationExpiry(this.#clock.now()) });
    const fact = `email-confirmation:${id}`;
    queueMessage(tx, { fact, template: 'EMAIL_CONFIRMATION', referenceId: id, recipient: email, locale });
  }

  /** Proves the address of a link. The caller is not logged in, so the token determines the tenant. */
  async confirm(ctx: RequestContext, token: string): Promise<Result<void, ConfirmationInvalid>> {
    const tenantId = await tenantOfConfirmation(this.#unitOfWork, token);
    const within = tenantId && systemContext(tenantId, 'accounts.email-confirmation', ctx.correlationId);
    const isProven =
      within && (await this.#unitOfWork.run(within, (tx) => useConfirmation(tx, token, this.#clock.now())));
    const message = 'The link was used, has expired or was replaced: ask for a new mail';
    return isProven ? ok(undefined) : err(failure('LINK_INVALID', message, ['token']));
  }

  /** Composes the mail of a confirmation. Each mail has a new token in the fragment of its link, which browsers do not send to servers. */
  readonly mail: InvitationMail = async (ctx, { referenceId, locale }, { shop, baseUrl }) => {
    const issued = await this.#unitOfWork.run(ctx, (tx) => issueConfirmationToken(tx, referenceId));
    if (!issued) return null;
    const { email, token } = issued;
    const url = `${baseUrl}/dashboard/confirm#${new URLSearchParams({ token, email, shop }).toString()}`;
    return { to: email, ...renderMessage('EMAIL_CONFIRMATION', locale ?? 'en', { shop, url, named: {} }) };
  };
}
