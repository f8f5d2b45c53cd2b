import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ROOT } from '../generate/generated-file.ts';
import { changedMigrations, recordedChecksums } from './checksums.ts';
import { contractionsIn, releaseOfContraction } from './contractions.ts';
import { readMigrations } from './migration-files.ts';

const MIGRATIONS = readMigrations();

describe('the migrations of this repository', () => {
  test('have their recorded checksums, because databases have run them', () => {
    expect(changedMigrations(recordedChecksums(), MIGRATIONS)).toEqual([]);
  });

  test.each(MIGRATIONS.map(({ path, sql }) => ({ path, sql: sql.replaceAll(':schema', 'sample') })))(
    '$path does not break the previous version, or names the release since which no code needs the dropped objects',
    async ({ sql }) => {
      const release = releaseOfContraction(sql);
      if (release === null) expect(await contractionsIn(sql)).toEqual([]);
      else expect(isOlder(release, versionOfSouk())).toBe(true);
    },
  );
});

test('a changed or deleted migration is found, and a new one is accepted', () => {
  const files = [
    { path: 'a', sql: '', checksum: 'now' },
    { path: 'new', sql: '', checksum: 'x' },
  ];
  expect(changedMigrations(recordedChecksums('before  a\nhash  deleted\n'), files)).toEqual(['a', 'deleted']);
  expect(changedMigrations(recordedChecksums('now  a\n'), files)).toEqual([]);
});

test('statements that the previous version survives are no contractions', async () => {
  const sql = `
    create table fresh (id uuid not null);
    alter table fresh alter column id drop default, add constraint fresh_pk primary key (id), alter column id set not null;
    create unique index fresh_once on fresh (id);
    revoke delete on fresh from orders_app;
    alter table cart add column note text, add column kind text not null default 'SHOP' check (kind <> '');
    alter table cart add column fresh_id uuid, add constraint cart_fresh_fk foreign key (tenant_id, fresh_id) references fresh (id);
    create unique index cart_note on cart (tenant_id, note);
    alter table cart alter column email drop not null;
    create index cart_of_kind on cart (tenant_id, kind);
    drop index cart_of_email;
    drop function orders.due; create function orders.due(batch integer) returns integer language sql as 'select 1';
    do $$ begin perform protect_tenant_table('fresh'); end $$`;
  expect(await contractionsIn(sql)).toEqual([]);
});

test.each([
  ['alter table cart drop column note', 'drops cart.note'],
  ['alter table orders.cart rename column note to remark', 'renames note to remark'],
  ['alter table cart rename to basket', 'renames cart to basket'],
  ['alter table cart alter column note type jsonb using note::jsonb', 'changes the type of cart.note'],
  ['alter table cart alter column note set not null', 'makes cart.note not null'],
  ['alter table cart add column note text not null', 'adds cart.note, not null without a default'],
  ['alter table cart alter column note drop default', 'drops the default of cart.note'],
  ['alter table cart add constraint short check (length(note) < 9)', 'adds the constraint short to cart'],
  ['alter table cart drop constraint short', 'drops the constraint short of cart'],
  ['create unique index one on cart (note)', 'adds a unique index to cart'],
  [
    "alter table cart add column kind text default 'SHOP'; create unique index one on cart (kind)",
    'adds a unique index to cart',
  ],
  [
    'alter table cart add column kind text; create unique index one on cart (kind) nulls not distinct',
    'adds a unique index to cart',
  ],
  ['drop table orders.cart', 'drops orders.cart'],
  ['drop function orders.due', 'drops orders.due'],
  ['drop trigger stamp_row on orders.cart', 'drops orders.cart.stamp_row'],
  ['revoke update on cart from orders_app', 'revokes rights on cart'],
  ["alter type kind rename value 'a' to 'b'", 'has a statement of the kind AlterEnumStmt'],
  ["do $$ begin execute 'drop table cart'; end $$", 'has statements in a DO block, which cannot be checked'],
])('the contraction %s is found', async (sql, finding) => {
  expect(await contractionsIn(sql)).toEqual([finding]);
});

test('a mark in its own line names the release since which no code needs the dropped objects', () => {
  expect(releaseOfContraction('-- contraction: no code reads cart.note since 0.2.0\nalter table')).toBe('0.2.0');
  expect(releaseOfContraction('-- contraction: no code reads cart.note\nalter table')).toBeNull();
  expect([isOlder('0.1.0', '0.2.0'), isOlder('0.2.0', '0.2.0'), isOlder('0.10.0', '0.9.1')]).toEqual([
    true,
    false,
    false,
  ]);
});

function versionOfSouk(): string {
  return (JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { version: string }).version;
}

function isOlder(one: string, other: string): boolean {
  return one.localeCompare(other, 'en', { numeric: true }) < 0;
}
