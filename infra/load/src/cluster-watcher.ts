import { createSocketClient, OrdersChangedDocument, type SocketClient } from '@souk/sdk';
import { WebSocket } from 'ws';

/** A change of an order that a subscriber received. */
export interface Frame {
  readonly orderId: string;
  readonly type: string;
  /** The time of arrival, in milliseconds since 1970. */
  readonly atMs: number;
}

/** A subscriber that watches all orders with the SDK, as a packing table does. After a broken socket the SDK resumes at another gateway. */
export class OrderWatcher {
  readonly #client: SocketClient;
  #frames: Frame[] = [];
  #failure: unknown = null;

  /** @param clock returns the time for a frame, in milliseconds since 1970 */
  constructor(base: string, accessToken: string, clock: () => number) {
    const url = `${base.replace(/^http/, 'ws')}/graphql`;
    const headers = { authorization: `Bearer ${accessToken}` };
    this.#client = createSocketClient({ url, headers, webSocket: WebSocket });
    this.#client.subscribe(
      OrdersChangedDocument,
      {},
      {
        next: ({ data, errors }) => {
          const order = data?.ordersChanged.order;
          if (errors.length > 0 || !order) this.#failure ??= { data, errors };
          else this.#frames.push({ orderId: order.id, type: data.ordersChanged.type, atMs: clock() });
        },
        error: (error) => void (this.#failure ??= error),
      },
    );
  }

  /** Frames since the last `forget`. @throws Error when the subscription failed, or delivered a message without an order. */
  get frames(): readonly Frame[] {
    if (this.#failure !== null)
      throw new Error(`The subscription to ordersChanged failed: ${JSON.stringify(this.#failure)}`);
    return this.#frames;
  }

  forget(): void {
    this.#frames = [];
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}
