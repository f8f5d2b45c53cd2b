import { createClient, type Client, type FormattedExecutionResult, type Sink, type SubscribePayload } from 'graphql-ws';
import { setTimeout as after } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { FastifyBaseLogger } from 'fastify';
import { keepExact } from '@souk/engine/json';
import { pauseMs } from './backoff.ts';
import type { RemoteSocketOptions } from './remote-options.ts';

/** What a socket to a subgraph is made of. */
export interface UpstreamSocketOptions extends Required<Omit<RemoteSocketOptions, 'authority' | 'leavesRefusing'>> {
  readonly name: string;
  readonly logger: FastifyBaseLogger;
  /** Read again for each attempt to connect: a signature in them may have become too old. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Nobody is subscribed, and the socket is closed. */
  readonly onIdle: () => void;
}

/** A subgraph that was never reached is given up sooner than one that is known to be there. */
const FIRST_ATTEMPTS = 2;
const HANDSHAKE_MS = 10_000;
/** A third of the life of a renewal. */
const RENEW_EVERY_MS = 20_000;
const FORBIDDEN = 4403;
/** Of our own, when the last subscription has gone. */
const NORMAL = 1000;

/** One socket that many subscriptions share. When it breaks it connects again, and subscribes each of them anew. */
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
        connected: (socket, acknowledged) => this.#wasConnected(socket as WebSocket, acknowledged), // of `webSocketImpl`
        closed: (event) => this.#wasClosed(event),
        ping: (received) => received || this.#expectPong(),
        pong: (received) => received && clearTimeout(this.#silence),
      },
    });
  }

  /** Subscribes, now and after every break. Gives what ends it. */
  subscribe(payload: SubscribePayload, sink: Sink<FormattedExecutionResult>): () => void {
    this.#open += 1;
    const release = this.#client.subscribe<Record<string, unknown>, unknown>(payload, sink);
    return () => {
      release();
      this.#open -= 1;
      if (this.#open === 0 && !this.#connected) this.#options.onIdle();
    };
  }

  /** Breaks the connection. What is subscribed goes on over another one. */
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
      // It was connecting, in vain: there is nothing to close.
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
      logger.warn({ service: name, attempts: this.#failures }, 'the socket to a subgraph is back');
    this.#connected = true;
    this.#everConnected = true;
    this.#failures = 0;
    this.#renew(socket, acknowledged);
  }

  /** Proves to the subgraph, now and from time to time, that this gateway still holds the socket. */
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
      logger.warn({ service: name, code: codeOf(event), subscriptions: this.#open }, 'the socket to a subgraph broke');
    }
    this.#connected = false;
  }

  /** A peer that is gone without a word is found out by its silence. */
  #expectPong(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#client.terminate(), this.#options.pingMs).unref();
  }
}

/** The nonce in the payload of `connection_ack`; null when the subgraph gives none. */
function nonceIn(acknowledged: unknown): string | null {
  const { nonce } = Object(acknowledged) as { readonly nonce?: unknown };
  return typeof nonce === 'string' ? nonce : null;
}

function codeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'code' in event ? event.code : undefined;
}

/** Browsers cannot set an upgrade request's headers, so that graphql-ws does not pass any: the class does. */
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
