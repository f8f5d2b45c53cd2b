import { randomUUID } from 'node:crypto';
import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import type { LoginAttempt } from '../user/login-lock.repository.ts';
import type { Role } from '../user/role.policy.ts';
import { refreshTokenHash, type StoredRefreshToken } from './refresh-token.ts';
import { refreshTokenExpiry, sessionEnd, type SessionStart } from './session.policy.ts';

type Directory = Pick<AccountsUnitOfWork, 'callFunction'>;

/** An account whose e-mail address is the address that a login entered. */
export interface LoginCandidate {
  readonly tenantId: string;
  readonly userId: string;
}

/** An open session, for the list that its user sees. */
export interface SessionRecord {
  readonly id: string;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly client_address: string | null;
}

/** The input for a new session. */
export interface NewSession extends SessionStart {
  readonly userId: string;
  readonly clientAddress: string | null;
}

/** An ended session. The pair of time and id orders ended sessions, so it also serves as a cursor. */
export interface EndedSession {
  readonly sessionId: string;
  readonly endedAt: Date;
}

/** A refresh token whose row is locked until the transaction ends. */
export interface LockedRefreshToken extends StoredRefreshToken {
  readonly sessionId: string;
  readonly userId: string;
  readonly start: SessionStart;
}

/**
 * The accounts with the e-mail address in all tenants, at most `most`. The account in the request's tenant is first, then the oldest
 * accounts.
 * Disabled accounts, and accounts that are locked after failed logins, are left out.
 */
export async function loginCandidates(
  directory: Directory,
  { email, ownTenantId, most, now }: LoginAttempt,
): Promise<LoginCandidate[]> {
  const args = [email, ownTenantId, most, now];
  const rows = await directory.callFunction<{ tenant_id: string; user_id: string }>('open_login_accounts', args);
  return rows.map((row) => ({ tenantId: row.tenant_id, userId: row.user_id }));
}

/** The tenant in which a refresh token was issued. Null when the token is unknown. */
export async function tenantOfRefreshToken(directory: Directory, token: string): Promise<string | null> {
  const [row] = await directory.callFunction<{ tenant_id: string }>('refresh_token_tenant', [refreshTokenHash(token)]);
  return row?.tenant_id ?? null;
}

/** Starts a session. @returns its id, or null when the user was disabled or removed meanwhile */
export async function startSession({ db, tenantId }: AccountsTransaction, session: NewSession): Promise<string | null> {
  const { userId, startedAt, clientAddress } = session;
  // A concurrent transaction that disables the user waits for this lock, and then ends the new session too.
  const user = await db
    .selectFrom('user_account')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .where('disabled_at', 'is', null)
    .where('deleted_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  if (!user) return null;
  const id = randomUUID();
  const times = { created_at: startedAt, last_used_at: startedAt, revoked_at: null };
  await db
    .insertInto('user_session')
    .values({ id, user_id: userId, client_address: clientAddress, ...times })
    .execute();
  return id;
}

/** Stores the hash of a token. The token itself is never stored. */
export async function addRefreshToken(
  { db }: AccountsTransaction,
  { sessionId, start }: { readonly sessionId: string; readonly start: SessionStart },
  token: string,
  now: Date,
): Promise<void> {
  const stored = { token_hash: refreshTokenHash(token), session_id: sessionId };
  const times = { issued_at: now, expires_at: refreshTokenExpiry(start, now), used_at: null };
  await db
    .insertInto('refresh_token')
    .values({ ...stored, ...times })
    .execute();
}

/** Locks the token and its session. Two requests with tokens of one session therefore run one after the other. */
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
    .innerJoin('user_account', (join) =>
      join
        .onRef('user_account.tenant_id', '=', 'user_session.tenant_id')
        .onRef('user_account.id', '=', 'user_session.user_id'),
    )
    .select(['session_id', 'user_id', 'role', 'expires_at', 'used_at', 'revoked_at', 'user_session.created_at'])
    .where('refresh_token.tenant_id', '=', tenantId)
    .where('token_hash', '=', refreshTokenHash(token))
    .forNoKeyUpdate(['refresh_token', 'user_session'])
    .executeTakeFirst();
  return row ? lockedOf(row) : null;
}

interface LockedRow {
  readonly session_id: string;
  readonly user_id: string;
  readonly role: Role;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly revoked_at: Date | null;
  readonly created_at: Date;
}

function lockedOf(row: LockedRow): LockedRefreshToken {
  const start = { role: row.role, startedAt: row.created_at };
  return {
    sessionId: row.session_id,
    userId: row.user_id,
    start,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    sessionRevokedAt: row.revoked_at,
    sessionEndsAt: sessionEnd(start),
  };
}

/** Returns the given tokens that were issued and not exchanged yet. */
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

/** The first `most` sessions of all tenants that ended after the position, the oldest first. */
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

/** A page of the open sessions of a user, the latest login first. @param now sessions that have expired at this time are left out */
export function openSessionPage(
  { db, tenantId }: AccountsTransaction,
  userId: string,
  now: Date,
  page: PageRequest,
): Promise<Result<KeysetPage<SessionRecord>, InvalidPage>> {
  const open = db
    .selectFrom('user_session')
    .select(['id', 'created_at', 'last_used_at', 'client_address'])
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('refresh_token')
          .select('token_hash')
          .whereRef('refresh_token.tenant_id', '=', 'user_session.tenant_id')
          .whereRef('refresh_token.session_id', '=', 'user_session.id')
          .where('used_at', 'is', null)
          .where('expires_at', '>', now),
      ),
    );
  const sort = [{ by: 'user_session.created_at', direction: 'desc' } as const];
  return keysetPage(open, { sort, id: 'user_session.id', filter: userId, page });
}

/** Ends an open session of a user. @returns whether the user had such a session */
export async function revokeOwnSession(
  { db, tenantId }: AccountsTransaction,
  { id, userId }: { readonly id: string; readonly userId: string },
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('user_session')
    .set({ revoked_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Records the time of a renewal. */
export async function touchSession({ db, tenantId }: AccountsTransaction, id: string, now: Date): Promise<void> {
  await db
    .updateTable('user_session')
    .set({ last_used_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
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
