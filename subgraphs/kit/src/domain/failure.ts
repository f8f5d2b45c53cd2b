import { err, ok, type Result } from './result.ts';

/**
 * An expected failure, as services return it. It becomes a `userError`: `code` is UPPER_SNAKE, `field` the path into the
 * mutation's input (`['lines', '0', 'quantity']`), `message` a sentence for a person that says what to do.
 */
export interface Failure<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  readonly field?: readonly string[];
}

/** Returned when `expectedVersion` is not the aggregate's version any more. */
export interface VersionConflict extends Failure<'VERSION_CONFLICT'> {
  readonly currentVersion: number;
}

/** Returned when an idempotency key comes back with another input. */
export type IdempotencyKeyReused = Failure<'IDEMPOTENCY_KEY_REUSED'>;

export function failure<const Code extends string>(
  code: Code,
  message: string,
  field?: readonly string[],
): Failure<Code> {
  return field ? { code, message, field } : { code, message };
}

/** Checks the optional `expectedVersion` of a mutation. Without one, the last writer wins. */
export function expectVersion(
  currentVersion: number,
  expectedVersion: number | null | undefined,
): Result<void, VersionConflict> {
  if (expectedVersion === null || expectedVersion === undefined || expectedVersion === currentVersion)
    return ok(undefined);
  return err({
    code: 'VERSION_CONFLICT',
    message: `It was changed meanwhile and is at version ${currentVersion} now; read it again and repeat the change`,
    field: ['expectedVersion'],
    currentVersion,
  });
}
