import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { actorId, type RequestContext } from '../context/index.ts';
import { err, failure, ok, type Failure, type IdempotencyKeyReused, type Result } from '../domain/index.ts';
import { decodeStored, encodeStored } from './stored-json.ts';
import type { Transaction } from './transaction.ts';

/** A call of a mutation with its idempotency key. */
export interface IdempotentCall {
  /** The key that the client chose, with 1 to 255 characters. Without a key nothing is stored. */
  readonly key: string | null | undefined;
  /** The name of the mutation. A key that was used with another mutation is refused. */
  readonly operation: string;
  /** The input as the client sent it. The comparison with earlier inputs leaves out `idempotencyKey`. */
  readonly input: unknown;
}

/** Returned when a key is too short or too long, or when it contains a NUL or half of a surrogate pair, which Postgres cannot store. */
export type InvalidIdempotencyKey = Failure<'IDEMPOTENCY_KEY_INVALID'>;
export type IdempotencyFailure = IdempotencyKeyReused | InvalidIdempotencyKey;

/**
 * The minimum length of a key of a caller without a login. All such callers of a tenant share one key space. With short keys, two callers
 * could send the key "1" with an equal input and get the same cart. Long random keys do not collide.
 */
const SHORTEST_WITHOUT_LOGIN = 16;

/** Refuses a key that is too short for its caller, is too long, or cannot be stored. */
export function checkIdempotencyKey({ actor }: RequestContext, key: string): Result<void, InvalidIdempotencyKey> {
  const shortest = actor.kind === 'anonymous' ? SHORTEST_WITHOUT_LOGIN : 1;
  if (key.length >= shortest && key.length <= 255 && !key.includes('\0') && key.isWellFormed()) return ok(undefined);
  const message = `An idempotency key has ${shortest} to 255 characters. Use a new UUID`;
  return err(failure('IDEMPOTENCY_KEY_INVALID', message, ['idempotencyKey']));
}

/**
 * Runs `effect` once per key of a caller. Every repetition returns the same value. JSON must be able to represent the value, but Dates are
 * allowed. The key is stored in the transaction of the effect, so it is free again after a rollback.
 */
export async function claimOnce<Schema, Value, Refusal>(
  tx: Transaction<Schema>,
  { key, operation, input }: IdempotentCall & { readonly key: string },
  effect: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | IdempotencyFailure>> {
  const valid = checkIdempotencyKey(tx.ctx, key);
  if (!valid.ok) return valid;
  // The fingerprint includes the actor, so that no caller receives the result of another user's call.
  const fingerprint = fingerprintOf(operation, [actorId(tx.ctx), input]);
  const own = ownKey(tx.ctx, key);
  if (!(await claim(tx.db, { own, key, fingerprint })))
    return storedResult<Schema, Value>(tx.db, { own, key, fingerprint });
  const result = await effect();
  if (result.ok) {
    await sql`update idempotency_record set result = ${encodeStored(result.value)}::json where key = ${own}`.execute(
      tx.db,
    );
  }
  return result;
}

/**
 * The record of a call. `own` is the stored key, which begins with the key space of the caller: see `ownKey`. `key` is the key as the
 * client sent it: earlier versions of Souk stored this text for all callers of a tenant.
 */
interface Claim {
  readonly own: string;
  readonly key: string;
  readonly fingerprint: string;
}

/**
 * The client's key with a prefix for its key space. Each user has a key space, and so has the platform. All callers without a login share
 * one key space.
 */
function ownKey({ actor }: RequestContext, key: string): string {
  return actor.kind === 'user' ? `user ${actor.userId} ${key}` : `${actor.kind} ${key}`;
}

async function claim<Schema>(db: Kysely<Schema>, { own, key, fingerprint }: Claim): Promise<boolean> {
  // The insert of a concurrent equal call waits for this transaction. After a commit the insert returns no row, and after a rollback it
  // proceeds. An expired key that is not cleaned up yet counts as free. The condition `not exists` finds calls of the last 24 hours that an
  // earlier version of Souk stored, because a client may repeat such a call during an update.
  const { rows } = await sql`
    insert into idempotency_record as record (key, fingerprint)
    select ${own}, ${fingerprint}
     where not exists (select from idempotency_record earlier where earlier.key = ${key}
                          and earlier.fingerprint = ${fingerprint} and earlier.created_at > now() - interval '24 hours')
    on conflict (tenant_id, key) do update set fingerprint = excluded.fingerprint, result = null, created_at = now()
      where record.created_at < now() - interval '24 hours'
    returning key`.execute(db);
  return rows.length === 1;
}

async function storedResult<Schema, Value>(
  db: Kysely<Schema>,
  { own, key, fingerprint }: Claim,
): Promise<Result<Value, IdempotencyKeyReused>> {
  const { rows } = await sql<{ result: unknown }>`
    select result from idempotency_record where key in (${own}, ${key}) and fingerprint = ${fingerprint}`.execute(db);
  const [record] = rows;
  if (!record) return err(keyReused());
  // The cast is safe: equal key and fingerprint mean the same operation, so `effect` returned the stored value.
  return ok(decodeStored(record.result) as Value);
}

function keyReused(): IdempotencyKeyReused {
  return failure('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used with another input; take a new one', [
    'idempotencyKey',
  ]);
}

/** A digest of a call. It depends neither on the order of the input's members nor on the key. */
function fingerprintOf(operation: string, input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([operation, input], canonical))
    .digest('base64url');
}

function canonical(key: string, value: unknown): unknown {
  if (key === 'idempotencyKey') return undefined;
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
