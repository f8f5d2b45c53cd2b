import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import type { StaffRole } from '../user/role.policy.ts';
import {
  invitationTokenHash,
  MOST_INVITATIONS_OF_SHOP,
  MOST_INVITATIONS_PER_HOUR,
  newInvitationToken,
} from './invitation.ts';

/** An open invitation as read from the database, without its token's hash. */
export interface InvitationRecord {
  readonly id: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly expires_at: Date;
  readonly created_at: Date;
  readonly created_by: string | null;
  readonly updated_at: Date;
  readonly updated_by: string | null;
  readonly version: number;
}

const COLUMNS = [
  'id',
  'email',
  'role',
  'expires_at',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'version',
] as const;

/** A page of the open invitations, the newest first. Expired invitations are included until they are revoked or sent again. */
export function invitationPage(
  tx: AccountsTransaction,
  page: PageRequest,
): Promise<Result<KeysetPage<InvitationRecord>, InvalidPage>> {
  const sort = [{ by: 'user_invitation.created_at', direction: 'desc' } as const];
  return keysetPage(openInvitations(tx), { sort, id: 'user_invitation.id', filter: null, page });
}

export async function invitationById(tx: AccountsTransaction, id: string): Promise<InvitationRecord | null> {
  return (await openInvitations(tx).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** The id of the open invitation to an e-mail address. Letter case is ignored. */
export async function invitationIdOf(tx: AccountsTransaction, email: string): Promise<string | null> {
  const found = await openInvitations(tx)
    .where(sql<string>`lower(email)`, '=', sql<string>`lower(${email}::text)`)
    .executeTakeFirst();
  return found?.id ?? null;
}

/**
 * Seconds until an address may receive another invitation from the shop. 0 when the limit is not reached. The mails of revoked and accepted
 * invitations count too.
 */
export function invitationPause(tx: AccountsTransaction, email: string): Promise<number> {
  const toAddress = recentInvitations(tx)
    .innerJoin('user_invitation as invitation', (join) =>
      join.onRef('invitation.tenant_id', '=', 'message.tenant_id').onRef('invitation.id', '=', 'message.reference_id'),
    )
    .where(sql<string>`lower(invitation.email)`, '=', sql<string>`lower(${email}::text)`);
  return pauseAfter(toAddress, MOST_INVITATIONS_PER_HOUR);
}

/** Seconds until the shop may send another invitation to any address. 0 when the limit is not reached. */
export function shopInvitationPause(tx: AccountsTransaction): Promise<number> {
  return pauseAfter(recentInvitations(tx), MOST_INVITATIONS_OF_SHOP);
}

/** The mails with invitations of the last hour, the newest first, each with the seconds until it is an hour old. */
function recentInvitations({ db, tenantId }: AccountsTransaction) {
  return db
    .selectFrom('message')
    .select(sql<number>`ceil(extract(epoch from message.created_at + interval '1 hour' - now()))::int`.as('seconds'))
    .where('message.tenant_id', '=', tenantId)
    .where('message.template', '=', sql.lit('USER_INVITED')) // literal: the value chooses the partial index
    .where('message.created_at', '>', sql<Date>`now() - interval '1 hour'`)
    .orderBy('message.created_at', 'desc');
}

/** Seconds until fewer than `most` of the mails are recent. */
async function pauseAfter(recent: Pick<ReturnType<typeof recentInvitations>, 'offset'>, most: number): Promise<number> {
  const limiting = await recent
    .offset(most - 1)
    .limit(1)
    .executeTakeFirst();
  return Math.max(limiting?.seconds ?? 0, 0);
}

/** The tenant of the open invitation with a token. Searches all tenants, because the caller does not name one. */
export async function tenantOfInvitation(
  directory: Pick<AccountsUnitOfWork, 'callFunction'>,
  token: string,
): Promise<string | null> {
  const args = [invitationTokenHash(token)];
  const [row] = await directory.callFunction<{ tenant_id: string }>('invitation_tenant', args);
  return row?.tenant_id ?? null;
}

/**
 * Replaces the token of an open invitation and stores the new token's hash. Only the mail contains the token. Earlier tokens become
 * invalid.
 * @returns null when the invitation was accepted or revoked meanwhile
 */
export async function issueInvitationToken(
  { db, tenantId }: AccountsTransaction,
  id: string,
): Promise<{ readonly email: string; readonly token: string } | null> {
  const token = newInvitationToken();
  const row = await db
    .updateTable('user_invitation')
    .set({ token_hash: invitationTokenHash(token) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('deleted_at', 'is', null)
    .returning('email')
    .executeTakeFirst();
  return row ? { email: row.email, token } : null;
}

function openInvitations({ db, tenantId }: AccountsTransaction) {
  return db
    .selectFrom('user_invitation')
    .select(COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('accepted_at', 'is', null)
    .where('deleted_at', 'is', null);
}
