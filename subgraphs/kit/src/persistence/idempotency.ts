import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { actorId } from '../context/index.ts';
import { err, failure, ok, type Failure, type IdempotencyKeyReused, type Result } from '../domain/index.ts';
import { decodeStored, encodeStored } from './stored-json.ts';
import type { Transaction } from './transaction.ts';

/** Who asks for what. */
export interface IdempotentCall {
  /** 1 to 255 characters, chosen by the client. Without one, nothing is stored. */
  readonly key: string | null | undefined;
  /** Name of the mutation: the same key on another mutation is a reuse. */
  readonly operation: string;
  /** The input as the client sent it. Its `idempotencyKey` does not count. */
  readonly input: unknown;
}

/** Returned when a key is empty, too long or holds what Postgres cannot store as it is: a NUL, or half of a surrogate pair. */
export type InvalidIdempotencyKey = Failure<'IDEMPOTENCY_KEY_INVALID'>;
export type IdempotencyFailure = IdempotencyKeyReused | InvalidIdempotencyKey;

/**
 * Strangers share the keys of their tenant: with the key "1" and an equal input one would be handed the other's cart. So theirs must
 * be long enough to be nobody else's.
 */
const SHORTEST_OF_STRANGERS = 16;

/**
 * Runs `effect` once per key and tenant and gives every caller its value, which must survive JSON (Dates do).
 * The key is stored in the transaction of the effect: when that rolls back, the key is free again.
 */
export async function claimOnce<Schema, Value, Refusal>(
  tx: Transaction<Schema>,
  { key, operation, input }: IdempotentCall & { readonly key: string },
  effect: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | IdempotencyFailure>> {
  const shortest = tx.ctx.actor.kind === 'anonymous' ? SHORTEST_OF_STRANGERS : 1;
  if (key.length < shortest || key.length > 255 || key.includes('\0') || !key.isWellFormed()) {
    const message = `An idempotency key takes ${shortest} to 255 characters; best is a UUID of your own`;
    return err(failure('IDEMPOTENCY_KEY_INVALID', message, ['idempotencyKey']));
  }
  // The actor counts: nobody is handed the result of another user's call.
  const fingerprint = fingerprintOf(operation, [actorId(tx.ctx), input]);
  if (!(await claim(tx.db, key, fingerprint))) return storedResult<Schema, Value>(tx.db, key, fingerprint);
  const result = await effect();
  if (result.ok) {
    await sql`update idempotency_record set result = ${encodeStored(result.value)}::json where key = ${key}`.execute(
      tx.db,
    );
  }
  return result;
}

async function claim<Schema>(db: Kysely<Schema>, key: string, fingerprint: string): Promise<boolean> {
  // A second caller waits here for the first one's commit (then: conflict, no row) or rollback (then: its turn).
  // A key of yesterday that was not cleaned up yet counts as free.
  const { rows } = await sql`
    insert into idempotency_record as record (key, fingerprint) values (${key}, ${fingerprint})
    on conflict (tenant_id, key) do update set fingerprint = excluded.fingerprint, result = null, created_at = now()
      where record.created_at < now() - interval '24 hours'
    returning key`.execute(db);
  return rows.length === 1;
}

async function storedResult<Schema, Value>(
  db: Kysely<Schema>,
  key: string,
  fingerprint: string,
): Promise<Result<Value, IdempotencyKeyReused>> {
  const { rows } = await sql<{ fingerprint: string; result: unknown }>`
    select fingerprint, result from idempotency_record where key = ${key}`.execute(db);
  const [record] = rows;
  if (record?.fingerprint !== fingerprint) return err(keyReused());
  // What `effect` gave under this key and fingerprint: the same operation, hence the same type.
  return ok(decodeStored(record.result) as Value);
}

/** The refusal of a key that was used with another input. */
function keyReused(): IdempotencyKeyReused {
  return failure('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used with another input; take a new one', [
    'idempotencyKey',
  ]);
}

/** A digest of what a call asks for: equal inputs are equal in any order of their members, the key itself left out. */
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
