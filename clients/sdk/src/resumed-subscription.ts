import { answerOf } from './answer.ts';
import { wantsText, type OperationRequest } from './operation-request.ts';
import { pauseMs } from './reconnection.ts';
import { ResumePoint } from './resume-point.ts';
import { SoukError, type AnswerError } from './souk-error.ts';
import type { Subscriber } from './subscription-client.ts';
import type { SubscriptionTransport } from './subscription-transport.ts';

/** The two forms of a request: by id, and by text for a gateway that does not know the id. */
export interface SubscriptionRequests {
  readonly byId: OperationRequest;
  readonly byText: OperationRequest;
}

/** One subscription. When its connection breaks, it continues over the next connection. */
export class ResumedSubscription<Data> {
  readonly #transport: SubscriptionTransport;
  readonly #subscriber: Subscriber<Data>;
  readonly #attempts: number;
  readonly #byText: OperationRequest;
  readonly #point = new ResumePoint();
  #request: OperationRequest;
  #failures = 0;
  #hasMissed = false;
  #hasStarted = false;
  #over = false;
  #release: () => void = () => undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** @param attempts the number of consecutive attempts to subscribe again while the subgraph is unavailable */
  constructor(
    transport: SubscriptionTransport,
    { byId, byText }: SubscriptionRequests,
    subscriber: Subscriber<Data>,
    attempts: number,
  ) {
    this.#transport = transport;
    this.#subscriber = subscriber;
    this.#attempts = attempts;
    this.#request = byId;
    this.#byText = byText;
  }

  begin(): void {
    if (this.#over) return;
    this.#release = this.#transport.subscribe(this.#payload(), {
      next: (value) => this.#next(value),
      error: (failure) => this.#failed(failure),
      complete: () => this.#completed(),
    });
  }

  /** Ends the subscription. The subscriber receives no further message. */
  end(): void {
    this.#over = true;
    clearTimeout(this.#pause);
    this.#release();
  }

  /**
   * graphql-ws and graphql-sse serialize the payload on each new connection. The getter therefore returns the latest
   * position each time.
   */
  #payload(): OperationRequest {
    const { extensions, ...request } = this.#request;
    const point = this.#point;
    return {
      ...request,
      extensions: {
        ...extensions,
        resumable: true,
        get resumeAfter() {
          return point.position;
        },
      },
    };
  }

  #next(value: Parameters<ResumePoint['isNew']>[0]): void {
    this.#failures = 0;
    if (this.#over) return;
    const isNew = this.#point.isNew(value);
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      this.#subscriber.started?.();
    }
    if (this.#hasMissed) {
      this.#hasMissed = false;
      this.#subscriber.missed?.();
    }
    if (isNew) this.#subscriber.next(answerOf<Data>(value, null));
  }

  #completed(): void {
    if (this.#over) return;
    this.#over = true;
    this.#subscriber.complete?.();
  }

  #failed(failure: unknown): void {
    if (this.#over) return;
    const errors = errorsOf(failure);
    if (this.#request !== this.#byText && wantsText(errors)) {
      this.#request = this.#byText;
      return this.begin();
    }
    if (hasCode(errors, 'RESUME_POSITION_LOST') && this.#subscriber.missed) {
      this.#point.forget();
      this.#hasMissed = true;
      return this.begin();
    }
    if (hasCode(errors, 'SUBGRAPH_UNAVAILABLE') && this.#failures < this.#attempts) return this.#beginLater();
    this.#over = true;
    this.#subscriber.error(socketError(failure, errors));
  }

  #beginLater(): void {
    this.#pause = setTimeout(() => this.begin(), pauseMs(this.#failures, Math.random()));
    this.#failures += 1;
  }
}

/** Returns the GraphQL errors of a failure. graphql-ws reports them as an array. */
function errorsOf(failure: unknown): readonly AnswerError[] {
  return Array.isArray(failure) ? failure.map((each: AnswerError) => each) : [];
}

function hasCode(errors: readonly AnswerError[], code: string): boolean {
  return errors.some(({ extensions }) => extensions?.code === code);
}

function socketError(failure: unknown, errors: readonly AnswerError[]): SoukError {
  if (failure instanceof SoukError) return failure;
  if (errors.length > 0) return SoukError.of(errors, {});
  if (isClose(failure))
    return new SoukError(failure.reason || `The gateway closed the socket (${failure.code}).`, SOCKET_CLOSED);
  return new SoukError('The connection cannot be opened. Check the URL and the network.', {
    code: 'NETWORK_ERROR',
    cause: failure,
  });
}

const SOCKET_CLOSED = { code: 'SOCKET_CLOSED' };

function isClose(failure: unknown): failure is { readonly code: number; readonly reason: string } {
  return typeof failure === 'object' && failure !== null && 'code' in failure && 'reason' in failure;
}
