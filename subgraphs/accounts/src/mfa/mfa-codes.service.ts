import { eventOf } from '@souk/kit/contracts';
import type { RequestContext } from '@souk/kit/context';
import {
  err,
  failure,
  ok,
  tooManyAttempts,
  type Clock,
  type Failure,
  type Result,
  type TooManyAttempts,
} from '@souk/kit/domain';
import { MfaChanged } from '../contract.ts';
import type { AccountsTransaction, AccountsUnitOfWork } from '../database.ts';
import { countFailure } from '../user/login-lock.repository.ts';
import { usersById, type UserRecord } from '../user/user.repository.ts';
import type { MfaKeys } from '../mfa-factor/mfa-keys.ts';
import { lockFactor, recordStep, useRecoveryCode, type MfaFactor } from '../mfa-factor/mfa-factor.repository.ts';
import { recoveryCodeHash } from './recovery-code.ts';
import { isTotpCode, totpStep } from './totp.ts';

/** Returned when a code is wrong, was used before, or belongs to another time step. */
export type CodeInvalid = Failure<'MFA_CODE_INVALID'>;
/** Returned when the user has no app that the request could confirm or remove. */
export type MfaMissing = Failure<'MFA_MISSING'>;

export type MfaChange = 'ENABLED' | 'DISABLED' | 'RECOVERY_CODES_REPLACED' | 'RECOVERY_CODE_USED';

/** Checks the codes of authenticator apps and recovery codes, and limits guessing. */
export class MfaCodes {
  readonly #unitOfWork: AccountsUnitOfWork;
  readonly #keys: MfaKeys;
  readonly #clock: Clock;

  constructor(unitOfWork: AccountsUnitOfWork, keys: MfaKeys, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#keys = keys;
    this.#clock = clock;
  }

  /** Runs a check in a transaction. A wrong code counts as a failed login, and a locked account is refused before the check. */
  async counted<Value, Refusal extends Failure>(
    ctx: RequestContext,
    userId: string,
    check: (tx: AccountsTransaction, factor: MfaFactor) => Promise<Result<Value, Refusal>>,
  ): Promise<Result<Value, Refusal | TooManyAttempts | MfaMissing>> {
    // The transaction does not return a Result, because an error Result would roll back the counted failure.
    const { result } = await this.#unitOfWork.run(ctx, async (tx) => {
      // Checks of one user wait for each other here, so that each sees the failures of the earlier ones.
      const factor = await lockFactor(tx, userId);
      const [user] = await usersById(tx, [userId]);
      if (!user || user.disabledAt) return { result: err(mfaMissing()) };
      const locked = this.lockOf(user, 'code');
      if (locked) return { result: err(locked) };
      if (!factor) return { result: err(mfaMissing()) };
      const checked = await check(tx, factor);
      if (!checked.ok && checked.error.code === 'MFA_CODE_INVALID')
        await countFailure(tx, { email: user.email, now: this.#clock.now() });
      return { result: checked };
    });
    return result;
  }

  /** Accepts a code once: a code of the confirmed app, or a recovery code. */
  async use(
    tx: AccountsTransaction,
    userId: string,
    factor: MfaFactor,
    code: string,
  ): Promise<Result<void, CodeInvalid | MfaMissing>> {
    if (!factor.confirmedAt) return err(mfaMissing());
    if (isTotpCode(code)) {
      const step = this.stepOf(tx, userId, factor, code);
      if (step === null) return err(codeInvalid());
      await recordStep(tx, userId, { step });
      return ok(undefined);
    }
    if (!(await useRecoveryCode(tx, userId, recoveryCodeHash(code)))) return err(codeInvalid());
    publishMfa(tx, userId, 'RECOVERY_CODE_USED');
    return ok(undefined);
  }

  /** The time step of a right code of the app. Null when the code is wrong. */
  stepOf(
    { tenantId }: AccountsTransaction,
    userId: string,
    { sealedSecret, lastStep }: MfaFactor,
    code: string,
  ): number | null {
    return totpStep(code, {
      secret: this.#keys.open(sealedSecret, { tenantId, userId }),
      lastStep,
      now: this.#clock.now(),
    });
  }

  /** The refusal of a locked account. Null when the account is not locked. */
  lockOf(user: UserRecord | null, field: string): TooManyAttempts | null {
    const leftMs = (user?.lockedUntil?.getTime() ?? 0) - this.#clock.now().getTime();
    return leftMs > 0 ? tooManyAttempts('This account failed to log in', Math.ceil(leftMs / 1000), [field]) : null;
  }
}

/** Publishes that the second factor of a user changed. */
export function publishMfa(tx: AccountsTransaction, userId: string, change: MfaChange): void {
  tx.outbox.append(eventOf(MfaChanged, userId, { userId, change }));
}

export function codeInvalid(): CodeInvalid {
  const message =
    'The code is wrong, was used already, or is older than a minute: enter the code that the app shows now';
  return failure('MFA_CODE_INVALID', message, ['code']);
}

function mfaMissing(): MfaMissing {
  return failure('MFA_MISSING', 'Your account has no authenticator app: start with mfaEnroll');
}
