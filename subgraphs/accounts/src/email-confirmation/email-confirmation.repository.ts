import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { invitationTokenHash, newInvitationToken } from '../invitation/invitation.ts';

/** Marks the e-mail address of a user as not proven. */
export async function requireConfirmation(
  { db }: AccountsTransaction,
  { userId, expiresAt }: { readonly userId: string; readonly expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('email_confirmation')
    .values({ user_id: userId, token_hash: null, expires_at: expiresAt })
    .execute();
}

/**
 * Replaces the token of an open confirmation and stores the new token's hash. Only the mail contains the token. Earlier tokens become
 * invalid.
 * @returns null when the address was proven meanwhile
 */
export async function issueConfirmationToken(
  { db, tenantId }: AccountsTransaction,
  userId: string,
): Promise<{ readonly email: string; readonly token: string } | null> {
  const token = newInvitationToken();
  const row = await db
    .updateTable('email_confirmation')
    .from('user_account')
    .set({ token_hash: invitationTokenHash(token) })
    .whereRef('user_account.tenant_id', '=', 'email_confirmation.tenant_id')
    .whereRef('user_account.id', '=', 'email_confirmation.user_id')
    .where('email_confirmation.tenant_id', '=', tenantId)
    .where('email_confirmation.user_id', '=', userId)
    .where('user_account.deleted_at', 'is', null)
    .returning('user_account.email')
    .executeTakeFirst();
  return row ? { email: row.email, token } : null;
}

/** The tenant of the confirmation with a token. Searches all tenants, because the caller does not name one. */
export async function tenantOfConfirmation(
  directory: Pick<AccountsUnitOfWork, 'callFunction'>,
  token: string,
): Promise<string | null> {
  const args = [invitationTokenHash(token)];
  const [row] = await directory.callFunction<{ tenant_id: string }>('confirmation_tenant', args);
  return row?.tenant_id ?? null;
}

/**
 * Deletes the confirmation with a token, which proves the address.
 * @returns whether an unexpired confirmation had the token
 */
export async function useConfirmation(
  { db, tenantId }: AccountsTransaction,
  token: string,
  now: Date,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('email_confirmation')
    .where('tenant_id', '=', tenantId)
    .where('token_hash', '=', invitationTokenHash(token))
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
