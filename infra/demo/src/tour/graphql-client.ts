import type { Payload } from './answers.ts';
import { TourFailure } from './tour-failure.ts';

const ANSWER_WITHIN_MS = 15_000;

/** GraphQL over plain HTTP. */
export class GraphQLClient {
  readonly #url: string;
  readonly #authorization: string | null;

  /** @param base of the server, like `http://127.0.0.1:4000` */
  constructor(base: string, accessToken: string | null = null) {
    this.#url = `${base}/graphql`;
    this.#authorization = accessToken && `Bearer ${accessToken}`;
  }

  /** Sends a query. @throws TourFailure when nobody answers, or with errors. */
  async ask<Data>(query: string, variables: object): Promise<Data> {
    const response = await this.#post({ query, variables });
    return dataOf<Data>(await response.json().catch(() => null), response.status);
  }

  /** Sends a mutation that has one field. @throws TourFailure also for userErrors. */
  async change<Made>(mutation: string, input: object): Promise<Made> {
    const data = await this.ask<Record<string, Payload<Made>>>(mutation, { input });
    const [payload] = Object.values(data);
    if (!payload) throw new TourFailure('Souk answered a mutation with nothing.');
    const [error] = payload.userErrors;
    if (error) throw new TourFailure(`Souk refused: ${error.message}`);
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
    return new TourFailure(`${url} did not answer within ${ANSWER_WITHIN_MS / 1000} s.`);
  }
  return new TourFailure(
    `No Souk answers at ${url}. Start one with "npm start" in another terminal, then run this again.`,
  );
}

/** The data of a GraphQL answer. @throws TourFailure when it is none, or has errors. */
export function dataOf<Data>(answer: unknown, httpStatus: number): Data {
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new TourFailure(`That is not Souk: its /graphql answered with HTTP status ${httpStatus}.`);
  }
  if ('errors' in answer && Array.isArray(answer.errors) && answer.errors.length > 0) {
    const messages = answer.errors.map((error: unknown) => messageOf(error));
    throw new TourFailure(`Souk answered with errors: ${messages.join('; ')}`);
  }
  if (!('data' in answer) || answer.data === null) throw new TourFailure('Souk answered without data.');
  return answer.data as Data; // the server validated the operation that Data describes
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : JSON.stringify(error);
}
