import type { InvitationRecord } from './invitation.repository.ts';
import type { InvitationType } from './invitation.types.ts';

/** An open invitation as staff see it. */
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
