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

/** Returned when something that an input names does not exist, or is not the caller's. */
export type NotFound = Failure<'NOT_FOUND'>;

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

/**
 * The aggregate that a mutation changes, if it exists and has the version that the caller expects.
 * @param noun the word for the aggregate in the message: "product"
 */
export function changeable<Found extends { readonly version: number }>(
  found: Found | null,
  { expectedVersion }: { readonly expectedVersion?: number | null | undefined },
  noun: string,
): Result<Found, NotFound | VersionConflict> {
  if (!found) return err(failure('NOT_FOUND', `There is no ${noun} with this id`, ['id']));
  const expected = expectVersion(found.version, expectedVersion);
  return expected.ok ? ok(found) : expected;
}
