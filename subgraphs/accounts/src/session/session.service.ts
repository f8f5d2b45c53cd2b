import { systemContext, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import type { Transaction, UnitOfWork } from '@souk/kit/persistence';
import { SessionEnded } from '../contract.ts';
import type { AccountsDatabase } from '../database.ts';
import { hashOfNobody, verifyPassword } from '../user/password.ts';
import { credentialsOf, usersById, type UserRecord } from '../user/user.repository.ts';
import { issueAccessToken } from './access-token.ts';
import { decideRefresh } from './refresh-token.ts';
import {
  addRefreshToken,
  lockRefreshToken,
  loginCandidates,
  markUsed,
  revokeSession,
  startSession,
  tenantOfRefreshToken,
  type LockedRefreshToken,
} from './session.repository.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Somebody is logged in. */
export interface SignedIn {
  readonly user: UserRecord;
  readonly accessToken: string;
  /** Of the access token. */
  readonly expiresAt: Date;
  readonly refreshToken: string;
}

/** A session with its next refresh token. */
interface OpenSession {
  readonly sessionId: string;
  readonly refreshToken: string;
}

/** Returned when email and password do not belong together; it does not say which of them is wrong. */
export type InvalidCredentials = Failure<'INVALID_CREDENTIALS'>;
/** Returned when a refresh token is unknown, expired, used before, or its session has ended. */
export type InvalidRefreshToken = Failure<'INVALID_REFRESH_TOKEN'>;

/** Logs in, stays logged in, logs out. None of it needs a tenant: the account or the token says which. */
export class SessionService {
  readonly #unitOfWork: UnitOfWork<AccountsDatabase>;
  readonly #keys: SigningKeys;
  readonly #clock: Clock;
  readonly #nobody = hashOfNobody();

  constructor(unitOfWork: UnitOfWork<AccountsDatabase>, keys: SigningKeys, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#keys = keys;
    this.#clock = clock;
  }

  /** An email with accounts in several tenants: the password decides, the tenant of the request is tried first. */
  async login(
    ctx: RequestContext,
    { email, password }: { readonly email: string; readonly password: string },
  ): Promise<Result<SignedIn, InvalidCredentials>> {
    const user = await this.#authenticate(ctx, email, password);
    if (!user) return err(failure('INVALID_CREDENTIALS', 'Email or password is wrong'));
    const session = await this.#unitOfWork.run(withinTenant(ctx, user.tenant.id), async (tx) => {
      const sessionId = await startSession(tx, user.id);
      return { sessionId, refreshToken: await addRefreshToken(tx, sessionId, this.#clock.now()) };
    });
    return ok(await this.#signedIn(user, session));
  }

  /** Exchanges a refresh token for new tokens. One that was exchanged before ends its session. */
  async refresh(ctx: RequestContext, token: string): Promise<Result<SignedIn, InvalidRefreshToken>> {
    const tenantId = await tenantOfRefreshToken(this.#unitOfWork, token);
    // Not a Result: ending a session must be committed although the caller is refused.
    const renewed =
      tenantId && (await this.#unitOfWork.run(withinTenant(ctx, tenantId), (tx) => this.#rotate(tx, token)));
    if (!renewed) return err(failure('INVALID_REFRESH_TOKEN', 'Log in again', ['refreshToken']));
    return ok(await this.#signedIn(renewed.user, renewed));
  }

  /** Ends the session of a refresh token. An unknown one has none: that is fine. */
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

  async #authenticate(ctx: RequestContext, email: string, password: string): Promise<UserRecord | null> {
    const candidates = await loginCandidates(this.#unitOfWork, email);
    const own = ({ tenantId }: { readonly tenantId: string }) => Number(tenantId === ctx.tenantId);
    for (const { tenantId, userId } of candidates.toSorted((one, other) => own(other) - own(one))) {
      const found = await this.#unitOfWork.read(withinTenant(ctx, tenantId), (tx) => credentialsOf(tx, userId));
      if (!found) continue;
      const { passwordHash, ...user } = found;
      if (await verifyPassword(passwordHash, password)) return user;
    }
    // An email that nobody has must not be told apart by a quick answer.
    if (candidates.length === 0) await verifyPassword(await this.#nobody, password);
    return null;
  }

  async #rotate(tx: Transaction<AccountsDatabase>, token: string) {
    const found = await lockRefreshToken(tx, token);
    if (!found) return null;
    const now = this.#clock.now();
    const decision = decideRefresh(found, now);
    if (decision === 'REVOKE_SESSION') await this.#end(tx, found);
    if (decision !== 'ROTATE') return null;
    const [user] = await usersById(tx, [found.userId]);
    if (!user) return null; // deleted since
    await markUsed(tx, token, now);
    return { user, sessionId: found.sessionId, refreshToken: await addRefreshToken(tx, found.sessionId, now) };
  }

  /** Ends the session, and tells whoever still believes its access tokens. */
  async #end(tx: Transaction<AccountsDatabase>, { sessionId, userId }: LockedRefreshToken): Promise<void> {
    const ended = await revokeSession(tx, sessionId, this.#clock.now());
    if (ended) tx.outbox.append(eventOf(SessionEnded, sessionId, { sessionId, userId }));
  }

  async #signedIn(user: UserRecord, { sessionId, refreshToken }: OpenSession): Promise<SignedIn> {
    const subject = { userId: user.id, tenantId: user.tenant.id, role: user.role, sessionId };
    const { token, expiresAt } = await issueAccessToken(this.#keys, subject, this.#clock.now());
    return { user, accessToken: token, expiresAt, refreshToken };
  }
}

/** The platform itself acts: whoever logs in is nobody yet, and the account may be another tenant's than the request's. */
function withinTenant(ctx: RequestContext, tenantId: string): RequestContext {
  return systemContext(tenantId, 'accounts.session', ctx.correlationId);
}
