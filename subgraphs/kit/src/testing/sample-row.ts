import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

/** Values for columns that accept only some values of their type: `{ 'price.currency': 'EUR' }`. */
export type SampleValues = Readonly<Record<string, string>>;

interface Column {
  readonly name: string;
  readonly type: string;
  /** The first value that a CHECK (col in (...)) or the column's enum allows. */
  readonly allowed: string | null;
}

/** Inserts one row. Every column without a default gets a value that its type accepts. */
export async function insertSample(
  admin: Client,
  schema: string,
  table: string,
  tenantId: string,
  given: SampleValues,
): Promise<string> {
  const { rows } = await admin.query<Column>(COLUMNS, [schema, table]);
  const prefix = `${table}.`;
  const values = new Map<string, string>([
    ...rows.map(({ name, type, allowed }) => [name, allowed ?? sampleOf(type)] as const),
    ...Object.entries(given)
      .filter(([column]) => column.startsWith(prefix))
      .map(([column, value]) => [column.slice(prefix.length), value] as const),
    ['tenant_id', tenantId],
  ]);
  const columns = [...values.keys()].map((name) => `"${name}"`);
  const literals = [...values.values()].map((value) => `'${value.replaceAll("'", "''")}'`);
  return `insert into ${schema}.${table} (${columns.join()}) values (${literals.join()})`;
}

// The columns that an insert must set. $1 is the schema, $2 the table.
const COLUMNS = `
select attname as name, format_type(coalesce(nullif(typbasetype, 0), atttypid), null) as type,
       coalesce((select enumlabel from pg_enum where enumtypid = atttypid order by enumsortorder limit 1),
                (select substring(pg_get_constraintdef(oid) from '(?:ARRAY\\[|= )\\(?''([^'']+)''')
                   from pg_constraint where conrelid = attrelid and contype = 'c' and conkey = array[attnum]
                  order by 1 limit 1)) as allowed
  from pg_attribute join pg_type on pg_type.oid = atttypid
 where attrelid = ($1 || '.' || $2)::regclass and attnum > 0 and not attisdropped
   and attnotnull and not atthasdef and attidentity = ''`;

function sampleOf(type: string): string {
  if (type.endsWith('[]')) return '{}';
  switch (type) {
    case 'uuid':
      return randomUUID();
    case 'json':
    case 'jsonb':
      return '{}';
    case 'date':
    case 'timestamp with time zone':
      return '2030-01-01';
    default:
      return '1'; // valid as text, number and boolean
  }
}
