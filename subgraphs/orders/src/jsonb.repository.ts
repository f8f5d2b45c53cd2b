import { sql } from 'kysely';

/** A value for a jsonb column, as text, because pg would write a JavaScript array as a Postgres array. */
export function jsonb<Value>(value: Value) {
  return sql<Value>`${JSON.stringify(value)}::jsonb`;
}
