import { sql } from 'kysely';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';

/** An attempt to log in. One e-mail address can match several accounts, and `most` limits how many of them are checked. */
export interface LoginAttempt {
  readonly email: string;
  readonly ownTenantId: string;
  /** The maximum number of accounts to check. */
  readonly most: number;
  readonly now: Date;
}

/** Ten failed logins in a row lock an account for 30 seconds. Each further failure doubles the time. */
const LOGIN_LOCK = { lockAfter: 10, firstPause: '30 seconds', longestPause: '15 minutes' };

/** Counts a failed login for each account that `loginCandidates` returns, and locks accounts with too many failures. */
export async function countFailedLogin(
  directory: Pick<AccountsUnitOfWork, 'callFunction'>,
  { email, ownTenantId, most, now }: LoginAttempt,
): Promise<void> {
  const { lockAfter, firstPause, longestPause } = LOGIN_LOCK;
  await directory.callFunction('count_failed_login', [
    email,
    ownTenantId,
    most,
    now,
    lockAfter,
    firstPause,
    longestPause,
  ]);
}

/** Counts a wrong password or code of one account, within the caller's transaction. The lock then starts with the commit. */
export async function countFailure(
  { db, tenantId }: AccountsTransaction,
  { email, now }: Pick<LoginAttempt, 'email' | 'now'>,
): Promise<void> {
  const { lockAfter, firstPause, longestPause } = LOGIN_LOCK;
  await sql`select * from count_failed_login(${email}, ${tenantId}, 1, ${now}, ${lockAfter}, ${firstPause}, ${longestPause})`.execute(
    db,
  );
}

/** Resets the number of failed logins of an account. */
export async function clearFailedLogins({ db, tenantId }: AccountsTransaction, userId: string): Promise<void> {
  await db.deleteFrom('login_lock').where('tenant_id', '=', tenantId).where('user_id', '=', userId).execute();
}
