import type { Compilable, Kysely, RawBuilder } from 'kysely';
import { fixedStatement, type FixedStatement } from './fixed-statement.ts';

/** Most shapes that are kept. A caller chooses among a few dozen: selected columns, page sizes, sorts. */
const MOST_SHAPES = 1000;

/** Stands for a value while a query is compiled. */
class Placeholder {
  readonly input: string;

  constructor(input: string) {
    this.input = input;
  }
}

/** The statement of a shape. */
interface Prepared {
  readonly statement: FixedStatement<unknown>;
  readonly parameters: readonly unknown[];
}

/** A query in SQL, to be compiled for `db`. */
export const compilable = <Schema, Row>(db: Kysely<Schema>, query: RawBuilder<Row>): Compilable<Row> => ({
  compile: () => query.compile(db),
});

/**
 * Fixed statements of a query whose text depends on the request, for instance on the selected columns. Kysely compiles the text once for each
 * shape. Building and compiling a query costs more of Node's time than sending it. Each later run fills in the values. A query with one
 * text is a `fixedStatement`.
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
