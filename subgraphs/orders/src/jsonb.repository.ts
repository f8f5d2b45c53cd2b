import { sql } from 'kysely';

/** A value for a jsonb column, serialized as text. Otherwise pg would write a JavaScript array as a Postgres array. */
export function jsonb<Value>(value: Value) {
  return sql<Value>`${JSON.stringify(value)}::jsonb`;
}
