import { Button, Table, Td, Th } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useMemberChange, type ListedInvitation } from './use-member-change.ts';

export interface InvitationTableProps {
  readonly invitations: readonly ListedInvitation[];
  readonly mayWrite: boolean;
}

/** The table of open invitations, with buttons to resend and revoke them. */
export function InvitationTable({ invitations, mayWrite }: InvitationTableProps) {
  const { t } = useI18n();
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <Table label={t('members.invitations')}>
        <thead>
          <tr>
            <Th className="ps-4">{t('signIn.email')}</Th>
            <Th className="hidden sm:table-cell">{t('settings.role')}</Th>
            <Th className="hidden sm:table-cell">{t('members.column.expires')}</Th>
            {mayWrite && (
              <Th className="pe-4 text-end">
                <span className="sr-only">{t('action.menu')}</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} mayWrite={mayWrite} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function InvitationRow({
  invitation,
  mayWrite,
}: {
  readonly invitation: ListedInvitation;
  readonly mayWrite: boolean;
}) {
  const { t, dateTime } = useI18n();
  const [now] = useState(Date.now);
  const change = useMemberChange();
  const { email, role, expiresAt } = invitation;
  const expiry = Date.parse(expiresAt) > now ? dateTime(expiresAt) : t('members.expired');
  return (
    <tr className="last:*:border-b-0">
      <Td className="max-w-40 ps-4 sm:max-w-none">
        <p className="truncate font-medium">{email}</p>
        <p className="text-ink-3 sm:hidden">{expiry}</p>
      </Td>
      <Td className="hidden sm:table-cell">{t(`settings.role.${role}`)}</Td>
      <Td className="hidden text-ink-2 sm:table-cell">{expiry}</Td>
      {mayWrite && (
        <Td className="pe-4">
          <div className="flex flex-wrap justify-end gap-2">
            <Button
              size="small"
              disabled={change.isPending}
              onClick={() => change.mutate({ kind: 'invite', email, role })}
            >
              {t('members.resend')}
            </Button>
            <Button
              size="small"
              disabled={change.isPending}
              onClick={() => change.mutate({ kind: 'revoke', invitation })}
            >
              {t('members.revoke')}
            </Button>
          </div>
        </Td>
      )}
    </tr>
  );
}
