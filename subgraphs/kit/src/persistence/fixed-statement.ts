import { CompiledQuery, type QueryResult } from 'kysely';

/** The part of a Kysely that runs compiled statements. */
interface Executor {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<QueryResult<Row>>;
}

/** Runs a statement with the values of its parameters. */
export type FixedStatement<Row> = (db: Executor, ...parameters: unknown[]) => Promise<QueryResult<Row>>;

/**
 * A statement whose text never changes, for hot paths: nothing is compiled, and Postgres knows the text by its name. Its parameters are `$1`, `$2`
 * and so on. A value that decides about the plan, such as the condition of a partial index, is a literal in the text. Arrays for jsonb are
 * passed as JSON text, because pg would write a Postgres array. `PreparedQueries` fixes the statements of a query with several texts.
 */
export function fixedStatement<Row = Record<never, never>>(text: string): FixedStatement<Row> {
  return (db, ...parameters) => db.executeQuery<Row>(CompiledQuery.raw(text, parameters));
}
