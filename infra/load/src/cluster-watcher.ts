import { createSocketClient, OrdersChangedDocument, type SocketClient } from '@souk/sdk';
import { WebSocket } from 'ws';

/** A WebSocket frame with a change of an order. */
export interface Frame {
  readonly orderId: string;
  readonly type: string;
  /** The time of arrival, in milliseconds since 1970. */
  readonly atMs: number;
}

/** A subscriber to all orders, based on the SDK. After a broken connection, the SDK resumes at another gateway. */
export class OrderWatcher {
  readonly #client: SocketClient;
  #frames: Frame[] = [];
  #failure: unknown = null;

  /** @param clock returns the arrival time of a frame, in milliseconds since 1970 */
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

  /**
   * The frames since the last `forget`.
   * @throws Error when the subscription has failed, or a message does not contain an order
   */
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
