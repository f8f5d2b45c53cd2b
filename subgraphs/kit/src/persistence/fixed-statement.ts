import { CompiledQuery, type QueryResult } from 'kysely';

/** The part of a Kysely that runs compiled statements. */
interface Executor {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<QueryResult<Row>>;
}

/** Runs a statement with the values of its parameters. */
export type FixedStatement<Row> = (db: Executor, ...parameters: unknown[]) => Promise<QueryResult<Row>>;

/**
 * A statement with a constant text, for hot paths. Kysely does not compile it, and Postgres parses it once per connection. Its parameters
 * are `$1`, `$2` and so on. A value on which the query plan depends, such as the condition of a partial index, is a literal in the text.
 * Arrays for jsonb are passed as JSON text, because pg would convert a JavaScript array to a Postgres array. For a query with a few
 * different texts see `PreparedQueries`.
 */
export function fixedStatement<Row = Record<never, never>>(text: string): FixedStatement<Row> {
  return (db, ...parameters) => db.executeQuery<Row>(CompiledQuery.raw(text, parameters));
}
