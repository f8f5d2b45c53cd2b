import { err, type Failure, type Result, type UniqueViolations } from '../domain/index.ts';

/**
 * Runs `work` and returns the violation of a listed constraint as its failure. Call this function around the unit of work and not inside of
 * it, because the violation has ended the transaction.
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

/** The name of the violated constraint that Postgres reports, even when the ORM has wrapped the error. */
function constraintOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : constraintOf(error.cause);
}
