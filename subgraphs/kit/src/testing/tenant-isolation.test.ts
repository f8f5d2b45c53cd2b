import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import {
  createTestDatabase,
  describeEntityAgreement,
  describeTenantIsolation,
  entityDisagreements,
  isolationViolations,
  type TestDatabase,
} from './index.ts';
import { SAMPLE_ENTITIES } from './sample/sample.entity.ts';

describeTenantIsolation('sample');
describeEntityAgreement('sample', SAMPLE_ENTITIES);

describe('a schema with a leak between tenants', () => {
  let database: TestDatabase;
  let admin: Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    admin = await database.connect();
  });
  afterAll(() => database.drop());

  /** The violations that are found after a change. The change is then rolled back. */
  async function violationsAfter(change: string): Promise<string[]> {
    await admin.query(`begin; ${change}`);
    try {
      return await isolationViolations(admin, 'sample', [
        'schema_migration',
        'relay_turn',
        'used_command_seal',
        'published_retention',
      ]);
    } finally {
      await admin.query('rollback');
    }
  }

  test('a new table without a policy is reported', async () => {
    const change = `
      create table sample.forgotten (id uuid primary key, tenant_id uuid not null);
      grant select on sample.forgotten to sample_app`;
    expect(await violationsAfter(change)).toEqual([
      'forgotten does not force row-level security',
      'forgotten has a primary key that does not start with tenant_id',
      'forgotten has an index that is unique across tenants: sample.forgotten_pkey',
      'forgotten has no policy that binds sample_app',
      'forgotten is owned by a role that can log in',
    ]);
  });

  test.each([
    [
      'create policy everyone on sample.box for select to sample_app using (true)',
      'box has a policy without the tenant: everyone',
    ],
    [
      'alter table sample.box add constraint loose foreign key (shelf_id) references public.loose (id)',
      'box has a foreign key without the tenant: loose',
    ],
    [
      'create view sample.all_boxes as select * from sample.box',
      'all_boxes is a view that runs with the rights of its owner',
    ],
    [
      'create function sample.peek() returns bigint language sql security definer return 1',
      'peek runs with the rights of its owner and the search_path of its caller',
    ],
    ['alter role sample_app bypassrls', 'sample_app can step over row-level security'],
    ['grant truncate on sample.box to sample_app', 'box can be emptied by sample_app'],
  ])('%s', async (change, violation) => {
    const tableWithoutTenants = 'create table public.loose (id uuid primary key)';
    expect(await violationsAfter(`${tableWithoutTenants}; ${change}`)).toEqual([violation]);
  });

  test('a reference cannot reach into another tenant, although foreign keys bypass row-level security', async () => {
    const [owner, thief, shelf] = [randomUUID(), randomUUID(), randomUUID()];
    await admin.query(`insert into sample.shelf (tenant_id, id, name) values ('${owner}', '${shelf}', 'Main')`);
    const app = await database.connect('sample_app');
    await app.query(`begin; select set_config('app.tenant_id', '${thief}', true)`);
    const stealing = app.query(
      `insert into box (id, shelf_id, label, kind, weight) values ('${randomUUID()}', '${shelf}', 'x', 'SMALL', 1)`,
    );
    await expect(stealing).rejects.toMatchObject({ code: '23503', constraint: 'box_shelf_fk' });
  });

  test('a column that was renamed, retyped or added without its entity is reported', async () => {
    await admin.query(`
      alter table sample.shelf rename column name to title;
      alter table sample.shelf alter column priority type bigint;
      alter table sample.box alter column label drop not null`);
    expect(await entityDisagreements(await database.openOrm('sample', SAMPLE_ENTITIES), 'sample')).toEqual([
      'Box.label: nullable in the database only',
      'Shelf.name: column name does not exist',
      'Shelf.priority: integer in the entity, bigint in the database',
      'Shelf: required column title is not mapped, so no insert can succeed',
    ]);
  });
});
