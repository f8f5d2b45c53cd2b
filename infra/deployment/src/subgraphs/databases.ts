import { fileURLToPath } from 'node:url';
import { migrate, prepareDatabase } from '@souk/kit/persistence';
import { Client } from 'pg';

/** What `prepareSchemas` needs of a subgraph. */
export interface SchemaOwner {
  readonly name: string;
  readonly migrations: URL;
}

/**
 * Gives each subgraph its schema, roles and tables, and brings them up to date.
 * @param adminUrl connection string of an administrator.
 * @param passwordOf the password to give to a role; null leaves it as the deployment set it.
 * @returns the names of the migrations that ran.
 */
export async function prepareSchemas(
  adminUrl: string,
  owners: readonly SchemaOwner[],
  passwordOf: (role: string) => string | null,
): Promise<string[]> {
  const admin = new Client(adminUrl);
  admin.on('error', () => undefined); // what was under way rejects with it; without a listener it would end the process
  await admin.connect();
  try {
    const ran: string[] = [];
    for (const { name, migrations } of owners) {
      await prepareDatabase(admin, name, { app: passwordOf(`${name}_app`), relay: passwordOf(`${name}_relay`) });
      const files = await migrate(admin, { schema: name, directory: fileURLToPath(migrations) });
      ran.push(...files.map((file) => `${name}/${file}`));
    }
    return ran;
  } finally {
    await admin.end();
  }
}
