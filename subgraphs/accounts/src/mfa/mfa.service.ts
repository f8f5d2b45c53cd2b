import { callingUser, systemContext, type RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Clock, type Failure, type Result, type TooManyAttempts } from '@souk/kit/domain';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import type { InvalidCredentials, SessionService, SignedIn } from '../session/session.service.ts';
import { countFailure } from '../user/login-lock.repository.ts';
import { verifyPassword } from '../user/password.ts';
import { credentialsOf } from '../user/user.repository.ts';
import {
  codeInvalid,
  publishMfa,
  type CodeInvalid,
  type MfaChange,
  type MfaCodes,
  type MfaMissing,
} from './mfa-codes.service.ts';
import type { MfaKeys } from '../mfa-factor/mfa-keys.ts';
import {
  deleteFactor,
  lockFactor,
  mfaStatus,
  recordStep,
  replaceRecoveryCodes,
  storeSecret,
} from '../mfa-factor/mfa-factor.repository.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-code.ts';
import { newTotpSecret, totpUri } from './totp.ts';

/** Returned when a challenge is unknown or older than five minutes. */
export type ChallengeInvalid = Failure<'CHALLENGE_INVALID'>;
/** Returned when the user has a confirmed app already. */
export type MfaActive = Failure<'MFA_ACTIVE'>;
export type CodeRefusal = CodeInvalid | MfaMissing | TooManyAttempts;

/** The secret of a new authenticator app. Only this response contains the secret. */
export interface Enrollment {
  /** 160 bits in base32, for manual entry. */
  readonly secret: string;
  /** The `otpauth` URI of the QR code. */
  readonly uri: string;
}

export interface MfaDependencies {
  readonly unitOfWork: AccountsUnitOfWork;
  readonly sessions: Pick<SessionService, 'open'>;
  readonly keys: MfaKeys;
  readonly codes: MfaCodes;
  readonly clock: Clock;
}

type CodeWork<Value> = (tx: AccountsTransaction) => Promise<Value>;

/** Manages the authenticator app of the calling user, and completes logins with its codes. */
export class MfaService {
  readonly #dependencies: MfaDependencies;

  constructor(dependencies: MfaDependencies) {
    this.#dependencies = dependencies;
  }

  /** The confirmed app of the caller. Null when logins need no code. @throws AccessDeniedError for a caller who is not a user */
  status(ctx: RequestContext) {
    const userId = callingUser(ctx);
    return this.#dependencies.unitOfWork.read(ctx, (tx) => mfaStatus(tx, userId));
  }

  /** Creates the secret of an app. Logins need a code only after `confirm`. The password proves that the session was not stolen. */
  async enroll(
    ctx: RequestContext,
    { password }: { readonly password: string },
  ): Promise<Result<Enrollment, InvalidCredentials | MfaActive | TooManyAttempts>> {
    const userId = callingUser(ctx);
    const { unitOfWork, keys, codes, clock } = this.#dependencies;
    const user = await unitOfWork.read(ctx, (tx) => credentialsOf(tx, userId));
    const locked = codes.lockOf(user, 'password');
    if (locked) return err(locked);
    // The hash is slow on purpose, so no transaction is open meanwhile.
    if (!user || !(await verifyPassword(user.passwordHash, password))) {
      if (user) await unitOfWork.run(ctx, (tx) => countFailure(tx, { email: user.email, now: clock.now() }));
      return err(failure('INVALID_CREDENTIALS', 'The password is wrong', ['password']));
    }
    const secret = newTotpSecret();
    return unitOfWork.run(ctx, async (tx): Promise<Result<Enrollment, MfaActive>> => {
      if ((await lockFactor(tx, userId))?.confirmedAt)
        return err(failure('MFA_ACTIVE', 'Your account has an authenticator app already: disable it first'));
      await storeSecret(tx, userId, keys.seal(secret, { tenantId: tx.tenantId, userId }));
      return ok({ secret, uri: totpUri({ secret, email: user.email, shop: user.tenant.name }) });
    });
  }

