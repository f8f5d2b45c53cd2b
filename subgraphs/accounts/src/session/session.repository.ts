import { randomUUID } from 'node:crypto';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { refreshTokenExpiry, refreshTokenHash, type StoredRefreshToken } from './refresh-token.ts';

type Directory = Pick<AccountsUnitOfWork, 'callFunction'>;

/** An account that may belong to the e-mail address of a login. */
export interface LoginCandidate {
  readonly tenantId: string;
  readonly userId: string;
}

/** A session that ended by logout, or because a used refresh token was presented again. */
export interface EndedSession {
  readonly sessionId: string;
  readonly endedAt: Date;
}

/** A refresh token that is locked until the transaction ends. */
export interface LockedRefreshToken extends StoredRefreshToken {
  readonly sessionId: string;
  readonly userId: string;
}

/**
 * The accounts with the e-mail address in all tenants, at most `most`: first the account of the request's tenant, then the oldest accounts.
 */
export async function loginCandidates(
  directory: Directory,
  { email, ownTenantId, most }: { readonly email: string; readonly ownTenantId: string; readonly most: number },
): Promise<LoginCandidate[]> {
  const args = [email, ownTenantId, most];
  const rows = await directory.callFunction<{ tenant_id: string; user_id: string }>('login_accounts', args);
  return rows.map((row) => ({ tenantId: row.tenant_id, userId: row.user_id }));
}

/** The tenant in which a refresh token was issued. */
export async function tenantOfRefreshToken(directory: Directory, token: string): Promise<string | null> {
  const [row] = await directory.callFunction<{ tenant_id: string }>('refresh_token_tenant', [refreshTokenHash(token)]);
  return row?.tenant_id ?? null;
}

/** @returns the id of the new session */
export async function startSession({ db }: AccountsTransaction, userId: string): Promise<string> {
  const id = randomUUID();
  await db.insertInto('user_session').values({ id, user_id: userId, revoked_at: null }).execute();
  return id;
}

/** Stores the hash of a token. The token itself is never stored. */
export async function addRefreshToken(
  { db }: AccountsTransaction,
  sessionId: string,
  token: string,
  now: Date,
): Promise<void> {
  await db
    .insertInto('refresh_token')
    .values({
      token_hash: refreshTokenHash(token),
      session_id: sessionId,
      issued_at: now,
      expires_at: refreshTokenExpiry(now),
      used_at: null,
    })
    .execute();
}

/** Locks the token and its session. When two requests have tokens of one session, the second request sees the changes of the first. */
export async function lockRefreshToken(
  { db, tenantId }: AccountsTransaction,
  token: string,
): Promise<LockedRefreshToken | null> {
  const row = await db
    .selectFrom('refresh_token')
    .innerJoin('user_session', (join) =>
      join
        .onRef('user_session.tenant_id', '=', 'refresh_token.tenant_id')
        .onRef('user_session.id', '=', 'refresh_token.session_id'),
    )
    .select(['session_id', 'user_id', 'expires_at', 'used_at', 'revoked_at'])
    .where('refresh_token.tenant_id', '=', tenantId)
    .where('token_hash', '=', refreshTokenHash(token))
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row
    ? {
        sessionId: row.session_id,
        userId: row.user_id,
        expiresAt: row.expires_at,
        usedAt: row.used_at,
        sessionRevokedAt: row.revoked_at,
      }
    : null;
}

/** The tokens in the list that were issued and not exchanged yet. */
export async function unusedOf({ db, tenantId }: AccountsTransaction, tokens: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('refresh_token')
    .select('token_hash')
    .where('tenant_id', '=', tenantId)
    .where('token_hash', 'in', tokens.map(refreshTokenHash))
    .where('used_at', 'is', null)
    .execute();
  const unused = new Set(rows.map((row) => row.token_hash));
  return tokens.filter((token) => unused.has(refreshTokenHash(token)));
}

/** Sessions of all tenants that ended after the position, the oldest first. Returns at most `most`. */
export async function sessionsEndedAfter(
  directory: Directory,
  { endedAt, sessionId }: EndedSession,
  most: number,
): Promise<EndedSession[]> {
  const args = [endedAt, sessionId, most];
  const rows = await directory.callFunction<{ id: string; revoked_at: Date }>('ended_sessions', args);
  return rows.map((row) => ({ sessionId: row.id, endedAt: new Date(row.revoked_at) }));
}

export async function markUsed({ db, tenantId }: AccountsTransaction, token: string, now: Date): Promise<void> {
  await db
    .updateTable('refresh_token')
    .set({ used_at: now })
    .where('tenant_id', '=', tenantId)
    .where('token_hash', '=', refreshTokenHash(token))
    .execute();
}

/** Ends a session. @returns whether the session was still open */
export async function revokeSession(
  { db, tenantId }: AccountsTransaction,
  sessionId: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('user_session')
    .set({ revoked_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Ends all open sessions of a user. @returns their ids */
export async function revokeSessionsOf(
  { db, tenantId }: AccountsTransaction,
  userId: string,
  now: Date,
): Promise<string[]> {
  const rows = await db
    .updateTable('user_session')
    .set({ revoked_at: now })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
