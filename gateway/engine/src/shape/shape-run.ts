import { GraphQLError, type FieldNode } from 'graphql';
import type { LostFields } from '../plan/lost-fields.ts';
import type { PlannedNames } from '../planning/safe-aliases.ts';

/** What else an operation's answers depend on. */
export interface ShapeTerms extends PlannedNames {
  /** Fields that come out as null whatever the subgraphs say. */
  readonly hidden: ReadonlySet<FieldNode>;
}

/** One answer being put together. */
export class ShapeRun {
  /** As the client sent them, for introspection. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What objects lack for a reason that is known. */
  readonly lost: LostFields;
  /** What did not fit the schema. */
  readonly remarks: GraphQLError[] = [];
  /** Where we are, down to the object or list at hand. */
  readonly path: (string | number)[] = [];

  constructor(variables: Readonly<Record<string, unknown>>, lost: LostFields) {
    this.variables = variables;
    this.lost = lost;
  }

  /** Notes that what stands at `step` of the place at hand does not fit. */
  remark(message: string, ...step: readonly (string | number)[]): void {
    this.remarks.push(new GraphQLError(message, { path: [...this.path, ...step] }));
  }
}

/** Makes an answer's value of a subgraph's value that is not null; undefined when it does not fit, which has been noted. */
export type Completer = (value: unknown, run: ShapeRun) => unknown;
