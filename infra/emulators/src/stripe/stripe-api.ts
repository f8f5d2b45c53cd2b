import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Fault, Faults } from '../server/faults.ts';
import { readForm } from './form-body.ts';
import type { StripeBooks } from './stripe-books.ts';
import { invalidRequest, StripeFailure, type StripeFailureBody } from './stripe-failure.ts';
import type { StripeRequests } from './stripe-requests.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Error codes that Stripe does not store under the idempotency key, because the request was not executed
 * (docs.stripe.com/api/idempotent_requests).
 */
const NOT_EXECUTED = new Set(['parameter_unknown', 'parameter_missing', 'parameter_invalid_integer']);

/** Handles API requests: authentication, idempotency keys and injected failures. */
export class StripeApi {
  readonly requests: string[] = [];
  readonly #requests: StripeRequests;
  readonly #books: StripeBooks;
  readonly #faults: Faults;

  constructor(requests: StripeRequests, books: StripeBooks, faults: Faults) {
    this.#requests = requests;
    this.#books = books;
    this.#faults = faults;
  }

  /**
   * @returns the response, or a fault without a response: BEFORE and AFTER close the connection, SILENT keeps it open
   */
  answer(
    { method = 'GET', url = '', headers }: IncomingMessage,
    body: string,
  ): ApiAnswer | Exclude<Fault['how'], number> {
    const [path = '', query = ''] = url.split('?');
    const request = `${method} ${path}`;
    this.requests.push(request);
    const fault = this.#faults.take(request);
    if (fault === 'BEFORE') return fault;
    if (typeof fault === 'number') return failureAnswer(fault, { type: 'api_error', message: 'An error on demand.' });
    const answer = /^Bearer sk_\w+$/.test(headers.authorization ?? '')
      ? this.#once(request, method === 'GET' ? query : body, headers['idempotency-key'])
      : failureAnswer(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' });
    return fault ?? answer;
  }

  #once(request: string, body: string, key: string | string[] | undefined): ApiAnswer {
    if (typeof key !== 'string') return this.#run(request, body);
    const identity = `${request} ${body}`;
    const stored = this.#books.answerOf(key);
    if (stored && stored.request !== identity)
      return failureAnswer(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    if (stored) return answerOf(stored.status, stored.body, { 'idempotent-replayed': 'true' });
    const answer = this.#run(request, body);
    if (!isNotExecuted(answer)) this.#books.store(key, { request: identity, status: answer.status, body: answer.body });
    return answer;
  }

  #run(request: string, body: string): ApiAnswer {
    try {
      const [method = '', path = ''] = request.split(' ');
      const found = this.#requests.find(method, path);
      if (!found) throw invalidRequest(`Unrecognized request URL (${method}: ${path}).`, {}, 404);
      return answerOf(200, JSON.stringify(found.run(readForm(body))));
    } catch (error) {
      if (!(error instanceof StripeFailure)) throw error;
      return failureAnswer(error.status, error.body);
    }
  }
}

function failureAnswer(status: number, error: StripeFailureBody): ApiAnswer {
  return answerOf(status, JSON.stringify({ error }));
}

function answerOf(status: number, body: string, headers: Readonly<Record<string, string>> = {}): ApiAnswer {
  return { status, body, headers: { 'request-id': `req_${randomBytes(8).toString('hex')}`, ...headers } };
}

function isNotExecuted({ status, body }: ApiAnswer): boolean {
  if (status !== 400) return false;
  const { error } = JSON.parse(body) as { error: StripeFailureBody };
  return NOT_EXECUTED.has(error.code ?? '') || error.message.startsWith('Invalid ');
}
