/** An error of a GraphQL response. */
export interface AnswerError {
  readonly message: string;
  /** Path in `data` to the null that the error caused. */
  readonly path?: readonly (string | number)[];
  /** `code` identifies the error: `FORBIDDEN`, `RATE_LIMITED`, `INTERNAL_SERVER_ERROR`. */
  readonly extensions?: { readonly code?: string } & Readonly<Record<string, unknown>>;
}

/** Properties of a SoukError. */
export interface SoukErrorDetails {
  readonly code: string;
  readonly errors?: readonly AnswerError[];
  readonly data?: unknown;
  readonly status?: number | null;
  readonly cause?: unknown;
}

/** An operation without a complete response. A refusal of a mutation is not an error: it is in the `userErrors` of the payload. */
export class SoukError extends Error {
  /**
   * `extensions.code` of the first error (`UNAUTHENTICATED`, `RATE_LIMITED`, ...). `NETWORK_ERROR` without a response, `INVALID_ANSWER`
   * for a response that is not GraphQL, `SOCKET_CLOSED` for a socket that the gateway closed for good.
   */
  readonly code: string;
  /** All errors of the response. */
  readonly errors: readonly AnswerError[];
  /** Partial data of the response. Null without data. */
  readonly data: unknown;
  /** HTTP status. Null for a socket, and without a response. */
  readonly status: number | null;

  constructor(message: string, { code, errors = [], data = null, status = null, cause }: SoukErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SoukError';
    this.code = code;
    this.errors = errors;
    this.data = data;
    this.status = status;
  }

  /** Creates an error from the errors of a response. The code is the one of the first error. */
  static of(errors: readonly AnswerError[], details: Omit<SoukErrorDetails, 'code' | 'errors'>): SoukError {
    const [first] = errors;
    const code = first?.extensions?.code ?? (first ? 'UNKNOWN' : 'INVALID_ANSWER');
    return new SoukError(first?.message ?? 'The response has neither data nor errors.', { ...details, code, errors });
  }
}
