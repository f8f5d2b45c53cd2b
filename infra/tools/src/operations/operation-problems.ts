import type { GraphQLError } from 'graphql';

/** A mistake in an operation file, with its position. */
export interface OperationProblem {
  /** The path relative to the folder of operations. */
  readonly file: string;
  /** The line number, counted from 1. */
  readonly line: number;
  readonly message: string;
  /** The remedy, as an imperative sentence without a full stop. */
  readonly remedy: string;
}

/** Thrown for invalid operations. The message has one line per problem, with the file, the line and the remedy. */
export class OperationProblems extends Error {
  constructor(readonly problems: readonly OperationProblem[]) {
    super(`clients/operations cannot be used:\n${problems.map(lineOf).join('\n')}`);
    this.name = 'OperationProblems';
  }
}

/** Converts an error of graphql-js. The sources of the error's nodes must be named after their files. */
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
