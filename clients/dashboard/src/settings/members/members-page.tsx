import { InvitationListDocument, UserListDocument } from '@souk/sdk';
import { Breadcrumb, Button, TextLink } from '@souk/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { souk } from '../../api/client.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { LoadError, RowSkeletons } from '../../page/page-states.tsx';
import { Page } from '../../page/page.tsx';
import { useMay } from '../../session/use-session.ts';
import { InvitationTable } from './invitation-table.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberTable } from './member-table.tsx';

const PAGE_SIZE = 100;

/** The settings page for staff members and open invitations. */
export function MembersPage() {
  const { t } = useI18n();
  const mayWrite = useMay()('users:write');
  const [inviting, setInviting] = useState(false);
  const found = useMembers();
  const open = useInvitations();
  const members = found.data?.pages.flatMap((page) => page.users?.nodes ?? []) ?? [];
  const invitations = open.data?.pages.flatMap((page) => page.invitations?.nodes ?? []) ?? [];
  const settings = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/settings">{t('settings.title')}</Link>
    </TextLink>
  );
  const above = (
    <Breadcrumb
      label={t('settings.title')}
      parents={[{ key: 'settings', link: settings }]}
      current={t('members.title')}
    />
  );
  const invite = mayWrite && (
    <Button kind="primary" onClick={() => setInviting(true)}>
      {t('members.invite')}
    </Button>
  );
  return (
    <Page title={t('members.title')} above={above} actions={invite}>
      {found.isPending && <RowSkeletons count={3} />}
      {found.isError && <LoadError error={found.error} onRetry={() => void found.refetch()} />}
      {members.length > 0 && <MemberTable members={members} mayWrite={mayWrite} />}
      {found.hasNextPage && (
        <Button className="self-center" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('action.loadMore')}
        </Button>
      )}
      {open.isError && <LoadError error={open.error} onRetry={() => void open.refetch()} />}
      {invitations.length > 0 && (
        <section aria-labelledby="invitations" className="mt-4 flex flex-col gap-4">
          <h2 id="invitations" className="text-18 font-semibold">
            {t('members.invitations')}
          </h2>
          <InvitationTable invitations={invitations} mayWrite={mayWrite} />
          {open.hasNextPage && (
            <Button className="self-center" loading={open.isFetchingNextPage} onClick={() => void open.fetchNextPage()}>
              {t('action.loadMore')}
            </Button>
          )}
        </section>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}

function useMembers() {
  return useInfiniteQuery({
    queryKey: ['members', 'users'],
    queryFn: ({ pageParam, signal }) => souk.run(UserListDocument, { first: PAGE_SIZE, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ users }) => (users?.pageInfo.hasNextPage ? users.pageInfo.endCursor : null),
  });
}

function useInvitations() {
  return useInfiniteQuery({
    queryKey: ['members', 'invitations'],
    queryFn: ({ pageParam, signal }) =>
      souk.run(InvitationListDocument, { first: PAGE_SIZE, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ invitations }) => (invitations?.pageInfo.hasNextPage ? invitations.pageInfo.endCursor : null),
  });
}
