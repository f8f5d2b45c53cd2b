import type { GraphQLError } from 'graphql';

/** Something in an operation file that its author has to change. */
export interface OperationProblem {
  /** Relative to the folder of the operations. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
  /** What to do about it: an imperative sentence without its full stop. */
  readonly remedy: string;
}

/** Thrown when operations cannot be used. Every problem is a line that names the file, the line and the remedy. */
export class OperationProblems extends Error {
  constructor(readonly problems: readonly OperationProblem[]) {
    super(`clients/operations cannot be used:\n${problems.map(lineOf).join('\n')}`);
    this.name = 'OperationProblems';
  }
}

/** An error of graphql-js, whose nodes came from files that gave their sources their names. */
export function problemOf(error: GraphQLError, remedy: string): OperationProblem {
  return {
    file: error.source?.name ?? 'unknown file',
    line: error.locations?.[0]?.line ?? 1,
    message: error.message,
    remedy,
  };
}

function lineOf({ file, line, message, remedy }: OperationProblem): string {
  const sentence = message.replace(/\s+/g, ' ');
  return `- clients/operations/${file}:${line}: ${sentence}${/[.?]$/.test(sentence) ? '' : '.'} ${remedy}.`;
}
