/** The first failure of a mutation that the server expected: an entry of `userErrors`. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field?: readonly string[] | null;
  /** With the code `VERSION_CONFLICT`. */
  readonly currentVersion?: number;
}

/** A mutation that the server refused. */
export class RefusalError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'RefusalError';
    this.refusal = refusal;
  }
}

/**
 * The payload of a mutation.
 * @throws RefusalError when the payload has a user error
 */
export function accepted<Payload extends { readonly userErrors: readonly Refusal[] }>(
  payload: Payload | null,
): Payload {
  if (payload === null) throw new RefusalError({ code: 'NO_PAYLOAD', message: 'The server returned no result.' });
  const [refusal] = payload.userErrors;
  if (refusal) throw new RefusalError(refusal);
  return payload;
}

/** Whether another change came first: the version that the caller saw is not the present one. */
export function isConflict(error: unknown): error is RefusalError {
  return error instanceof RefusalError && error.refusal.code === 'VERSION_CONFLICT';
}
