import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';

/** A login as it searches for accounts. */
export interface LoginAttempt {
  readonly email: string;
  readonly ownTenantId: string;
  /** The maximum number of accounts. */
  readonly most: number;
  readonly now: Date;
}

/** From 10 failed logins in a row on, an account is locked for 30 seconds, and twice as long after each further failure. */
const LOGIN_LOCK = { lockAfter: 10, firstPause: '30 seconds', longestPause: '15 minutes' };

/** Counts a failed login on the accounts that `loginCandidates` returns for it, and locks accounts with too many failures. */
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

/** Forgets the failed logins of an account. */
export async function clearFailedLogins({ db, tenantId }: AccountsTransaction, userId: string): Promise<void> {
  await db.deleteFrom('login_lock').where('tenant_id', '=', tenantId).where('user_id', '=', userId).execute();
}
