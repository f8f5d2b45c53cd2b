import type { MikroORM } from '@mikro-orm/postgresql';
import { sql, type Kysely } from 'kysely';
import type { ClaimSeal } from '../contracts/index.ts';

/**
 * Records seals in a table of the subgraph's schema, which all of its processes share. A claim takes one round trip, outside of a
 * transaction.
 */
export function claimsInDatabase(orm: MikroORM): ClaimSeal {
  const db: Kysely<unknown> = orm.em.getConnection().getClient();
  return async ({ id, expiresAt }) => {
    const { rows } = await sql<{ claimed: boolean }>`
      select claim_command_seal(${id}::uuid, ${expiresAt}::timestamptz) as claimed`.execute(db);
    return rows[0]?.claimed ?? false;
  };
}
