import { createHash } from 'node:crypto';
import { Client } from 'pg';

/**
 * Maximum number of prepared statements per connection. Each statement takes memory in its Postgres backend. Further texts are planned at
 * each execution.
 */
const MOST_STATEMENTS = 500;

/**
 * A pg client that prepares its statements. Postgres parses a text once per connection and, after five executions, plans it once. With
 * row-level security and joins, planning costs more than execution (0.49 of 0.78 ms for the availability of 60 SKUs). Statements without
 * parameters are not prepared, because MikroORM writes its values into the text.
 */
export class PreparingClient extends Client {
  readonly #names = new Map<string, string>();

  // pg declares a dozen overloads of `query`. Only calls with the arguments (text, values), as Kysely makes them, are prepared.
  override query: Client['query'] = (...args: unknown[]): never => {
    const [text, values, ...others] = args;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? this.#nameOf(text) : null;
    return Reflect.apply(
      Client.prototype.query,
      this,
      name === null ? args : [{ name, text, values }, ...others],
    ) as never;
  };

  #nameOf(text: string): string | null {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    if (this.#names.size >= MOST_STATEMENTS) return null;
    const name = createHash('sha1').update(text).digest('base64url');
    this.#names.set(text, name);
    return name;
  }
}
