import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './test-database.ts';

/** Matches the statements of repositories. `recordQueries` also records settings and commits, which have no plan to check. */
const EXPLAINABLE = /^\s*(select|insert|update|delete|with)\b(?!.*set_config)/is;

/** The part of a node of `explain (format json)` that names its rows. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Filter?: string;
  readonly Plans?: readonly PlanNode[];
}

/**
 * Returns the statements that read every row of a table, or every row of a tenant, as `table: statement`. The plans are generic plans, as
 * for prepared statements. A generic plan cannot use a partial index whose condition contains a parameter. Empty tables are left out,
 * because Postgres may choose any index for them. The test must therefore fill the tables that it checks.
 * @param small tables that have few rows in each tenant
 */
export async function sequentialScans(
  database: TestDatabase,
  schema: string,
  statements: readonly string[],
  small: readonly string[] = [],
): Promise<string[]> {
  const client = await database.connect();
  await client.query(`begin; ${asLarge(schema)}; set local role ${schema}_app; set local search_path = ${schema}, public;
    set local enable_seqscan = off; select set_config('app.tenant_id', '${randomUUID()}', true)`);
  const { rows: empty } = await client.query<{ table: string }>(
    `select relname as table from pg_class where relnamespace = '${schema}'::regnamespace and relkind = 'r' and pg_relation_size(oid) = 0`,
  );
  const ignored = new Set([...small, ...empty.map(({ table }) => table)]);
  const scans: string[] = [];
  for (const statement of new Set(statements.filter((each) => EXPLAINABLE.test(each)))) {
    const explained = `explain (generic_plan, format json) ${statement}`;
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(explained);
    const tables = rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => scannedTables(Plan)));
    for (const table of tables) if (!ignored.has(table)) scans.push(`${table}: ${statement.trim()}`);
  }
  await client.query('rollback');
  return scans;
}

/**
 * Makes Postgres plan as if each table had a million rows. In small test tables any index is good enough. Statistics that autovacuum
 * gathered from the few rows of a test are deleted: with them the plans would depend on the time of the last autovacuum.
 */
const asLarge = (schema: string) => `
  delete from pg_statistic where starelid in (select oid from pg_class where relnamespace = '${schema}'::regnamespace);
  update pg_class set reltuples = 1000000, relpages = 1 where relnamespace = '${schema}'::regnamespace and relkind in ('r', 'i')`;

function scannedTables(node: PlanNode): string[] {
  const { 'Relation Name': table, 'Index Cond': condition = '', Filter: filter, Plans: inner = [] } = node;
  const isScan =
    node['Node Type'] === 'Seq Scan' || (condition !== '' && filter !== undefined && isOfTenant(condition));
  return [...(table !== undefined && isScan ? [table] : []), ...inner.flatMap(scannedTables)];
}

/** Whether an index only finds the rows of the tenant: `((tenant_id = $1) AND (tenant_id = current_tenant()))`. */
function isOfTenant(condition: string): boolean {
  const columns = [...condition.matchAll(/\((\w+) [=<>]/g)].map(([, column]) => column);
  return columns.every((column) => column === 'tenant_id');
}
