import type { Client } from 'pg';
import type { RoleConnections } from './prepare-database.ts';

/** The number of connections that are reserved for administrators and monitoring. */
const KEPT_FREE = 5;
/** The minimum for the relay role: two processes, each with one relay and one reader of the backlog. */
const LEAST_OF_RELAYS = 4;

/**
 * Divides the connections of a server among subgraphs. The role of one subgraph then cannot take the connections of the other subgraphs.
 * The relay role gets a fifth of a subgraph's share, because each process needs only two connections for its relay.
 * @param available connections for roles that are not superusers
 */
export function shareOfConnections(available: number, subgraphs: number): RoleConnections {
  const each = Math.floor((available - KEPT_FREE) / subgraphs);
  const relay = Math.max(LEAST_OF_RELAYS, Math.floor(each / 5));
  return { app: Math.max(1, each - relay), relay };
}

/** The number of connections that a server has for roles that are not superusers. */
export async function availableConnections(admin: Client): Promise<number> {
  const { rows } = await admin.query<{ available: number }>(
    `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
       - coalesce(current_setting('reserved_connections', true)::int, 0) as available`,
  );
  return rows[0]?.available ?? 0;
}
