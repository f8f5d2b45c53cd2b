import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import { ROSTER } from '@souk/deployment/roster';
import { openInstallation, type TestInstallation } from './testing/test-souk.ts';

// Citus and similar engines distribute tables by a column. The column must be part of every unique index and every foreign key. Then the
// node with a tenant's rows can check indexes and keys without other nodes.

let installation: TestInstallation;
let admin: Client;
beforeAll(async () => {
  installation = await openInstallation();
  admin = await installation.database.connect();
});
afterAll(() => installation.database.drop());

const schemas = ROSTER.map(({ name }) => name);

/** Returns the first column of the result, which holds names, sorted. */
async function namesOf(sql: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(sql, [schemas]);
  return rows.map(({ name }) => name).toSorted();
}

const TABLES = `
  select c.oid, n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and n.nspname = any($1) and c.relname not in ('schema_migration', 'relay_turn', 'used_command_seal', 'published_retention')`;

const DISTRIBUTED = `
  select t.oid, t.name, a.attnum
    from (${TABLES}) t
    join pg_attribute a on a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnotnull and not a.attisdropped`;

/**
 * The table that maps a host to its tenant. Souk reads it before the tenant of a request is known, so it cannot be distributed by tenant.
 * The table is small, and every node has a copy.
 */
const DIRECTORY = 'accounts.tenant_directory';

const UNIQUE_WITHOUT_TENANT = `
  select i.indexrelid::regclass::text as name
    from (${DISTRIBUTED}) d join pg_index i on i.indrelid = d.oid and i.indisunique
   where not d.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])
     and d.name <> '${DIRECTORY}'`;

describe('every table can be distributed by tenant', () => {
  test('every table has a tenant column', async () => {
    const without = `select name from (${TABLES}) t where oid not in (select oid from (${DISTRIBUTED}) d)`;
    expect(await namesOf(without)).toEqual([]);
    expect((await namesOf(DISTRIBUTED)).length).toBeGreaterThan(40);
  });

  test('every table has a primary key', async () => {
    const without = `select name from (${DISTRIBUTED}) d
      where not exists (select from pg_index i where i.indrelid = d.oid and i.indisprimary)`;
    expect(await namesOf(without)).toEqual([]);
  });

  test('every primary key and every unique index contains the tenant', async () => {
    expect(await namesOf(UNIQUE_WITHOUT_TENANT)).toEqual([]);
  });

  test('every foreign key contains the tenant, and refers to the tenant', async () => {
    const without = `select k.conname as name
      from (${DISTRIBUTED}) d join pg_constraint k on k.conrelid = d.oid and k.contype = 'f'
     where k.confrelid in (select oid from (${DISTRIBUTED}) referred)
       and not exists (
             select from unnest(k.conkey, k.confkey) as pair (here, there)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = pair.there
              where pair.here = d.attnum and a.attname = 'tenant_id')`;
    expect(await namesOf(without)).toEqual([]);
  });

  test('every exclusion constraint contains the tenant', async () => {
    const without = `select k.conname as name
      from (${DISTRIBUTED}) d join pg_constraint k on k.conrelid = d.oid and k.contype = 'x'
     where not d.attnum = any (k.conkey)`;
    expect(await namesOf(without)).toEqual([]);
  });

  test('the check above finds a unique index without the tenant', async () => {
    await admin.query('begin');
    try {
      await admin.query('create table orders.careless (tenant_id uuid not null, id uuid primary key)');
      expect(await namesOf(UNIQUE_WITHOUT_TENANT)).toEqual(['orders.careless_pkey']);
    } finally {
      await admin.query('rollback');
    }
  });
});
