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

/** What `prepareSchemas` needs of a subgraph. */
export interface SchemaOwner {
  readonly name: string;
  readonly migrations: URL;
}

/** How the server of a database is to treat the roles of Souk. */
export interface ServerRules {
  /** How many connections the two roles of each subgraph may have. @default an equal share of those of the server */
  readonly connections?: Partial<RoleConnections>;
  /** Whether the server holds Souk alone: then its other databases are closed to all but their owners. @default false */
  readonly isExclusive?: boolean;
  /** Called with the other databases of the server that the roles may still connect to, when there are any. */
  readonly onOpenDatabases?: (names: readonly string[]) => void;
}

/**
 * Gives each subgraph its schema, roles and tables, and brings them up to date.
 * @param adminUrl connection string of an administrator; of several hosts the one that takes writes is asked.
 * @param passwordOf the password to give to a role; null leaves it as the deployment set it.
 * @returns the names of the migrations that ran.
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
