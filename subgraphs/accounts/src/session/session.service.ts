import { systemContext, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { caseless, err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { SessionEnded } from '../contract.ts';
import type { AccountHolder } from '../customer/account-holder.ts';
import { accountHolder } from '../customer/customer-account.repository.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { unmatchableHash, verifyPassword } from '../user/password.ts';
import { credentialsOf, usersById, type Credentials, type UserRecord } from '../user/user.repository.ts';
import { issueAccessToken, type TokenIssuer } from './access-token.ts';
import { decideRefresh, newRefreshToken, successorOf } from './refresh-token.ts';
import {
  addRefreshToken,
  clearFailedLogins,
  countFailedLogin,
  lockRefreshToken,
  loginCandidates,
  markUsed,
  revokeSession,
  revokeSessionsOf,
  sessionsEndedAfter,
  startSession,
  tenantOfRefreshToken,
  touchSession,
  unusedOf,
  type EndedSession,
  type LockedRefreshToken,
} from './session.repository.ts';
import { sessionEnd, type SessionStart } from './session.policy.ts';
import type { SigningKeys } from './signing-keys.ts';

/** The tokens of a successful login or refresh. */
export interface SignedIn {
  readonly user: UserRecord;
  readonly accessToken: string;
  /** Expiry of the access token. */
  readonly expiresAt: Date;
  readonly refreshToken: string;
}

/** A session with its next refresh token. */
interface OpenSession {
  readonly sessionId: string;
  readonly start: SessionStart;
  readonly refreshToken: string;
  /** The customer of the account. Null for staff. */
  readonly holder: AccountHolder | null;
}

/** Returned when e-mail address and password do not match. The message does not reveal which of the two is wrong. */
export type InvalidCredentials = Failure<'INVALID_CREDENTIALS'>;
/** Returned when a refresh token is unknown, expired or used more than 10 seconds ago, or when its session has ended. */
export type InvalidRefreshToken = Failure<'INVALID_REFRESH_TOKEN'>;

/**
 * The maximum number of accounts that a login tries. Every failed login does the work of four accounts. So its duration reveals neither
 * whether an account exists nor in how many tenants. With a larger number, strangers could make each guess cost more processor time.
 */
const MOST_ACCOUNTS = 4;
/** An id that no account has. */
const NO_USER_ID = '00000000-0000-4000-8000-000000000000';
const ENDED_SESSIONS_PER_PAGE = 1000;

/** Logs in, refreshes and logs out. The caller does not name a tenant. The account or the token determines it. */
export class SessionService {
  readonly #unitOfWork: AccountsUnitOfWork;
  readonly #issuer: TokenIssuer & { readonly keys: SigningKeys };
  readonly #clock: Clock;
  readonly #verify: typeof verifyPassword;
  readonly #unmatchable = unmatchableHash();

  /** @param verify checks a password against its hash. The check is slow on purpose. */
  constructor(
    unitOfWork: AccountsUnitOfWork,
    issuer: TokenIssuer & { readonly keys: SigningKeys },
    clock: Clock,
    verify = verifyPassword,
  ) {
    this.#unitOfWork = unitOfWork;
    this.#issuer = issuer;
    this.#clock = clock;
    this.#verify = verify;
  }

  /**
   * Logs in. An e-mail address may have accounts in several tenants, and the password decides between them. The account in the request's
   * tenant is tried first, then the oldest accounts. At most four accounts are tried. An account with ten failures in a row is locked: see
   * `countFailedLogin`. The answer does not reveal the lock, because it would reveal the account.
   */
  async login(
    ctx: RequestContext,
    { email, password }: { readonly email: string; readonly password: string },
  ): Promise<Result<SignedIn, InvalidCredentials>> {
    const user = await this.#authenticate(ctx, email, password);
    const signedIn = user && (await this.start(ctx, user.id, user.tenant.id));
    return signedIn ? ok(signedIn) : err(failure('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong'));
  }

  /** Starts a session of a user who has proven the right to it. Null when the user was disabled or removed meanwhile. */
  async start(ctx: RequestContext, userId: string, tenantId = ctx.tenantId): Promise<SignedIn | null> {
    const started = await this.#unitOfWork.run(withinTenant(ctx, tenantId), async (tx) => {
      const [user] = await usersById(tx, [userId]);
      if (!user) return null;
      const start = { role: user.role, startedAt: this.#clock.now() };
      const sessionId = await startSession(tx, { userId, ...start, clientAddress: ctx.clientAddress ?? null });
      if (sessionId === null) return null;
      const refreshToken = newRefreshToken();
      await addRefreshToken(tx, { sessionId, start }, refreshToken, start.startedAt);
      await clearFailedLogins(tx, userId);
      return { user, sessionId, start, refreshToken, holder: await accountHolder(tx, userId) };
    });
    return started && this.#signedIn(started.user, started);
  }

  /** Ends all sessions of a user, in the caller's transaction. */
  async endAll(tx: AccountsTransaction, userId: string): Promise<void> {
    for (const sessionId of await revokeSessionsOf(tx, userId, this.#clock.now()))
      tx.outbox.append(eventOf(SessionEnded, sessionId, { sessionId, userId }));
  }

  /** Exchanges a refresh token for new tokens. A token that was exchanged more than 10 seconds ago ends its session. */
  async refresh(ctx: RequestContext, token: string): Promise<Result<SignedIn, InvalidRefreshToken>> {
    const tenantId = await tenantOfRefreshToken(this.#unitOfWork, token);
    // The transaction does not return a Result, because the end of a session must be committed although the caller is refused.
    const renewed =
      tenantId && (await this.#unitOfWork.run(withinTenant(ctx, tenantId), (tx) => this.#rotate(tx, token)));
    if (!renewed)
      return err(
        failure('INVALID_REFRESH_TOKEN', 'The refresh token is invalid or has expired: log in again', ['refreshToken']),
      );
    return ok(await this.#signedIn(renewed.user, renewed));
  }

  /** Ends the session of a refresh token. An unknown token has no session, and the call succeeds. */
  async logout(ctx: RequestContext, token: string): Promise<Result<void, never>> {
    const tenantId = await tenantOfRefreshToken(this.#unitOfWork, token);
    if (tenantId) {
      await this.#unitOfWork.run(withinTenant(ctx, tenantId), async (tx) => {
        const found = await lockRefreshToken(tx, token);
        if (found) await this.#end(tx, found);
      });
    }
    return ok(undefined);
  }

  /** Sessions of all tenants that ended after the position (time, then id), the oldest first. Returns at most 1,000. */
  endedAfter(position: EndedSession): Promise<readonly EndedSession[]> {
    return sessionsEndedAfter(this.#unitOfWork, position, ENDED_SESSIONS_PER_PAGE);
  }

  async #authenticate(ctx: RequestContext, email: string, password: string): Promise<UserRecord | null> {
    const attempt = { email, ownTenantId: ctx.tenantId, most: MOST_ACCOUNTS, now: this.#clock.now() };
    const candidates = await loginCandidates(this.#unitOfWork, attempt);
    for (let n = 0; n < MOST_ACCOUNTS; n += 1) {
      const { tenantId, userId } = candidates[n] ?? { tenantId: ctx.tenantId, userId: NO_USER_ID };
      const found = await this.#unitOfWork.read(withinTenant(ctx, tenantId), (tx) => credentialsOf(tx, userId));
      const fits = await this.#verify(found?.passwordHash ?? (await this.#unmatchable), password);
      // The attempt limit counts guesses by the same function, because Postgres may treat more names as equal.
      if (found && fits && caseless(found.email) === caseless(email)) return userOf(found);
    }
    await countFailedLogin(this.#unitOfWork, attempt);
    return null;
  }

  async #rotate(tx: AccountsTransaction, token: string) {
    const found = await lockRefreshToken(tx, token);
    if (!found) return null;
    const now = this.#clock.now();
    const refreshToken = await this.#successor(tx, token, found, now);
    const [user] = refreshToken === null ? [] : await usersById(tx, [found.userId]);
    if (!user || refreshToken === null) return null; // refused, or the user was deleted meanwhile
    const { sessionId, start } = found;
    return { user, sessionId, start, refreshToken, holder: await accountHolder(tx, user.id) };
  }

  /** The token that follows this token. Null when the token is refused. */
  async #successor(
    tx: AccountsTransaction,
    token: string,
    found: LockedRefreshToken,
    now: Date,
  ): Promise<string | null> {
    const successors = this.#issuer.keys.successorKeys.map((key) => successorOf(token, key));
    switch (decideRefresh(found, now)) {
      case 'ROTATE': {
        const [successor = ''] = successors;
        await markUsed(tx, token, now);
        await addRefreshToken(tx, found, successor, now);
        await touchSession(tx, found.sessionId, now);
        return successor;
      }
      case 'REPEAT': {
        // The client that used the successor has received the successor. So the sender of the old token is another client.
        const [unused = null] = await unusedOf(tx, successors);
        if (unused === null) await this.#end(tx, found);
        return unused;
      }
      case 'REVOKE_SESSION':
        await this.#end(tx, found);
        return null;
      case 'REFUSE':
        return null;
    }
  }

  /** Ends the session and publishes `SessionEnded`. Gateways then refuse the session's access tokens. */
  async #end(tx: AccountsTransaction, { sessionId, userId }: LockedRefreshToken): Promise<void> {
    const ended = await revokeSession(tx, sessionId, this.#clock.now());
    if (ended) tx.outbox.append(eventOf(SessionEnded, sessionId, { sessionId, userId }));
  }

  async #signedIn(user: UserRecord, { sessionId, start, refreshToken, holder }: OpenSession): Promise<SignedIn> {
    const { id: userId, role, tenant } = user;
    const subject = { userId, tenantId: tenant.id, role, sessionId, holder, sessionEndsAt: sessionEnd(start) };
    const { token, expiresAt } = await issueAccessToken(this.#issuer, subject, this.#clock.now());
    return { user, accessToken: token, expiresAt, refreshToken };
  }
}

function userOf({ passwordHash: _hash, ...user }: Credentials): UserRecord {
  return user;
}

/**
 * A context in the account's tenant that acts for the platform itself, because the caller is not authenticated yet, and may be in another
 * tenant.
 */
function withinTenant(ctx: RequestContext, tenantId: string): RequestContext {
  return systemContext(tenantId, 'accounts.session', ctx.correlationId);
}
