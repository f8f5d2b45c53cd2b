import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

/** What a subscriber was told of an order. */
export interface Frame {
  readonly orderId: string;
  readonly type: string;
  /** When, in milliseconds since 1970. */
  readonly atMs: number;
}

interface Told {
  readonly ordersChanged: {
    readonly type: string;
    readonly order: { readonly id: string; readonly status: string } | null;
  };
}

const QUERY = 'subscription { ordersChanged { type order { id status paymentStatus fulfillmentStatus } } }';
const AGAIN_AFTER_MS = 50;

/** A packing table that watches all orders, over a WebSocket that is opened again when it breaks. */
export class OrderWatcher {
  readonly #client: Client;
  #frames: Frame[] = [];
  #wrong: unknown = null;

  /** @param clock of the frames, in milliseconds since 1970. */
  constructor(base: string, accessToken: string, clock: () => number) {
    this.#client = createClient({
      url: `${base.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${accessToken}` },
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS)),
    });
    this.#client.subscribe<Told>(
      { query: QUERY },
      {
        next: ({ data, errors }) => {
          const order = data?.ordersChanged.order;
          if (errors || !data || !order) this.#wrong ??= errors ?? data;
          else this.#frames.push({ orderId: order.id, type: data.ordersChanged.type, atMs: clock() });
        },
        error: (error) => void (this.#wrong ??= error),
        complete: () => undefined,
      },
    );
  }

  /** Since it began, or since the last `forget`. @throws Error when the subscription failed, or said anything else. */
  get frames(): readonly Frame[] {
    if (this.#wrong !== null) throw new Error(`the subscription: ${JSON.stringify(this.#wrong)}`);
    return this.#frames;
  }

  forget(): void {
    this.#frames = [];
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}
