import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientConfig } from 'pg';
import { PreparingClient } from '../persistence/index.ts';

/** The statements that Postgres received during one piece of work. Each entry is one round trip. */
export interface QueryLog {
  readonly statements: string[];
}

const currentLog = new AsyncLocalStorage<QueryLog>();

/**
 * Runs `work` and returns every statement that MikroORM, Kysely or pg sent meanwhile. Tests use it to assert the number of round trips of
 * an operation (N+1).
 */
export async function recordQueries<Result>(work: () => Promise<Result>): Promise<{ result: Result } & QueryLog> {
  const log: QueryLog = { statements: [] };
  const result = await currentLog.run(log, work);
  return { result, ...log };
}

/** The kit's pg client, which reports its statements to `recordQueries`. The ORM of a test database uses it. */
export class RecordingClient extends PreparingClient {
  constructor(config?: string | ClientConfig) {
    super(config);
    const { query } = this;
    // pg declares a dozen overloads of `query`. This override reads the first argument only, and passes on all arguments.
    this.query = (...args: unknown[]): never => {
      const [statement] = args;
      currentLog.getStore()?.statements.push(typeof statement === 'string' ? statement : textOf(statement));
      return Reflect.apply(query, this, args) as never;
    };
  }
}

function textOf(statement: unknown): string {
  const isQuery = typeof statement === 'object' && statement !== null && 'text' in statement;
  return isQuery ? String(statement.text) : '(cursor)';
}
