import type { AccountsTransaction } from '../database.ts';

/** The authenticator app of a user. */
export interface MfaFactor {
  /** The secret, encrypted by `MfaKeys`. */
  readonly sealedSecret: string;
  /** Null until the first code. Until then logins need no code. */
  readonly confirmedAt: Date | null;
  /** The time step of the latest accepted code. Null before the first code. */
  readonly lastStep: number | null;
}

/** Reads the factor of a user and locks it until the end of the transaction, so a code cannot be used twice at the same time. */
export async function lockFactor({ db, tenantId }: AccountsTransaction, userId: string): Promise<MfaFactor | null> {
  const row = await db
    .selectFrom('mfa_factor')
    .select(['sealed_secret', 'confirmed_at', 'last_step'])
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const lastStep = row.last_step === null ? null : Number(row.last_step);
  return { sealedSecret: row.sealed_secret, confirmedAt: row.confirmed_at, lastStep };
}

/** The time at which the user confirmed the factor, and the number of unused recovery codes. Null without a confirmed factor. */
export async function mfaStatus(
  { db, tenantId }: AccountsTransaction,
  userId: string,
): Promise<{ readonly confirmedAt: Date; readonly recoveryCodesLeft: number } | null> {
  const row = await db
    .selectFrom('mfa_factor')
    .select((of) => [
      'confirmed_at',
      of
        .selectFrom('recovery_code')
        .select(of.fn.countAll<string>().as('left'))
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .as('codes_left'),
    ])
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!row?.confirmed_at) return null;
  return { confirmedAt: row.confirmed_at, recoveryCodesLeft: Number(row.codes_left) };
}

/** Whether logins of the user need a code. */
export async function needsCode({ db, tenantId }: AccountsTransaction, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('mfa_factor')
    .select('user_id')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Stores the secret of a new app. A secret that was never confirmed is replaced. */
export async function storeSecret({ db }: AccountsTransaction, userId: string, sealedSecret: string): Promise<void> {
  await db
    .insertInto('mfa_factor')
    .values({ user_id: userId, sealed_secret: sealedSecret })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'user_id']).doUpdateSet({ sealed_secret: sealedSecret, last_step: null }),
    )
    .execute();
}

/** Records the time step of an accepted code. @param confirmedAt set for the first code of an app */
export async function recordStep(
  { db, tenantId }: AccountsTransaction,
  userId: string,
  { step, confirmedAt }: { readonly step: number; readonly confirmedAt?: Date },
): Promise<void> {
  await db
    .updateTable('mfa_factor')
    .set({ last_step: step, ...(confirmedAt && { confirmed_at: confirmedAt }) })
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .execute();
}

/** Deletes the factor of a user with its recovery codes. @returns whether there was a factor */
export async function deleteFactor({ db, tenantId }: AccountsTransaction, userId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('mfa_factor')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Replaces all recovery codes of a user. */
export async function replaceRecoveryCodes(
  { db, tenantId }: AccountsTransaction,
  userId: string,
  hashes: readonly string[],
): Promise<void> {
  await db.deleteFrom('recovery_code').where('tenant_id', '=', tenantId).where('user_id', '=', userId).execute();
  await db
    .insertInto('recovery_code')
    .values(hashes.map((hash) => ({ user_id: userId, code_hash: hash })))
    .execute();
}

/** Deletes a recovery code, because each code works once. @returns whether the user had this code */
export async function useRecoveryCode(
  { db, tenantId }: AccountsTransaction,
  userId: string,
  hash: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('recovery_code')
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
