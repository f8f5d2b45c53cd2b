import { fileURLToPath } from 'node:url';
import {
  availableConnections,
  closeOtherDatabases,
  connectToPrimary,
  migrate,
  otherDatabases,
  prepareDatabase,
  shareOfConnections,
  type RoleConnections,
} from '@souk/kit/persistence';

/** A subgraph's name, which is also the name of its schema, and the folder of its migrations. */
export interface SchemaOwner {
  readonly name: string;
  readonly migrations: URL;
}

/** Limits and permissions of Souk's roles on a database server. */
export interface ServerRules {
  /** Connection limits of the two roles of each subgraph. @default an equal share of the server's connections */
  readonly connections?: Partial<RoleConnections>;
  /** Whether the server holds only Souk's data. If true, only the owner of any other database may connect to it. @default false */
  readonly isExclusive?: boolean;
  /** Called with the names of other databases to which Souk's roles may still connect. Not called when there are none. */
  readonly onOpenDatabases?: (names: readonly string[]) => void;
}

/**
 * Creates and updates the schema, roles and tables of each subgraph.
 * @param adminUrl connection string of an administrator. When it names several hosts, the primary is used.
 * @param passwordOf returns the password to set for a role, or null to keep the present password
 * @returns the names of the migrations that ran
 */
export async function prepareSchemas(
  adminUrl: string,
  owners: readonly SchemaOwner[],
  passwordOf: (role: string) => string | null,
  { connections = {}, isExclusive = false, onOpenDatabases }: ServerRules = {},
): Promise<string[]> {
  const admin = await connectToPrimary(adminUrl);
  try {
    const limits = { ...shareOfConnections(await availableConnections(admin), owners.length), ...connections };
    const ran: string[] = [];
    for (const { name, migrations } of owners) {
      const passwords = { app: passwordOf(`${name}_app`), relay: passwordOf(`${name}_relay`) };
      await prepareDatabase(admin, name, passwords, limits);
      const files = await migrate(admin, { schema: name, directory: fileURLToPath(migrations) });
      ran.push(...files.map((file) => `${name}/${file}`));
      if (isExclusive) await closeOtherDatabases(admin, `${name}_app`);
    }
    const open = new Set<string>();
    for (const { name } of owners) for (const other of await otherDatabases(admin, `${name}_app`)) open.add(other);
    if (open.size > 0) onOpenDatabases?.([...open]);
    return ran;
  } finally {
    await admin.end();
  }
}
