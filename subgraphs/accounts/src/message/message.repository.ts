import { randomUUID } from 'node:crypto';
import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, type KeysetPage } from '@souk/kit/persistence';
import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';
import type { ClaimedMessage, MessageState, MessageTemplate, Outcome } from './message.ts';

/** The input for a new message. */
export interface NewMessage {
  /** Identifies the reason for the message, such as `order-entry:<id>`. A second message with the same fact is not queued. */
  readonly fact: string;
  readonly template: MessageTemplate;
  readonly referenceId: string;
  /** The recipient's address. @default the address is read from the order when the mail is sent */
  readonly recipient?: string;
  /** BCP 47. @default the language is read from the order when the mail is sent */
  readonly locale?: string;
}

/** The delivery state of a message, for staff. The text is not stored. */
export interface MessageRecord {
  readonly id: string;
  readonly template: MessageTemplate;
  readonly reference_id: string;
  readonly recipient: string | null;
  readonly state: MessageState;
  readonly attempts: number;
  readonly problem: string | null;
  readonly created_at: Date;
  readonly sent_at: Date | null;
}

/** The lease of an attempt, in seconds. It is longer than every timeout of an attempt. */
const ATTEMPT_SECONDS = 300;
const COLUMNS = [
  'id',
  'template',
  'reference_id',
  'recipient',
  'state',
  'attempts',
  'problem',
  'created_at',
  'sent_at',
] as const;

/** Queues a message, together with the commit. Does nothing when a message for the same fact exists. */
export function queueMessage(tx: AccountsTransaction, message: NewMessage): void {
  const insertion = tx.db
    .insertInto('message')
    .values({
      id: randomUUID(),
      fact: message.fact,
      template: message.template,
      reference_id: message.referenceId,
      recipient: message.recipient ?? null,
      locale: message.locale ?? null,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'fact']).doNothing());
  tx.write(insertion.execute());
}

/**
 * Starts an attempt to send a message, unless another worker has already started an attempt. An attempt that exceeded
 * its lease has an unknown outcome. Its message becomes FAILED, because sending it again might deliver the mail twice.
 */
export async function claimMessage(tx: AccountsTransaction, id: string): Promise<ClaimedMessage | null> {
  await failLostAttempt(tx, id);
  const row = await tx.db
    .updateTable('message')
    .set({
      state: 'SENDING',
      attempts: sql<number>`attempts + 1`,
      due_at: sql<Date>`now() + make_interval(secs => ${ATTEMPT_SECONDS})`,
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .where('state', '=', 'QUEUED')
    .where('due_at', '<=', sql<Date>`now()`)
    .returning(['id', 'template', 'reference_id', 'attempts', 'recipient', 'locale'])
    .executeTakeFirst();
  if (!row) return null;
  const { template, reference_id: referenceId, attempts, recipient, locale } = row;
  return { id: row.id, template, referenceId, attempts, recipient, locale };
}

async function failLostAttempt({ db, tenantId }: AccountsTransaction, id: string): Promise<void> {
  await db
    .updateTable('message')
    .set({ state: 'FAILED', problem: 'The process ended during the attempt: the mail may have been sent' })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'SENDING')
    .where('due_at', '<=', sql<Date>`now()`)
    .execute();
}

/** Records the outcome of the running attempt. @param recipient the address that the attempt used. Null when no address was found */
export async function recordOutcome(
  { db, tenantId }: AccountsTransaction,
  { id, attempts }: ClaimedMessage,
  outcome: Outcome,
  recipient: string | null,
): Promise<void> {
  await db
    .updateTable('message')
    .set({
      state: outcome.state,
      problem: outcome.state === 'SENT' ? null : outcome.problem.slice(0, 500),
      ...(recipient !== null && { recipient }),
      ...(outcome.state === 'SENT' && { sent_at: sql<Date>`now()` }),
      ...(outcome.state === 'QUEUED' && { due_at: sql<Date>`now() + make_interval(secs => ${outcome.waitSeconds})` }),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'SENDING')
    .where('attempts', '=', attempts)
    .execute();
}

/** Queues a failed message again. @returns false when no failed message has this id */
export async function requeueMessage({ db, tenantId }: AccountsTransaction, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('message')
    .set({ state: 'QUEUED', attempts: 0, due_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'FAILED')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export async function messageById({ db, tenantId }: AccountsTransaction, id: string): Promise<MessageRecord | null> {
  const found = await db
    .selectFrom('message')
    .select(COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return found ?? null;
}

/** A page of messages, the newest first. */
export function messagePage(
  { db, tenantId }: AccountsTransaction,
  state: MessageState | null,
  page: PageRequest,
): Promise<Result<KeysetPage<MessageRecord>, InvalidPage>> {
  let query = db.selectFrom('message').select(COLUMNS).where('tenant_id', '=', tenantId);
  if (state) query = query.where('state', '=', state);
  const sort = [{ by: 'message.created_at', direction: 'desc' } as const];
  return keysetPage(query, { sort, id: 'message.id', filter: state, page });
}
