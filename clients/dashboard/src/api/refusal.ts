/** The first failure of a mutation that the server expected: an entry of `userErrors`. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field?: readonly string[] | null;
  /** The version on the server. Only a refusal with the code `VERSION_CONFLICT` has it. */
  readonly currentVersion?: number;
}

/** Thrown when the server refuses a mutation with user errors. Its message is the message of the first user error. */
export class RefusalError extends Error {
  readonly refusal: Refusal;
  /** All user errors of the payload. A form shows each error at its field. */
  readonly refusals: readonly Refusal[];

  constructor(refusal: Refusal, others: readonly Refusal[] = []) {
    super(refusal.message);
    this.name = 'RefusalError';
    this.refusal = refusal;
    this.refusals = [refusal, ...others];
  }
}

/**
 * Returns the payload of a mutation that succeeded.
 * @throws RefusalError when the payload has a user error
 */
export function accepted<Payload extends { readonly userErrors: readonly Refusal[] }>(
  payload: Payload | null,
): Payload {
  if (payload === null) throw new RefusalError({ code: 'NO_PAYLOAD', message: 'The server returned no result.' });
  const [refusal, ...others] = payload.userErrors;
  if (refusal) throw new RefusalError(refusal, others);
  return payload;
}

/** Whether the server refused a change because the object has changed since the caller read its version. */
export function isConflict(error: unknown): error is RefusalError {
  return error instanceof RefusalError && error.refusal.code === 'VERSION_CONFLICT';
}
