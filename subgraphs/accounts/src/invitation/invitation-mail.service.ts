import type { AccountsUnitOfWork } from '../database.ts';
import type { InvitationMail } from '../message/message-composer.service.ts';
import { renderMessage } from '../message/render-message.ts';
import { issueInvitationToken } from './invitation.repository.ts';

/** Composes the mails of invitations. Each mail has a new token in the fragment of its link, which browsers do not send to servers. */
export function invitationMails(unitOfWork: AccountsUnitOfWork): InvitationMail {
  return async (ctx, { referenceId, locale }, { shop, baseUrl }) => {
    const invitation = await unitOfWork.run(ctx, (tx) => issueInvitationToken(tx, referenceId));
    if (!invitation) return null;
    const { email, token } = invitation;
    const url = `${baseUrl}/dashboard/accept#${new URLSearchParams({ token, email, shop }).toString()}`;
    return { to: email, ...renderMessage('USER_INVITED', locale ?? 'en', { shop, url, named: {} }) };
  };
}
