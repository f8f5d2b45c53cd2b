import { IconButton, Menu, StatusPill, Table, Td, Th, type MenuItem } from '@souk/ui';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { ConfirmDialog } from '../../page/confirm-dialog.tsx';
import { useSession } from '../../session/use-session.ts';
import { stateOf } from './member-state.ts';
import { useMemberChange, type ListedMember } from './use-member-change.ts';

export interface MemberTableProps {
  readonly members: readonly ListedMember[];
  readonly mayWrite: boolean;
}

/** The table of staff members with the actions on each. */
export function MemberTable({ members, mayWrite }: MemberTableProps) {
  const { t } = useI18n();
  return (
    <div className="overflow-hidden rounded-card border bg-surface">
      <Table label={t('members.title')}>
        <thead>
          <tr>
            <Th className="ps-4">{t('members.column.member')}</Th>
            <Th>{t('settings.role')}</Th>
            <Th className="hidden sm:table-cell">{t('members.column.state')}</Th>
            <Th className="hidden md:table-cell">{t('members.column.since')}</Th>
            {mayWrite && (
              <Th className="pe-4 text-end">
                <span className="sr-only">{t('action.menu')}</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow key={member.id} member={member} mayWrite={mayWrite} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function MemberRow({ member, mayWrite }: { readonly member: ListedMember; readonly mayWrite: boolean }) {
  const { t, date } = useI18n();
  const [now] = useState(Date.now);
  const isSelf = useSession()?.user.id === member.id;
  const { state, tone } = stateOf(member, now);
  return (
    <tr className="last:*:border-b-0">
      <Td className="max-w-40 ps-4 sm:max-w-none">
        <p className="truncate font-medium">
          {member.name || member.email}
          {isSelf && <span className="ms-1.5 font-normal text-ink-3">{t('members.you')}</span>}
        </p>
        {member.name && <p className="truncate text-ink-3">{member.email}</p>}
        {state !== 'active' && <p className="text-ink-2 sm:hidden">{t(`members.state.${state}`)}</p>}
      </Td>
      <Td>{t(`settings.role.${member.role}`)}</Td>
      <Td className="hidden sm:table-cell">
        <StatusPill tone={tone}>{t(`members.state.${state}`)}</StatusPill>
      </Td>
      <Td className="hidden text-ink-2 md:table-cell">{date(member.createdAt)}</Td>
      {mayWrite && (
        <Td className="pe-4 text-end">
          <MemberMenu member={member} isSelf={isSelf} />
        </Td>
      )}
    </tr>
  );
}

function MemberMenu({ member, isSelf }: { readonly member: ListedMember; readonly isSelf: boolean }) {
  const { t } = useI18n();
  const [now] = useState(Date.now);
  const [asking, setAsking] = useState<'remove' | 'resetMfa' | null>(null);
  const change = useMemberChange();
  const otherRole = member.role === 'OWNER' ? 'STAFF' : 'OWNER';
  const isOpen = stateOf(member, now).state === 'active';
  const first: MenuItem[] = [
    {
      label: t(`members.make.${otherRole}`),
      onSelect: () => change.mutate({ kind: 'role', member, role: otherRole }),
    },
    { label: t('members.endSessions'), onSelect: () => change.mutate({ kind: 'endSessions', member }) },
  ];
  const access: MenuItem = isOpen
    ? { label: t('members.disable'), onSelect: () => change.mutate({ kind: 'disable', member }), danger: true }
    : { label: t('members.enable'), onSelect: () => change.mutate({ kind: 'enable', member }) };
  const reset: MenuItem = { label: t('members.resetMfa'), onSelect: () => setAsking('resetMfa') };
  const remove: MenuItem = { label: t('members.remove'), onSelect: () => setAsking('remove'), danger: true };
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('members.menu', { email: member.email })} size="small" loading={change.isPending}>
            <Ellipsis aria-hidden className="size-4" strokeWidth={1.75} />
          </IconButton>
        }
        groups={
          isSelf
            ? [first]
            : [
                [...first, reset],
                [access, remove],
              ]
        }
      />
      {asking && (
        <ConfirmDialog
          open
          title={t(`members.${asking}.title`, { email: member.email })}
          description={t(`members.${asking}.text`)}
          confirm={t(`members.${asking}`)}
          onClose={() => setAsking(null)}
          onConfirm={() => change.mutate({ kind: asking, member })}
        />
      )}
    </>
  );
}
