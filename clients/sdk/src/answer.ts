import { SoukError, type AnswerError } from './souk-error.ts';

/** What an operation answered: all it asked for, or a part with the errors of the rest, or errors alone. */
export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly AnswerError[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** The only members that a GraphQL answer may have (GraphQL, section 7.1). A problem of REST has `errors` too, beside others. */
const MEMBERS: readonly string[] = ['data', 'errors', 'extensions'];

/** @throws SoukError with the code `INVALID_ANSWER` when the value is not a GraphQL answer. */
export function answerOf<Data>(value: unknown, status: number | null): Answer<Data> {
  if (!isAnswer(value)) {
    const message = 'The response is not a GraphQL answer. Is the address the one of a GraphQL endpoint?';
    throw new SoukError(message, { code: 'INVALID_ANSWER', status });
  }
  // The gateway answers what the operation selects, and the types are made from its schema.
  const { data = null, errors = [], extensions = {} } = value as Partial<Answer<Data>>;
  return { data, errors, extensions };
}

function isAnswer(value: unknown): boolean {
  if (!isRecord(value) || !('data' in value || 'errors' in value)) return false;
  return Object.keys(value).every((member) => MEMBERS.includes(member));
}

/** The data of an answer without errors. @throws SoukError with the errors and what data there is. */
export function completeData<Data>({ data, errors }: Answer<Data>, status: number | null): Data {
  if (errors.length > 0 || data === null) throw SoukError.of(errors, { data, status });
  return data;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
