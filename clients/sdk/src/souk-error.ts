/** An error of an answer, as GraphQL has it. */
export interface AnswerError {
  readonly message: string;
  /** Where in `data` there is null because of it. */
  readonly path?: readonly (string | number)[];
  /** `code` says what it is: `FORBIDDEN`, `RATE_LIMITED`, `INTERNAL_SERVER_ERROR`. */
  readonly extensions?: { readonly code?: string } & Readonly<Record<string, unknown>>;
}

/** What is known of a failure. */
export interface SoukErrorDetails {
  readonly code: string;
  readonly errors?: readonly AnswerError[];
  readonly data?: unknown;
  readonly status?: number | null;
  readonly cause?: unknown;
}

/** Why there is no complete answer. What a mutation refuses is none: that is in the `userErrors` of its payload. */
export class SoukError extends Error {
  /**
   * `extensions.code` of the first error (`UNAUTHENTICATED`, `RATE_LIMITED`, ...); `NETWORK_ERROR` where nobody answered,
   * `INVALID_ANSWER` where something else than Souk did, `SOCKET_CLOSED` where a socket was closed for good.
   */
  readonly code: string;
  /** All errors of the answer. */
  readonly errors: readonly AnswerError[];
  /** What the answer has of data all the same; null for nothing. */
  readonly data: unknown;
  /** Of HTTP; null for a socket, and where nobody answered. */
  readonly status: number | null;

  constructor(message: string, { code, errors = [], data = null, status = null, cause }: SoukErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SoukError';
    this.code = code;
    this.errors = errors;
    this.data = data;
    this.status = status;
  }

  /** Of an answer's errors. */
  static of(errors: readonly AnswerError[], details: Omit<SoukErrorDetails, 'code' | 'errors'>): SoukError {
    const [first] = errors;
    const code = first?.extensions?.code ?? (first ? 'UNKNOWN' : 'INVALID_ANSWER');
    return new SoukError(first?.message ?? 'The answer has neither data nor errors', { ...details, code, errors });
  }
}