  /** Confirms the app with its first code. Logins then need a code. @returns the recovery codes, which are shown once */
  confirm(ctx: RequestContext, code: string): Promise<Result<readonly string[], CodeRefusal | MfaActive>> {
    const userId = callingUser(ctx);
    return this.#dependencies.codes.counted(
      ctx,
      userId,
      async (tx, factor): Promise<Result<readonly string[], CodeRefusal | MfaActive>> => {
        if (factor.confirmedAt) return err(failure('MFA_ACTIVE', 'Your authenticator app is confirmed already'));
        const now = this.#dependencies.clock.now();
        const step = this.#dependencies.codes.stepOf(tx, userId, factor, code);
        if (step === null) return err(codeInvalid());
        await recordStep(tx, userId, { step, confirmedAt: now });
        return ok(await this.#newRecoveryCodes(tx, userId, 'ENABLED'));
      },
    );
  }

  /** Removes the app and the recovery codes. Logins then need only the password. */
  disable(ctx: RequestContext, code: string): Promise<Result<void, CodeRefusal>> {
    return this.#withCode(ctx, code, async (tx) => {
      const userId = callingUser(ctx);
      await deleteFactor(tx, userId);
      publishMfa(tx, userId, 'DISABLED');
    });
  }

  /** Replaces all recovery codes. @returns the new codes, which are shown once */
  replaceRecoveryCodes(ctx: RequestContext, code: string): Promise<Result<readonly string[], CodeRefusal>> {
    return this.#withCode(ctx, code, (tx) => this.#newRecoveryCodes(tx, callingUser(ctx), 'RECOVERY_CODES_REPLACED'));
  }

  /** Completes a login with a code of the app or a recovery code. */
  async verifyLogin(
    ctx: RequestContext,
    { challenge, code }: { readonly challenge: string; readonly code: string },
  ): Promise<Result<SignedIn, ChallengeInvalid | CodeInvalid | TooManyAttempts>> {
    const { unitOfWork, keys, codes, clock, sessions } = this.#dependencies;
    const found = keys.read(challenge, clock.now());
    if (!found) return err(challengeInvalid());
    const { tenantId, userId } = found;
    const within = systemContext(tenantId, 'accounts.mfa', ctx.correlationId);
    const user = await unitOfWork.read(within, (tx) => credentialsOf(tx, userId));
    if (!user || !keys.isSigned(challenge, user.passwordHash)) return err(challengeInvalid());
    const checked = await codes.counted(within, userId, (tx, factor) => codes.use(tx, userId, factor, code));
    // Staff removed the app after the password was checked, so the login starts again.
    if (!checked.ok) return err(isMissing(checked.error) ? challengeInvalid() : checked.error);
    const signedIn = await sessions.open(ctx, userId, tenantId);
    return signedIn ? ok(signedIn) : err(challengeInvalid());
  }

  #withCode<Value>(ctx: RequestContext, code: string, work: CodeWork<Value>): Promise<Result<Value, CodeRefusal>> {
    const userId = callingUser(ctx);
    return this.#dependencies.codes.counted(ctx, userId, async (tx, factor): Promise<Result<Value, CodeRefusal>> => {
      const used = await this.#dependencies.codes.use(tx, userId, factor, code);
      return used.ok ? ok(await work(tx)) : used;
    });
  }

  async #newRecoveryCodes(tx: AccountsTransaction, userId: string, change: MfaChange): Promise<readonly string[]> {
    const codes = newRecoveryCodes();
    await replaceRecoveryCodes(tx, userId, codes.map(recoveryCodeHash));
    publishMfa(tx, userId, change);
    return codes;
  }
}

function isMissing(refusal: Failure): refusal is MfaMissing {
  return refusal.code === 'MFA_MISSING';
}

function challengeInvalid(): ChallengeInvalid {
  return failure('CHALLENGE_INVALID', 'The login has expired: log in again with your password', ['challenge']);
}
