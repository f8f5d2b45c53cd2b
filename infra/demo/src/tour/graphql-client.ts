import type { Payload } from './answers.ts';
import { TourFailure } from './tour-failure.ts';

const ANSWER_WITHIN_MS = 15_000;

/** Sends GraphQL operations over HTTP, with an optional access token. */
export class GraphQLClient {
  readonly #url: string;
  readonly #authorization: string | null;

  /** @param base URL of the server, such as `http://127.0.0.1:4000` @param accessToken null for an anonymous caller */
  constructor(base: string, accessToken: string | null = null) {
    this.#url = `${base}/graphql`;
    this.#authorization = accessToken && `Bearer ${accessToken}`;
  }

  /**
   * Sends an operation.
   * @returns the data
   * @throws TourFailure when the server does not respond, or when the response has errors
   */
  async ask<Data>(query: string, variables: object): Promise<Data> {
    const response = await this.#post({ query, variables });
    return dataOf<Data>(await response.json().catch(() => null), response.status);
  }

  /**
   * Sends a mutation with one field.
   * @returns the payload of the field
   * @throws TourFailure when `ask` throws, or when the payload has user errors
   */
  async change<Result>(mutation: string, input: object): Promise<Result> {
    const data = await this.ask<Record<string, Payload<Result>>>(mutation, { input });
    const [payload] = Object.values(data);
    if (!payload) throw new TourFailure('Souk returned no payload for a mutation. Read the log of the server.');
    const [error] = payload.userErrors;
    if (error) throw new TourFailure(`Souk refused a mutation: ${error.message}`);
    return payload;
  }

  async #post(body: object): Promise<Response> {
    try {
      return await fetch(this.#url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          ...(this.#authorization && { authorization: this.#authorization }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
    } catch (error) {
      throw unreachable(this.#url, error);
    }
  }
}

function unreachable(url: string, error: unknown): TourFailure {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new TourFailure(`${url} sent no response within ${ANSWER_WITHIN_MS / 1000} s. Read the log of the server.`);
  }
  return new TourFailure(
    `No Souk answers at ${url}. Start one with "npm start" in another terminal, then run this again.`,
  );
}

/** Returns the data of a GraphQL response. @throws TourFailure when the response is not GraphQL, or has errors */
export function dataOf<Data>(answer: unknown, httpStatus: number): Data {
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new TourFailure(
      `The server is not Souk: its /graphql returned HTTP status ${httpStatus} without a GraphQL response. Give the URL of a Souk.`,
    );
  }
  if ('errors' in answer && Array.isArray(answer.errors) && answer.errors.length > 0) {
    const messages = answer.errors.map((error: unknown) => messageOf(error));
    throw new TourFailure(`Souk returned errors: ${messages.join('; ')}`);
  }
  if (!('data' in answer) || answer.data === null)
    throw new TourFailure('Souk returned neither data nor errors. Read the log of the server.');
  return answer.data as Data; // The server validated the operation whose fields Data describes.
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : JSON.stringify(error);
}
