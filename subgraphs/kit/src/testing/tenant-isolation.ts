import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import { isolationViolations, tenantTables } from './isolation-violations.ts';
import { insertSample, type SampleValues } from './sample-row.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** Tables of the schema without tenant data: the recorded migrations, the lock row of the relays, the seals of commands, and how long published events are kept. */
const UNOWNED = ['schema_migration', 'relay_turn', 'used_command_seal', 'published_retention'];

export interface TenantIsolationOptions {
  /** Further tables without tenant data. State the reason beside each table. */
  readonly exempt?: readonly string[];
  /** Values for columns whose CHECK refuses the generated values. */
  readonly sampleValues?: SampleValues;
}

/** Proves, table by table, that a tenant of this schema reaches its own rows only. Call the function at the top of a test file. */
export function describeTenantIsolation(schema: string, options: TenantIsolationOptions = {}): void {
  const exempt = [...UNOWNED, ...(options.exempt ?? [])];
  describe(`tenants of ${schema}`, () => {
    let database: TestDatabase;
    let admin: Client;
    let tables: string[];
    let attacker: Attacker;
    const [victim, attackerId] = [randomUUID(), randomUUID()];
    const sampleOf = (table: string, tenantId: string) =>
      insertSample(admin, schema, table, tenantId, options.sampleValues ?? {});

    beforeAll(async () => {
      database = await createTestDatabase();
      database.requireSchema(schema);
      admin = await database.connect();
      attacker = new Attacker(await database.connect(`${schema}_app`), attackerId);
      tables = (await tenantTables(admin, schema)).filter((table) => !exempt.includes(table));
      // `replica` disables foreign keys and triggers, so a sample row does not need parent rows.
      await admin.query('set session_replication_role = replica');
      for (const table of tables) {
        for (const tenant of [victim, attackerId]) await insertInto(admin, table, await sampleOf(table, tenant));
      }
    });
    afterAll(() => database.drop());

    /** Returns the tables for which `reached` resolves to true, which means that a tenant reached rows of another tenant. */
    async function leaks(reached: (name: string, table: string) => Promise<boolean>): Promise<string[]> {
      const leaking: string[] = [];
      for (const table of tables) if (await reached(`${schema}.${table}`, table)) leaking.push(table);
      return leaking;
    }

    test('every table, key, reference, function and view is bound to one tenant', async () => {
      expect(tables).not.toEqual([]);
      expect(await isolationViolations(admin, schema, exempt)).toEqual([]);
    });

    test("a tenant sees its own rows and no one else's", async () => {
      const read = (name: string) => attacker.tries(`select from ${name} where tenant_id <> '${attackerId}'`);
      expect(await leaks(async (name) => (await read(name)) > 0)).toEqual([]);
    });

    test('without a tenant no row is visible', async () => {
      expect(await leaks((name) => attacker.seesWithoutTenant(name))).toEqual([]);
    });

    test("another tenant's rows cannot be added, changed or removed", async () => {
      const write = async (name: string, table: string) =>
        (await attacker.tries(await sampleOf(table, victim))) +
        (await attacker.tries(`update ${name} set tenant_id = '${attackerId}' where tenant_id = '${victim}'`)) +
        (await attacker.tries(`delete from ${name} where tenant_id = '${victim}'`));
      expect(await leaks(async (name, table) => (await write(name, table)) > 0)).toEqual([]);
    });

    test('a row cannot be given away', async () => {
      expect(
        await leaks(async (name) => (await attacker.tries(`update ${name} set tenant_id = '${victim}'`)) > 0),
      ).toEqual([]);
    });
  });
}

/** Sends queries without a tenant condition, as the application role of one tenant. */
class Attacker {
  readonly #app: Client;
  readonly #tenantId: string;

  constructor(app: Client, tenantId: string) {
    this.#app = app;
    this.#tenantId = tenantId;
  }

  /** The number of rows that the statement reaches, or zero when Postgres refuses the statement. The transaction is rolled back. */
  async tries(statement: string): Promise<number> {
    await this.#app.query(`begin; select set_config('app.tenant_id', '${this.#tenantId}', true)`);
    try {
      return (await this.#app.query(statement)).rowCount ?? 0;
    } catch (error) {
      return refused(error);
    } finally {
      await this.#app.query('rollback');
    }
  }

  async seesWithoutTenant(name: string): Promise<boolean> {
    const { rowCount } = await this.#app.query(`select from ${name}`).catch((error: unknown) => {
      // 42501: a missing privilege. 42704: the setting does not exist. 22P02: the setting is '' after a transaction that set it.
      if (['42501', '42704', '22P02'].includes(codeOf(error))) return { rowCount: 0 };
      throw error;
    });
    return (rowCount ?? 0) > 0;
  }
}

/**
 * Returns zero for a refusal by a policy, a missing privilege (42501) or a trigger (P0001, 55000). Any other error is a mistake in the
 * test, and is thrown.
 */
function refused(error: unknown): number {
  if (['42501', 'P0001', '55000'].includes(codeOf(error))) return 0;
  throw error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

async function insertInto(admin: Client, table: string, statement: string): Promise<void> {
  await admin.query(statement).catch((cause: unknown) => {
    throw new Error(`The table ${table} refuses the sample row. Add valid values to sampleValues: ${String(cause)}`, {
      cause,
    });
  });
}
