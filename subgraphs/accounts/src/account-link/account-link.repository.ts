import { caseless } from '@souk/kit/domain';
import { sql } from 'kysely';
import type { AccountsTransaction } from '../database.ts';
import { linkTokenHash, type LinkPurpose, type StoredLink } from './account-link.ts';

/** A link to store. `token` is hashed before it is stored. */
export interface NewLink {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const COLUMNS = ['id', 'purpose', 'email', 'name', 'expires_at', 'used_at'] as const;

/** Stores a link with the hash of its token. The statement is sent together with the commit. */
export function addLink(tx: AccountsTransaction, { token, ...link }: NewLink): void {
  const insertion = tx.db.insertInto('account_link').values({
    id: link.id,
    purpose: link.purpose,
    token_hash: linkTokenHash(token),
    email: link.email,
    email_key: caseless(link.email),
    name: link.name,
    created_at: link.createdAt,
    expires_at: link.expiresAt,
    used_at: null,
  });
  tx.write(insertion.execute());
}

/** Serializes the transactions that read or change links to one mailbox. */
export async function lockMailbox({ db, tenantId }: AccountsTransaction, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tenantId} ${caseless(email)}`}, 0))`.execute(db);
}

/** The number of links to an e-mail address that were created since a time. */
export async function countLinks({ db, tenantId }: AccountsTransaction, email: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('account_link')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('tenant_id', '=', tenantId)
    .where('email_key', '=', caseless(email))
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return count;
}

export async function linkByToken(
  { db, tenantId }: AccountsTransaction,
  purpose: LinkPurpose,
  token: string,
): Promise<StoredLink | null> {
  const row = await db
    .selectFrom('account_link')
    .select(COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('token_hash', '=', linkTokenHash(token))
    .where('purpose', '=', purpose)
    .executeTakeFirst();
  return row ? linkOf(row) : null;
}

export async function linkById({ db, tenantId }: AccountsTransaction, id: string): Promise<StoredLink | null> {
  const row = await db
    .selectFrom('account_link')
    .select(COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? linkOf(row) : null;
}

/** Marks all links to a mailbox as used. Otherwise an older mail could still open the account. */
export async function useLinks({ db, tenantId }: AccountsTransaction, email: string, now: Date): Promise<void> {
  await db
    .updateTable('account_link')
    .set({ used_at: now })
    .where('tenant_id', '=', tenantId)
    .where('email_key', '=', caseless(email))
    .where('used_at', 'is', null)
    .execute();
}

function linkOf(row: {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly email: string;
  readonly name: string;
  readonly expires_at: Date;
  readonly used_at: Date | null;
}): StoredLink {
  const { id, purpose, email, name, expires_at: expiresAt, used_at: usedAt } = row;
  return { id, purpose, email, name, expiresAt, usedAt };
}
