import { err, failure, type Failure, type Result } from '../domain/index.ts';

/** Failures by the name of the unique constraint whose violation means them. */
export type UniqueViolations<Violation extends Failure> = Readonly<Record<string, Violation>>;

/**
 * The entries of `UniqueViolations` for constraints with one meaning.
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

/**
 * Runs `work` and returns the violation of a listed constraint as its failure.
 * Call it around the unit of work, not inside: the violation has ended the transaction.
 * @throws every other error of `work`
 */
export async function orViolation<Value, Refusal, Violation extends Failure>(
  violations: UniqueViolations<Violation>,
  work: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | Violation>> {
  try {
    return await work();
  } catch (error) {
    const violation = violations[constraintOf(error)];
    if (!violation) throw error;
    return err(violation);
  }
}

/** The constraint that Postgres reports, also when the ORM has wrapped the error. */
function constraintOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : constraintOf(error.cause);
}
