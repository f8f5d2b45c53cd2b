import { createClient, type Client, type FormattedExecutionResult, type Sink, type SubscribePayload } from 'graphql-ws';
import { setTimeout as after } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { FastifyBaseLogger } from 'fastify';
import { keepExact } from '@souk/engine/json';
import { pauseMs } from './backoff.ts';
import type { RemoteSocketOptions } from './remote-options.ts';

/** Options of a socket to a subgraph. */
export interface UpstreamSocketOptions extends Required<Omit<RemoteSocketOptions, 'authority' | 'leavesRefusing'>> {
  readonly name: string;
  readonly logger: FastifyBaseLogger;
  /**
   * Returns the headers of the upgrade request. The socket calls the function for each attempt to connect, because a signature in the
   * headers expires.
   */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Called when the socket is closed and has no subscriptions. */
  readonly onIdle: () => void;
}

/** The number of attempts for a subgraph that was never connected. The option `attempts` applies after the first connection. */
const FIRST_ATTEMPTS = 2;
const HANDSHAKE_MS = 10_000;
/** The interval of renewals. A renewal is valid for three intervals. */
const RENEW_EVERY_MS = 20_000;
const FORBIDDEN = 4403;
/** The close code of this gateway after the last subscription has ended. */
const NORMAL = 1000;

/** One socket that several subscriptions share. After a break the socket reconnects, and subscribes all subscriptions again. */
export class UpstreamSocket {
  readonly #options: UpstreamSocketOptions;
  readonly #client: Client;
  readonly #closing = new AbortController();
  #open = 0;
  #connected = false;
  #everConnected = false;
  #failures = 0;
  #silence: NodeJS.Timeout | undefined;
  #renewing: NodeJS.Timeout | undefined;

  constructor(options: UpstreamSocketOptions) {
    this.#options = options;
    this.#client = createClient({
      url: options.url,
      webSocketImpl: socketWith(options.headers),
      jsonMessageReviver: keepExact,
      connectionParams: () => ({ ...options.headers() }),
      connectionAckWaitTimeout: HANDSHAKE_MS,
      keepAlive: options.pingMs,
      retryAttempts: options.attempts,
      retryWait: () => this.#pause(),
      shouldRetry: (problem) => this.#isWorthATry(problem),
      on: {
        connected: (socket, acknowledged) => this.#wasConnected(socket as WebSocket, acknowledged), // created by `webSocketImpl`
        closed: (event) => this.#wasClosed(event),
        ping: (received) => received || this.#expectPong(),
        pong: (received) => received && clearTimeout(this.#silence),
      },
    });
  }

  /**
   * Opens a subscription, and opens it again after every break of the connection.
   * @returns a function that ends the subscription
   */
  subscribe(payload: SubscribePayload, sink: Sink<FormattedExecutionResult>): () => void {
    this.#open += 1;
    const release = this.#client.subscribe<Record<string, unknown>, unknown>(payload, sink);
    return () => {
      release();
      this.#open -= 1;
      if (this.#open === 0 && !this.#connected) this.#options.onIdle();
    };
  }

  /** Breaks the connection. The subscriptions continue over a new connection. */
  leave(): void {
    this.#client.terminate();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#silence);
    clearInterval(this.#renewing);
    try {
      await this.#client.dispose();
    } catch {
      // The socket was still connecting, so there is no connection to close.
    }
  }

  async #pause(): Promise<void> {
    const ms = pauseMs(this.#failures, this.#options, Math.random());
    this.#failures += 1;
    await after(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }

  #isWorthATry(problem: unknown): boolean {
    if (this.#closing.signal.aborted || codeOf(problem) === FORBIDDEN) return false;
    return this.#everConnected || this.#failures < FIRST_ATTEMPTS;
  }

  #wasConnected(socket: WebSocket, acknowledged: unknown): void {
    const { name, logger } = this.#options;
    if (this.#failures > 0)
      logger.warn(
        { service: name, attempts: this.#failures },
        'the socket to a subgraph is back, its subscriptions continue',
      );
    this.#connected = true;
    this.#everConnected = true;
    this.#failures = 0;
    this.#renew(socket, acknowledged);
  }

  /** Sends the renewal ping, immediately and at an interval. It proves to the subgraph that this gateway still holds the socket. */
  #renew(socket: WebSocket, acknowledged: unknown): void {
    const { renewal } = this.#options;
    const nonce = nonceIn(acknowledged);
    clearInterval(this.#renewing);
    if (!renewal || nonce === null) return;
    const send = () => socket.send(JSON.stringify({ type: 'ping', payload: renewal(nonce) }), () => undefined); // `closed` reports a break
    send();
    this.#renewing = setInterval(send, RENEW_EVERY_MS).unref();
  }

  #wasClosed(event: unknown): void {
    const { name, logger, onIdle } = this.#options;
    clearTimeout(this.#silence);
    clearInterval(this.#renewing);
    if (this.#open === 0) onIdle();
    else if (this.#connected && codeOf(event) !== NORMAL) {
      logger.warn(
        { service: name, code: codeOf(event), subscriptions: this.#open },
        'the socket to a subgraph broke, reconnecting',
      );
    }
    this.#connected = false;
  }

  /** Closes the socket when no pong arrives. Otherwise a peer that disappeared without closing the connection would stay undetected. */
  #expectPong(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#client.terminate(), this.#options.pingMs).unref();
  }
}

/** The nonce in the payload of `connection_ack`, or null when the payload has none. */
function nonceIn(acknowledged: unknown): string | null {
  const { nonce } = Object(acknowledged) as { readonly nonce?: unknown };
  return typeof nonce === 'string' ? nonce : null;
}

function codeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'code' in event ? event.code : undefined;
}

/**
 * A WebSocket class that sends these headers with the upgrade request. graphql-ws has no option for headers, because browsers cannot set
 * them there.
 */
function socketWith(headers: () => Readonly<Record<string, string>>) {
  return class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, {
        headers: { ...headers() },
        handshakeTimeout: HANDSHAKE_MS,
        perMessageDeflate: false,
      });
    }
  };
}
