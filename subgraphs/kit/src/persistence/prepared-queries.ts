import type { Compilable, Kysely, RawBuilder } from 'kysely';
import { fixedStatement, type FixedStatement } from './fixed-statement.ts';

/** Maximum number of cached statements. A query has a few dozen shapes: selected columns, page sizes, sorts. */
const MOST_SHAPES = 1000;

/** Takes the place of an input value while a query is compiled. */
class Placeholder {
  readonly input: string;

  constructor(input: string) {
    this.input = input;
  }
}

/** A compiled query. `parameters` contains constants, and placeholders for the inputs of each run. */
interface Prepared {
  readonly statement: FixedStatement<unknown>;
  readonly parameters: readonly unknown[];
}

/** Binds a raw SQL query to the Kysely that compiles it. */
export const compilable = <Schema, Row>(db: Kysely<Schema>, query: RawBuilder<Row>): Compilable<Row> => ({
  compile: () => query.compile(db),
});

/**
 * Caches the statements of a query whose text depends on the request, for instance on the selected columns. Each different text is a shape.
 * Kysely compiles a shape once, because compiling takes more of Node's time than sending. Each later run only fills in the values. Use
 * `fixedStatement` for a query with a single text.
 * @template Inputs the values that differ between runs of one shape
 */
export class PreparedQueries<Inputs extends object> {
  readonly #prepared = new Map<string, Prepared>();

  /**
   * @param shape a key that identifies the text of the query. Two queries with the same shape may differ only in their `inputs`.
   * @param build builds the query from placeholders, which it may only use as parameters: `where('id', '=', inputs.id)`
   */
  async run<Schema, Row>(
    db: Kysely<Schema>,
    shape: string,
    inputs: Inputs,
    build: (inputs: Inputs) => Compilable<Row>,
  ): Promise<Row[]> {
    const { statement, parameters } = this.#prepared.get(shape) ?? this.#prepare(shape, inputs, build);
    const values = parameters.map((value) =>
      value instanceof Placeholder ? inputs[value.input as keyof Inputs] : value,
    );
    return (await (statement as FixedStatement<Row>)(db, ...values)).rows;
  }

  #prepare(shape: string, inputs: Inputs, build: (inputs: Inputs) => Compilable<unknown>): Prepared {
    const placeholders = Object.fromEntries(Object.keys(inputs).map((input) => [input, new Placeholder(input)]));
    const { sql, parameters } = build(placeholders as Inputs).compile();
    if (this.#prepared.size >= MOST_SHAPES) this.#prepared.clear();
    const prepared = { statement: fixedStatement<unknown>(sql), parameters };
    this.#prepared.set(shape, prepared);
    return prepared;
  }
}
