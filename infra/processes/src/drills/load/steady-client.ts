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
  /** How long a failed operation is retried, in ms. @default 60,000 */
  readonly giveUpAfterMs?: number;
}

/** Thrown when an operation was refused, or when its retries took too long. */
export class NotDoneError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotDoneError';
  }
}

/** Codes of user errors after which the client sends the same request again. */
const TRY_AGAIN = new Set(['SERVICE_UNAVAILABLE', 'CHECKOUT_IN_PROGRESS']);
const PAUSE_MS = { first: 100, longest: 1000 };

/** The field that every mutation payload has. */
interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

type Done<Data> = { readonly [Field in keyof Data]: NonNullable<Data[Field]> };

/** A client that retries failed requests with the same idempotency key, and records every failure. */
export class SteadyClient {
  readonly #http: HttpClient;
  readonly #options: SteadyClientOptions;

  constructor(options: SteadyClientOptions) {
    const { url, headers = {} } = options;
    this.#options = options;
    this.#http = createHttpClient({ url: `${url}/graphql`, headers });
  }

  get log(): LoadLog {
    return this.#options.log;
  }

  /** Runs a query. Resolves when all its fields have data. @throws NotDoneError */
  async read<Data, Variables extends object>(
    document: OperationDocument<'query', Data, Variables>,
    variables: Variables,
  ): Promise<Done<Data>> {
    const data = await this.#repeat(document, variables, (found) =>
      Object.values(found as object).includes(null) ? 'no data' : undefined,
    );
    return data as Done<Data>; // `#repeat` has checked the fields
  }

  /** Runs a mutation with one field and returns its payload. The input must contain the idempotency key. @throws NotDoneError */
  async change<Data, Variables extends object>(
    document: OperationDocument<'mutation', Data, Variables>,
    variables: Variables,
  ): Promise<Done<Data>> {
    const data = await this.#repeat(document, variables, (found) => {
      // Every mutation document of Souk has exactly one field, whose value is the payload.
      const [payload] = Object.values(found as object) as (Payload | null)[];
      if (!payload) return 'no data';
      const [error] = payload.userErrors;
      if (error && !TRY_AGAIN.has(error.code)) throw new NotDoneError(`${error.code}: ${error.message}`);
      // The mutation may have succeeded even when its result could not be read, so it is sent again.
      return error?.code ?? (isIncomplete(payload) ? 'no data' : undefined);
    });
    return data as Done<Data>; // `#repeat` has checked the fields
  }

  /** Sends the operation until it succeeds. @param complaint returns the reason for a retry, or undefined */
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

  /**
   * Sends the operation. The cast is needed because TypeScript cannot decide for a generic operation whether its variables are optional.
   */
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
  // Under Jest a timeout error comes from another realm, so `instanceof Error` is false.
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : String(error);
}

/** Fields that are null in most complete payloads: the next step of a payment, and the second step of a login. */
const OPTIONAL = ['nextAction', 'challenge'];

/** Whether a field of a payload is null that is never null in a complete payload. */
function isIncomplete(payload: Payload): boolean {
  return Object.entries(payload).some(([name, value]) => value === null && !OPTIONAL.includes(name));
}
