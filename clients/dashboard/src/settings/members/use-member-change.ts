import {
  InvitationRevokeDocument,
  UserDisableDocument,
  UserEnableDocument,
  UserInviteDocument,
  UserMfaResetDocument,
  UserRemoveDocument,
  UserRoleSetDocument,
  UserSessionsEndDocument,
  type InvitationListQuery,
  type StaffRole,
  type UserListQuery,
} from '@souk/sdk';
import { useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { souk } from '../../api/client.ts';
import { newIdempotencyKey } from '../../api/idempotency-key.ts';
import { accepted } from '../../api/refusal.ts';
import type { MessageKey } from '../../i18n/en.ts';
import { useI18n } from '../../i18n/use-i18n.ts';

export type ListedMember = NonNullable<UserListQuery['users']>['nodes'][number];
export type ListedInvitation = NonNullable<InvitationListQuery['invitations']>['nodes'][number];

/** A change to the staff: an invitation, a role, or access. */
export type MemberChange =
  | { readonly kind: 'invite'; readonly email: string; readonly role: StaffRole }
  | { readonly kind: 'revoke'; readonly invitation: ListedInvitation }
  | { readonly kind: 'role'; readonly member: ListedMember; readonly role: StaffRole }
  | { readonly kind: 'disable' | 'enable' | 'endSessions' | 'resetMfa' | 'remove'; readonly member: ListedMember };

/**
 * A mutation for a change to the staff. It shows the result as a toast, and reads the staff and the invitations again.
 */
export function useMemberChange() {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (_result, change) => {
      const email = change.kind === 'invite' ? change.email : subjectOf(change).email;
      toast({ text: t(`members.done.${change.kind}` satisfies MessageKey, { email }) });
    },
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['members'] }),
  });
}

function subjectOf(change: Exclude<MemberChange, { readonly kind: 'invite' }>): { readonly email: string } {
  return change.kind === 'revoke' ? change.invitation : change.member;
}

async function send(change: MemberChange): Promise<unknown> {
  const idempotencyKey = newIdempotencyKey();
  if (change.kind === 'invite') {
    const input = { idempotencyKey, email: change.email, role: change.role };
    return accepted((await souk.run(UserInviteDocument, { input })).userInvite);
  }
  if (change.kind === 'revoke') {
    const { id, version } = change.invitation;
    const input = { idempotencyKey, id, expectedVersion: version };
    return accepted((await souk.run(InvitationRevokeDocument, { input })).invitationRevoke);
  }
  const { id, version } = change.member;
  const input = { idempotencyKey, id, expectedVersion: version };
  switch (change.kind) {
    case 'role':
      return accepted((await souk.run(UserRoleSetDocument, { input: { ...input, role: change.role } })).userRoleSet);
    case 'disable':
      return accepted((await souk.run(UserDisableDocument, { input })).userDisable);
    case 'enable':
      return accepted((await souk.run(UserEnableDocument, { input })).userEnable);
    case 'endSessions':
      return accepted((await souk.run(UserSessionsEndDocument, { input })).userSessionsEnd);
    case 'resetMfa':
      return accepted((await souk.run(UserMfaResetDocument, { input })).userMfaReset);
    case 'remove':
      return accepted((await souk.run(UserRemoveDocument, { input })).userRemove);
  }
}
