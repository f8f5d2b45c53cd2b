import { GraphQLError, type FieldNode } from 'graphql';

/** What else an operation's answers depend on. */
export interface ShapeTerms {
  /** Fields that come out as null whatever the subgraphs say. */
  readonly hidden: ReadonlySet<FieldNode>;
  /** Names that plans do not use as aliases: see `plannedName`. */
  readonly reserved: ReadonlySet<string>;
}

/** One answer being put together. */
export class ShapeRun {
  /** As the client sent them, for introspection. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What did not fit the schema. */
  readonly remarks: GraphQLError[] = [];
  /** Where we are, down to the object or list at hand. */
  readonly path: (string | number)[] = [];

  constructor(variables: Readonly<Record<string, unknown>>) {
    this.variables = variables;
  }

  /** Notes that what stands at `step` of the place at hand does not fit. */
  remark(message: string, ...step: readonly (string | number)[]): void {
    const path = [...this.path, ...step];
    this.remarks.push(new GraphQLError(message, { path, extensions: { code: 'INVALID_GRAPHQL' } }));
  }
}

/** Makes an answer's value of a subgraph's value that is not null; undefined when it does not fit, which has been noted. */
export type Completer = (value: unknown, run: ShapeRun) => unknown;
