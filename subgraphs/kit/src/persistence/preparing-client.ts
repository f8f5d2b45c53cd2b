import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { Client, type ClientConfig, type QueryConfig, type QueryResult } from 'pg';
import { READ_CONTEXT, TenantQuery, type ReadContext } from './tenant-query.ts';

/**
 * Maximum number of prepared statements per connection, because each one takes memory in its Postgres backend. Postgres plans any further
 * statements at each execution.
 */
const MOST_STATEMENTS = 500;

/**
 * A pg client that prepares its statements. Postgres parses a text once per connection and, after five executions, plans it once. With
 * row-level security and joins, planning costs more than execution (0.49 of 0.78 ms for the availability of 60 SKUs). Statements without
 * parameters are not prepared, because MikroORM writes its values into the text.
 */
export class PreparingClient extends Client {
  readonly #names = new Map<string, string>();
  #gathering: Writable | null = null;
  #knowsContext = false;

  constructor(config?: string | ClientConfig) {
    // With `pipeline`, pg sends a statement immediately, even while an earlier statement runs. Code that awaits each statement is not
    // affected.
    super({ ...(typeof config === 'string' ? { connectionString: config } : config), pipeline: true });
  }

  /** Runs a read in its own implicit transaction, which can see one tenant and cannot write. The read takes one round trip. */
  queryAs(context: ReadContext, text: string, values: readonly unknown[]): Promise<QueryResult> {
    if (!this.#knowsContext) this.#prepareContext();
    const name = values.length > 0 ? this.#nameOf(text) : null;
    const { promise, resolve, reject } = Promise.withResolvers<QueryResult>();
    const config = { ...(name !== null && { name }), text, values };
    this.query(new TenantQuery(context, config, (error, result) => (error ? reject(error) : resolve(result))));
    return promise;
  }

  /**
   * Sends the preparation without waiting for it. When it fails, the reads that are already sent fail too, and the next read prepares
   * again.
   */
  #prepareContext(): void {
    this.#knowsContext = true;
    const query = Client.prototype.query as (config: QueryConfig) => Promise<unknown>;
    query.call(this, { ...READ_CONTEXT, values: ['', ''] }).catch(() => (this.#knowsContext = false));
  }

  // pg declares a dozen overloads of `query`. Only calls with the arguments (text, values), as Kysely makes them, are prepared.
  override query: Client['query'] = (...args: unknown[]): never => {
    const [text, values, ...others] = args;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? this.#nameOf(text) : null;
    this.#gather();
    return Reflect.apply(
      Client.prototype.query,
      this,
      name === null ? args : [{ name, text, values }, ...others],
    ) as never;
  };

  /**
   * Writes the statements of one turn of the event loop to the socket together, because each write to a socket takes longer than building
   * the messages of a statement.
   */
  #gather(): void {
    const { stream } = (this as unknown as { readonly connection: { readonly stream: Writable } }).connection;
    if (this.#gathering === stream) return;
    this.#gathering = stream;
    stream.cork();
    process.nextTick(() => {
      this.#gathering = null;
      stream.uncork();
    });
  }

  #nameOf(text: string): string | null {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= MOST_STATEMENTS) return null;
    const name = createHash('sha1').update(text).digest('base64url');
    this.#names.set(text, name);
    return name;
  }
}
