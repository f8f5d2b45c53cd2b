import { createSocketClient, OrdersChangedDocument, type SocketClient } from '@souk/sdk';
import { WebSocket } from 'ws';

/** What a subscriber was told of an order. */
export interface Frame {
  readonly orderId: string;
  readonly type: string;
  /** When, in milliseconds since 1970. */
  readonly atMs: number;
}

/** A packing table that watches all orders, with the SDK: when its socket breaks it goes on at another gateway. */
export class OrderWatcher {
  readonly #client: SocketClient;
  #frames: Frame[] = [];
  #wrong: unknown = null;

  /** @param clock of the frames, in milliseconds since 1970. */
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
          if (errors.length > 0 || !order) this.#wrong ??= { data, errors };
          else this.#frames.push({ orderId: order.id, type: data.ordersChanged.type, atMs: clock() });
        },
        error: (error) => void (this.#wrong ??= error),
      },
    );
  }

  /** Since it began, or since the last `forget`. @throws Error when the subscription failed, or said anything else. */
  get frames(): readonly Frame[] {
    if (this.#wrong !== null) throw new Error(`the subscription failed: ${JSON.stringify(this.#wrong)}`);
    return this.#frames;
  }

  forget(): void {
    this.#frames = [];
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}
