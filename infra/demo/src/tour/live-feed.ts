import { dataOf } from './graphql-client.ts';
import { TourFailure } from './tour-failure.ts';

const CONNECT_WITHIN_MS = 60_000;
const HTTP_OK = 200;

interface Message {
  readonly type: string;
  readonly payload?: unknown;
}

/** One subscription over a WebSocket by the protocol graphql-transport-ws, without a client library. */
export class LiveFeed<Event> {
  readonly #socket: WebSocket;
  readonly #onEvent: (event: Event) => void;
  readonly #seen: Event[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #opened = Promise.withResolvers<void>();
  #failure: TourFailure | null = null;

  private constructor(base: string, request: object, onEvent: (event: Event) => void) {
    this.#onEvent = onEvent;
    this.#socket = new WebSocket(`${base.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    this.#socket.onopen = () => this.#send({ type: 'connection_init' });
    this.#socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)), request);
    this.#socket.onclose = ({ code, reason }) =>
      this.#fail(`The server closed the WebSocket (${code} ${reason}). Read its log, then run the tour again.`);
    this.#socket.onerror = () => this.#fail('The WebSocket could not be opened. A proxy may refuse WebSockets.');
  }

  /** Resolves when the server has received the subscription. @param onEvent called with the data of each event */
  static async open<Event>(
    base: string,
    request: { readonly query: string; readonly variables: object },
    onEvent: (event: Event) => void,
  ): Promise<LiveFeed<Event>> {
    const feed = new LiveFeed<Event>(base, request, onEvent);
    const timer = setTimeout(
      () => feed.#fail(`The server did not accept the WebSocket within ${CONNECT_WITHIN_MS / 1000} s.`),
      CONNECT_WITHIN_MS,
    );
    await feed.#opened.promise.finally(() => clearTimeout(timer));
    return feed;
  }

  /**
   * Waits for an event that passes the test.
   * @param what describes the event in the error message
   * @throws TourFailure after `withinMs`
   */
  async until(what: string, test: (event: Event) => boolean, withinMs = 60_000): Promise<void> {
    const timer = setTimeout(
      () => this.#fail(`The subscription delivered no event "${what}" within ${withinMs / 1000} s.`),
      withinMs,
    );
    try {
      while (!this.#seen.some(test)) {
        if (this.#failure) throw this.#failure;
        await new Promise<void>((resolve) => this.#waiting.add(resolve));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#socket.onclose = null;
    this.#socket.close();
  }

  #receive(message: Message, request: object): void {
    if (message.type === 'connection_ack') {
      this.#send({ id: 'tour', type: 'subscribe', payload: request });
      // The server processes messages in order. Its pong therefore proves that the server has received the
      // subscription.
      this.#send({ type: 'ping' });
    } else if (message.type === 'pong') this.#opened.resolve();
    else if (message.type === 'ping') this.#send({ type: 'pong' });
    else if (message.type === 'error')
      this.#fail(`The server refused the subscription: ${JSON.stringify(message.payload)}`);
    else if (message.type === 'next') this.#take(message.payload);
  }

  #take(payload: unknown): void {
    try {
      const event = dataOf<Event>(payload, HTTP_OK);
      this.#seen.push(event);
      this.#onEvent(event);
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
    this.#wake();
  }

  #send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  #fail(reason: string): void {
    this.#failure ??= new TourFailure(reason);
    this.#opened.reject(this.#failure);
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
