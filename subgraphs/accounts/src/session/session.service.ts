import { systemContext, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { caseless, err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { SessionEnded } from '../contract.ts';
import type { AccountHolder } from '../customer/account-holder.ts';
import { accountHolder } from '../customer/customer-account.repository.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { clearFailedLogins, countFailedLogin } from '../user/login-lock.repository.ts';
import { unmatchableHash, verifyPassword } from '../user/password.ts';
import { credentialsOf, usersById, type Credentials, type UserRecord } from '../user/user.repository.ts';
import type { MfaKeys } from '../mfa-factor/mfa-keys.ts';
import { needsCode } from '../mfa-factor/mfa-factor.repository.ts';
import { issueAccessToken, type TokenIssuer } from './access-token.ts';
import { decideRefresh, newRefreshToken, successorOf } from './refresh-token.ts';
import {
  addRefreshToken,
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

/** The user and tokens of a successful login or refresh. */
export interface SignedIn {
  readonly user: UserRecord;
  readonly accessToken: string;
  /** The expiry of the access token. */
  readonly expiresAt: Date;
  readonly refreshToken: string;
}

/** A login that needs a code of the user's authenticator app before it opens a session. */
export interface ChallengedLogin {
  readonly challenge: { readonly token: string; readonly expiresAt: Date };
}

/** The keys of access tokens and of challenges. */
type SessionKeys = TokenIssuer & { readonly keys: SigningKeys; readonly mfa: MfaKeys };

/** An open session, with the refresh token that its client receives. */
interface OpenSession {
  readonly sessionId: string;
  readonly start: SessionStart;
  readonly refreshToken: string;
  /** The customer to whom the account belongs. Null for staff. */
  readonly holder: AccountHolder | null;
}

/** Returned when e-mail address and password do not match. The error does not reveal which of them is wrong. */
export type InvalidCredentials = Failure<'INVALID_CREDENTIALS'>;
/** Returned when a refresh token is unknown, expired or was used more than 10 seconds ago, or when its session has ended. */
export type InvalidRefreshToken = Failure<'INVALID_REFRESH_TOKEN'>;

/**
 * The maximum number of accounts whose password a login checks. Every failed login computes four hashes. Its duration therefore reveals
 * neither whether an account exists nor in how many tenants. With a larger number, each guess of an attacker would cost the server more CPU
 * time.
 */
const MOST_ACCOUNTS = 4;
/** A user id that does not exist. It pads the number of checked accounts to four. */
const NO_USER_ID = '00000000-0000-4000-8000-000000000000';
const ENDED_SESSIONS_PER_PAGE = 1000;

/** Logs in, renews and ends sessions. The account or the token determines the tenant, so callers do not name one. */
export class SessionService {
  readonly #unitOfWork: AccountsUnitOfWork;
  readonly #issuer: SessionKeys;
  readonly #clock: Clock;
  readonly #verify: typeof verifyPassword;
  readonly #unmatchable = unmatchableHash();

  /** @param verify checks a password against its hash. The hash is slow on purpose. */
  constructor(unitOfWork: AccountsUnitOfWork, issuer: SessionKeys, clock: Clock, verify = verifyPassword) {
    this.#unitOfWork = unitOfWork;
    this.#issuer = issuer;
    this.#clock = clock;
    this.#verify = verify;
  }

  /**
   * Logs in. An e-mail address may have accounts in several tenants, and the password selects one of them. The account in the request's
   * tenant is checked first, then the oldest accounts, at most four in all.
   * An account is locked after ten failures in a row: see `countFailedLogin`. The response does not reveal the lock, because this would
   * reveal that the account exists.
   */
  async login(
    ctx: RequestContext,
    { email, password }: { readonly email: string; readonly password: string },
  ): Promise<Result<SignedIn | ChallengedLogin, InvalidCredentials>> {
    const user = await this.#authenticate(ctx, email, password);
    const login = user && (await this.start(ctx, user.id, user.tenant.id));
    return login ? ok(login) : err(failure('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong'));
  }

  /**
   * Starts a session of a user whose password or mail link was right. A user with an authenticator app receives a challenge instead. Null
   * when the user was disabled or removed meanwhile.
   */
  async start(
    ctx: RequestContext,
    userId: string,
    tenantId = ctx.tenantId,
  ): Promise<SignedIn | ChallengedLogin | null> {
    const found = await this.#unitOfWork.read(withinTenant(ctx, tenantId), async (tx) =>
      (await needsCode(tx, userId)) ? await credentialsOf(tx, userId) : null,
    );
    if (!found) return this.open(ctx, userId, tenantId);
    return { challenge: this.#issuer.mfa.challenge({ tenantId, userId }, found.passwordHash, this.#clock.now()) };
  }

  /** Opens a session of a user who needs no code, or whose code was right. Null when the user was disabled or removed meanwhile. */
  async open(ctx: RequestContext, userId: string, tenantId = ctx.tenantId): Promise<SignedIn | null> {
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

  /** Ends all sessions of a user, within the caller's transaction. */
  async endAll(tx: AccountsTransaction, userId: string): Promise<void> {
    for (const sessionId of await revokeSessionsOf(tx, userId, this.#clock.now()))
      tx.outbox.append(eventOf(SessionEnded, sessionId, { sessionId, userId }));
  }

  /** Exchanges a refresh token for new tokens. A token that was already exchanged more than 10 seconds ago ends its session. */
  async refresh(ctx: RequestContext, token: string): Promise<Result<SignedIn, InvalidRefreshToken>> {
    const tenantId = await tenantOfRefreshToken(this.#unitOfWork, token);
    // The transaction does not return a Result, because an error Result would roll back the end of the session.
    const renewed =
      tenantId && (await this.#unitOfWork.run(withinTenant(ctx, tenantId), (tx) => this.#rotate(tx, token)));
    if (!renewed)
      return err(
        failure('INVALID_REFRESH_TOKEN', 'The refresh token is invalid or has expired: log in again', ['refreshToken']),
      );
    return ok(await this.#signedIn(renewed.user, renewed));
  }

  /** Ends the session of a refresh token. The call also succeeds when the token is unknown. */
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

  /** The first 1,000 sessions of all tenants that ended after the position (time, then id), the oldest first. */
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
      // The attempt limit of the gateway compares e-mail addresses with `caseless`. Postgres may treat more e-mail addresses as equal,
      // which would let guesses bypass the limit.
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

  /** The refresh token that replaces the given token. Null when the given token is refused. */
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
        // The new token is used already, so its client has received it. The sender of the old token is another client, and the token was
        // probably stolen. The session ends.
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

  /** Ends the session and publishes `SessionEnded`. Gateways then refuse the access tokens of the session. */
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
 * A context in which the platform acts in the account's tenant. The caller is not authenticated yet, and the request may belong to another
 * tenant.
 */
function withinTenant(ctx: RequestContext, tenantId: string): RequestContext {
  return systemContext(tenantId, 'accounts.session', ctx.correlationId);
}
