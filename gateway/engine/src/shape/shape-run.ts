import { GraphQLError, type FieldNode } from 'graphql';
import type { LostFields } from '../plan/lost-fields.ts';
import type { PlannedNames } from '../planning/safe-aliases.ts';

/** Further inputs of an operation's answers. */
export interface ShapeTerms extends PlannedNames {
  /** Fields that are null in the response, also when a subgraph returns a value. */
  readonly hidden: ReadonlySet<FieldNode>;
}

/** One answer that is being built. */
export class ShapeRun {
  /** The client's variables, for introspection. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Missing fields with a known cause. */
  readonly lost: LostFields;
  /** Errors about values that do not fit the schema. */
  readonly remarks: GraphQLError[] = [];
  /** The path of the present object or list. */
  readonly path: (string | number)[] = [];

  constructor(variables: Readonly<Record<string, unknown>>, lost: LostFields) {
    this.variables = variables;
    this.lost = lost;
  }

  /** Adds a remark about a value at `step` below the present path. */
  remark(message: string, ...step: readonly (string | number)[]): void {
    this.remarks.push(new GraphQLError(message, { path: [...this.path, ...step] }));
  }
}

/** Converts a subgraph's non-null value to the answer's value. Returns undefined, and adds a remark, when the value does not fit. */
export type Completer = (value: unknown, run: ShapeRun) => unknown;
