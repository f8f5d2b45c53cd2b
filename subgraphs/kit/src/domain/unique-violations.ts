import { failure, type Failure } from './failure.ts';

/** The failure for the violation of each unique constraint, by the name of the constraint. */
export type UniqueViolations<Violation extends Failure> = Readonly<Record<string, Violation>>;

/**
 * The entries of `UniqueViolations` for several constraints with the same failure.
 * @param message a sentence for the person whose input violated the constraint
 * @param field the field of the input that must change
 */
export function uniqueViolations<const Code extends string>(
  constraints: readonly string[],
  code: Code,
  message: string,
  field: string,
): Record<string, Failure<Code>> {
  return Object.fromEntries(constraints.map((constraint) => [constraint, failure(code, message, [field])]));
}
