/** One entry of `errors` in a GraphQL response. */
export interface AnswerError {
  readonly message: string;
  /** The path in `data` to the null that the error caused. */
  readonly path?: readonly (string | number)[];
  /** `code` classifies the error: `FORBIDDEN`, `RATE_LIMITED`, `INTERNAL_SERVER_ERROR`. */
  readonly extensions?: { readonly code?: string } & Readonly<Record<string, unknown>>;
}

/** The arguments of `new SoukError` besides the message. */
export interface SoukErrorDetails {
  readonly code: string;
  readonly errors?: readonly AnswerError[];
  readonly data?: unknown;
  readonly status?: number | null;
  readonly cause?: unknown;
}

/**
 * Thrown when an operation has no complete response. A mutation that the shop refuses does not throw. The payload of
 * such a mutation has `userErrors`.
 */
export class SoukError extends Error {
  /**
   * The `extensions.code` of the first error (`UNAUTHENTICATED`, `RATE_LIMITED`, ...). Without such an error, the code
   * is `NETWORK_ERROR` when there is no response, `INVALID_ANSWER` when the response is not GraphQL, `SOCKET_CLOSED`
   * when the gateway closed the WebSocket permanently.
   */
  readonly code: string;
  readonly errors: readonly AnswerError[];
  /** The partial data of the response. Null when there is no data. */
  readonly data: unknown;
  /** The HTTP status. Null over a WebSocket, and when there is no response. */
  readonly status: number | null;

  constructor(message: string, { code, errors = [], data = null, status = null, cause }: SoukErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SoukError';
    this.code = code;
    this.errors = errors;
    this.data = data;
    this.status = status;
  }

  /** Creates an error from the errors of a response. The first error determines the code. */
  static of(errors: readonly AnswerError[], details: Omit<SoukErrorDetails, 'code' | 'errors'>): SoukError {
    const [first] = errors;
    const code = first?.extensions?.code ?? (first ? 'UNKNOWN' : 'INVALID_ANSWER');
    return new SoukError(first?.message ?? 'The response has neither data nor errors.', { ...details, code, errors });
  }
}
