import { GraphQLError, type FieldNode } from 'graphql';
import type { LostFields } from '../plan/lost-fields.ts';
import type { PlannedNames } from '../planning/safe-aliases.ts';

/** The names that plans must not use as aliases, and the fields that are null in the answer. */
export interface ShapeTerms extends PlannedNames {
  /** Fields that are null in the answer, even when a subgraph returns a value. */
  readonly hidden: ReadonlySet<FieldNode>;
}

/** The state of shaping one answer: the current path, and the errors found up to now. */
export class ShapeRun {
  /** The client's variables, for introspection. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Missing fields for which the answer already has an error. */
  readonly lost: LostFields;
  /** Errors about values that do not fit the schema. */
  readonly remarks: GraphQLError[] = [];
  /** The path of the object or list that is being built. */
  readonly path: (string | number)[] = [];

  constructor(variables: Readonly<Record<string, unknown>>, lost: LostFields) {
    this.variables = variables;
    this.lost = lost;
  }

  /** Adds an error about a value at `step` below the present path. */
  remark(message: string, ...step: readonly (string | number)[]): void {
    this.remarks.push(new GraphQLError(message, { path: [...this.path, ...step] }));
  }
}

/**
 * Converts a subgraph's non-null value to the answer's value. When the value does not fit the type, it adds an error to
 * `remarks` and returns undefined.
 */
export type Completer = (value: unknown, run: ShapeRun) => unknown;
