import { CompiledQuery, type Compilable, type Kysely, type RawBuilder } from 'kysely';

/** Most shapes that are kept. A caller chooses among a few dozen: selected columns, page sizes, sorts. */
const MOST_SHAPES = 1000;

/** Stands for a value while a query is compiled. */
class Placeholder {
  readonly input: string;

  constructor(input: string) {
    this.input = input;
  }
}

interface Prepared {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** A query in SQL, to be compiled for `db`. */
export const compilable = <Schema, Row>(db: Kysely<Schema>, query: RawBuilder<Row>): Compilable<Row> => ({
  compile: () => query.compile(db),
});

/**
 * Queries that Kysely compiles once for each shape. Building and compiling a query costs more of Node's time than sending it. Each later
 * run fills in the values.
 * @template Inputs the values that differ between runs of one shape
 */
export class PreparedQueries<Inputs extends object> {
  readonly #prepared = new Map<string, Prepared>();

  /**
   * @param shape names everything that changes the text of the query. Two queries with one shape must differ in `inputs` only.
   * @param build builds the query from placeholders. It may only pass them on as parameters: `where('id', '=', inputs.id)`.
   */
  async run<Schema, Row>(
    db: Kysely<Schema>,
    shape: string,
    inputs: Inputs,
    build: (inputs: Inputs) => Compilable<Row>,
  ): Promise<Row[]> {
    const { sql, parameters } = this.#prepared.get(shape) ?? this.#prepare(shape, inputs, build);
    const values = parameters.map((value) =>
      value instanceof Placeholder ? inputs[value.input as keyof Inputs] : value,
    );
    return (await db.executeQuery<Row>(CompiledQuery.raw(sql, values))).rows;
  }

  #prepare(shape: string, inputs: Inputs, build: (inputs: Inputs) => Compilable<unknown>): Prepared {
    const placeholders = Object.fromEntries(Object.keys(inputs).map((input) => [input, new Placeholder(input)]));
    const { sql, parameters } = build(placeholders as Inputs).compile();
    if (this.#prepared.size >= MOST_SHAPES) this.#prepared.clear();
    this.#prepared.set(shape, { sql, parameters });
    return { sql, parameters };
  }
}
