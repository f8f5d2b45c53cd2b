import { SoukError, type AnswerError } from './souk-error.ts';

/** The response to an operation: complete data, partial data with errors, or only errors. */
export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly AnswerError[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/**
 * The only members of a GraphQL response (GraphQL, section 7.1). A problem response of the REST API also has `errors`,
 * but has other members too.
 */
const MEMBERS: readonly string[] = ['data', 'errors', 'extensions'];

/**
 * Parses a response.
 * @param status HTTP status. Null for a WebSocket.
 * @throws SoukError with the code `INVALID_ANSWER` when the value is not a GraphQL response.
 */
export function answerOf<Data>(value: unknown, status: number | null): Answer<Data> {
  if (!isAnswer(value)) {
    const message = 'The response is not a GraphQL response. Check that the URL is the one of a GraphQL endpoint.';
    throw new SoukError(message, { code: 'INVALID_ANSWER', status });
  }
  // The cast is safe, because the gateway returns the selected fields, and the types are generated from the gateway's
  // schema.
  const { data = null, errors = [], extensions = {} } = value as Partial<Answer<Data>>;
  return { data, errors, extensions };
}

function isAnswer(value: unknown): boolean {
  if (!isRecord(value) || !('data' in value || 'errors' in value)) return false;
  return Object.keys(value).every((member) => MEMBERS.includes(member));
}

/**
 * Returns the data of a response without errors.
 * @throws SoukError with the errors and the partial data, for a response with errors
 */
export function completeData<Data>({ data, errors }: Answer<Data>, status: number | null): Data {
  if (errors.length > 0 || data === null) throw SoukError.of(errors, { data, status });
  return data;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
