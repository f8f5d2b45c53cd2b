import { setTimeout as after } from 'node:timers/promises';
import {
  createHttpClient,
  SoukError,
  type Answer,
  type HeaderSource,
  type HttpClient,
  type OperationDocument,
} from '@souk/sdk';
import type { LoadLog } from './load-log.ts';

export interface SteadyClientOptions {
  /** URL of the server, without a trailing slash. */
  readonly url: string;
  readonly headers?: HeaderSource;
  readonly log: LoadLog;
  /** Timeout of one request, in ms. @default 15,000 */
  readonly patienceMs?: number;
  /** How long an operation is retried, in ms. Then it fails. @default 60,000 */
  readonly giveUpAfterMs?: number;
}

/** Thrown when an operation was refused, or was retried for too long. */
export class NotDoneError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotDoneError';
  }
}

/** User error codes that require a retry of the same request. */
const TRY_AGAIN = new Set(['SERVICE_UNAVAILABLE', 'CHECKOUT_IN_PROGRESS']);
const PAUSE_MS = { first: 100, longest: 1000 };

/** The members that the payloads of all mutations have. */
interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

type Done<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };

/** A well-behaved client: it retries failed requests with the same idempotency key, and records every failure. */
export class SteadyClient {
  readonly #http: HttpClient;
  readonly #options: SteadyClientOptions;

  constructor(options: SteadyClientOptions) {
    const { url, headers = {} } = options;
    this.#options = options;
    this.#http = createHttpClient({ url: `${url}/graphql`, headers });
  }

  /** The log of this client's requests. */
  get log(): LoadLog {
    return this.#options.log;
  }

  /** The data of a query, with all its fields. @throws NotDoneError */
  async read<Data, Variables extends object>(
    document: OperationDocument<'query', Data, Variables>,
    variables: Variables,
  ): Promise<Done<Data>> {
    const data = await this.#repeat(document, variables, (found) =>
      Object.values(found as object).includes(null) ? 'no data' : undefined,
    );
    return data as Done<Data>; // `#repeat` has checked the fields
  }

  /** The payload of a mutation with one field. The input must contain the idempotency key. @throws NotDoneError */
  async change<Data, Variables extends object>(
    document: OperationDocument<'mutation', Data, Variables>,
    variables: Variables,
  ): Promise<Done<Data>> {
    const data = await this.#repeat(document, variables, (found) => {
      // The payload is the only field, because every mutation of Souk has one field, with userErrors.
      const [payload] = Object.values(found as object) as (Payload | null)[];
      if (!payload) return 'no data';
      const [error] = payload.userErrors;
      if (error && !TRY_AGAIN.has(error.code)) throw new NotDoneError(`${error.code}: ${error.message}`);
      // The mutation may have succeeded although its result could not be read.
      return error?.code ?? (isIncomplete(payload) ? 'no data' : undefined);
    });
    return data as Done<Data>; // `#repeat` has checked the fields
  }

  /** @param complaint returns the reason why the operation must be retried, or undefined */
  async #repeat<Data, Variables extends object>(
    document: OperationDocument<'query' | 'mutation', Data, Variables>,
    variables: Variables,
    complaint: (data: Data) => string | undefined,
  ): Promise<Data> {
    const giveUpAt = performance.now() + (this.#options.giveUpAfterMs ?? 60_000);
    for (let pause = PAUSE_MS.first; ; pause = Math.min(2 * pause, PAUSE_MS.longest)) {
      const answer = await this.#once(document, variables, complaint);
      if ('data' in answer) return answer.data;
      if (performance.now() > giveUpAt)
        throw new NotDoneError(`${document.name} still failed after all retries: ${answer.reason}`);
      await after(pause * (0.5 + Math.random() / 2));
    }
  }

  /** Sends the operation. A cast is needed because the compiler cannot decide whether the variables of any operation are optional. */
  #ask<Data, Variables extends object>(
    document: OperationDocument<'query' | 'mutation', Data, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): Promise<Answer<Data>> {
    return this.#http.ask(document as OperationDocument<'query' | 'mutation', Data, object>, variables, { signal });
  }

  async #once<Data, Variables extends object>(
    document: OperationDocument<'query' | 'mutation', Data, Variables>,
    variables: Variables,
    complaint: (data: Data) => string | undefined,
  ): Promise<{ readonly data: Data } | { readonly reason: string }> {
    const { log, patienceMs = 15_000 } = this.#options;
    const at = performance.now();
    const failed = (reason: string) => {
      log.failures.push({ at, tookMs: performance.now() - at, operation: document.name, reason });
      return { reason };
    };
    log.requests += 1;
    try {
      const { data, errors } = await this.#ask(document, variables, AbortSignal.timeout(patienceMs));
      if (data === null) return failed(errors[0]?.extensions?.code ?? 'no data');
      const why = complaint(data);
      if (why !== undefined) return failed(errors[0]?.extensions?.code ?? why);
      if (errors.length > 0) log.partialAnswers += 1;
      return { data };
    } catch (error) {
      if (error instanceof NotDoneError) throw error;
      return failed(reasonOf(error));
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof SoukError) return error.status === null ? error.code : `${error.code} ${error.status}`;
  // The timeout's error comes from another realm, so `instanceof Error` is false under Jest.
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : String(error);
}

/** Whether a member of a payload is null. `nextAction` does not count, because it is null in most complete payloads. */
function isIncomplete(payload: Payload): boolean {
  return Object.entries(payload).some(([name, value]) => value === null && name !== 'nextAction');
}
