import type { InvitationRecord } from './invitation.repository.ts';
import type { InvitationType } from './invitation.types.ts';

/** The GraphQL fields of an open invitation. */
export function presentInvitation(invitation: InvitationRecord): InvitationType {
  const { id, email, role, version } = invitation;
  return {
    id,
    email,
    role,
    expiresAt: invitation.expires_at,
    createdAt: invitation.created_at,
    createdBy: invitation.created_by,
    updatedAt: invitation.updated_at,
    updatedBy: invitation.updated_by,
    version,
  };
}
