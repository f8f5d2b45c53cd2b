import { EventEmitter, on } from 'node:events';
import {
  createSocketClient,
  OrdersChangedDocument,
  OrderStatusChangedDocument,
  type Answer,
  type ClientHeaders,
  type SocketClient,
} from '@souk/sdk';
import type { BoughtOrder } from './buyer.ts';

/** The order and the event type in a result of the subscription. */
interface Change {
  readonly type: string;
  readonly order: { readonly id: string } | null;
}

/** The number of reconnect attempts. It is so high that the client outlasts any fault. */
const RETRY_ATTEMPTS = 10_000;

/** A client with subscriptions to orders over a WebSocket. It reconnects when the socket breaks. */
export class OrderWatch {
  /** Errors that ended a subscription, and results without an order. */
  readonly failures: string[] = [];
  readonly #types = new Map<string, string[]>();
  readonly #news = new EventEmitter().setMaxListeners(0);
  readonly #sockets: SocketClient;
  #followsAll = false;

  /** @param url the URL of the server, without a trailing slash */
  constructor(url: string, headers: ClientHeaders = {}) {
    this.#sockets = createSocketClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      headers,
      retryAttempts: RETRY_ATTEMPTS,
    });
  }

  /** Subscribes to all orders of the shop. Does nothing while such a subscription is open. */
  followAll(): void {
    if (this.#followsAll) return;
    this.#followsAll = true;
    this.#sockets.subscribe(
      OrdersChangedDocument,
      {},
      {
        next: (answer) => this.#take(answer, (data) => data.ordersChanged),
        error: ({ code, message }) => {
          this.#followsAll = false;
          this.failures.push(`${code}: ${message}`);
        },
      },
    );
  }

  /** Subscribes to one order. @returns a function that ends the subscription */
  follow({ id, accessToken }: BoughtOrder): () => void {
    return this.#sockets.subscribe(
      OrderStatusChangedDocument,
      { orderId: id, accessToken },
      {
        next: (answer) => this.#take(answer, (data) => data.orderStatusChanged),
        error: ({ code, message }) => void this.failures.push(`${code}: ${message}`),
      },
    );
  }

  /** The types of the received events of an order, in the order of arrival. */
  typesOf(orderId: string): readonly string[] {
    return this.#types.get(orderId) ?? [];
  }

  /** Waits for an event of an order. @returns false when the event does not arrive within `withinMs` */
  async sees(orderId: string, type: string, withinMs: number): Promise<boolean> {
    const signal = AbortSignal.timeout(withinMs);
    const news = on(this.#news, orderId, { signal });
    try {
      while (!this.typesOf(orderId).includes(type)) await news.next();
      return true;
    } catch {
      return false; // timed out
    } finally {
      await news.return?.();
    }
  }

  close(): Promise<void> {
    return this.#sockets.close();
  }

  #take<Data>({ data, errors }: Answer<Data>, changeOf: (data: Data) => Change): void {
    const change = data && changeOf(data);
    if (!change?.order) {
      return void this.failures.push(`${change?.type ?? 'an answer'} without its order: ${JSON.stringify(errors)}`);
    }
    const { id } = change.order;
    this.#types.set(id, [...this.typesOf(id), change.type]);
    this.#news.emit(id);
  }
}
