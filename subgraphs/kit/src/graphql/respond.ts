import { validate, type ValidationError } from 'class-validator';
import { failure, type Failure, type Result } from '../domain/index.ts';
import type { PresentedUserError, UserErrorTypes } from './user-error.types.ts';

/** The payload of a refused mutation: `userErrors` without an entity. */
export interface RefusedPayload {
  readonly userErrors: readonly PresentedUserError[];
}

/**
 * Wraps the service call of a mutation: checks the input by its class-validator decorators, calls the service when the input is valid, and
 * presents the value or the failure. `present` returns the payload without `userErrors`.
 */
export function respondWith(errors: Pick<UserErrorTypes, 'present'>) {
  return async function respond<Value, Payload extends object>(
    input: object,
    work: () => Promise<Result<Value, Failure | readonly Failure[]>>,
    present: (value: Value) => Payload,
  ): Promise<(Payload & RefusedPayload) | RefusedPayload> {
    const invalid = await inputFailures(input);
    if (invalid.length > 0) return { userErrors: invalid.map(errors.present) };
    const result = await work();
    if (result.ok) return { ...present(result.value), userErrors: [] };
    return { userErrors: [result.error].flat().map((each) => errors.present(each)) };
  };
}

/** The violated constraints of an input, each with the path to its field. */
export async function inputFailures(input: object): Promise<Failure[]> {
  return (await validate(input, { forbidUnknownValues: false, skipMissingProperties: false })).flatMap((error) =>
    failuresOf(error, []),
  );
}

function failuresOf({ property, constraints, children }: ValidationError, parents: readonly string[]): Failure[] {
  const path = [...parents, property];
  const own = reported(constraints ?? {}).map((message) => failure('INVALID_INPUT', message, path));
  return [...own, ...(children ?? []).flatMap((child) => failuresOf(child, path))];
}

/** The violations to report for a field. Null violates all constraints of its field, but only the refusal of null is reported. */
function reported(constraints: Readonly<Record<string, string>>): string[] {
  return constraints['isDefined'] ? [constraints['isDefined']] : Object.values(constraints);
}
