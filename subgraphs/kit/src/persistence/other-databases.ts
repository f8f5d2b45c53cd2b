import { escapeIdentifier, type Client } from 'pg';

interface OtherDatabase {
  readonly name: string;
  /** Whether this administrator may change the CONNECT privilege of the database. */
  readonly isOurs: boolean;
}

/**
 * The other databases of a server to which a role may connect, because PUBLIC still has the CONNECT privilege that Postgres grants by
 * default.
 */
export async function otherDatabases(admin: Client, role: string): Promise<readonly string[]> {
  return (await reachable(admin, role)).map(({ name }) => name);
}

/**
 * Revokes CONNECT and TEMPORARY on all other databases of the server from PUBLIC, as far as the administrator may do so. Only for a server
 * that Souk does not share. Owners and superusers keep both privileges.
 */
export async function closeOtherDatabases(admin: Client, role: string): Promise<void> {
  for (const { name, isOurs } of await reachable(admin, role)) {
    if (isOurs) await admin.query(`revoke connect, temporary on database ${escapeIdentifier(name)} from public`);
  }
}

async function reachable(admin: Client, role: string): Promise<readonly OtherDatabase[]> {
  const { rows } = await admin.query<OtherDatabase>(
    `select datname as name, pg_has_role(datdba, 'usage') as "isOurs" from pg_database
      where datallowconn and datname <> current_database() and has_database_privilege($1, oid, 'connect') order by 1`,
    [role],
  );
  return rows;
}
