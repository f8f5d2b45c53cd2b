import { on, once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';

/** The close code and the reason that a server sent. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A WebSocket client that can send invalid messages, for tests of protocol violations. */
export interface RawSocket {
  readonly socket: WebSocket;
  /** Sends text and bytes unchanged, and other values as JSON. */
  send(message: unknown): void;
  next(): Promise<unknown>;
  readonly closed: Promise<Closed>;
}

/** Options of a raw socket. All are optional. */
export interface RawSocketOptions {
  readonly protocols?: readonly string[];
  /**
   * Sends `connection_init` with this payload, and waits for the acknowledgement.
   * @default no `connection_init`
   */
  readonly init?: Readonly<Record<string, unknown>>;
  readonly client?: ClientOptions;
  /** @default `/graphql` */
  readonly path?: string;
}

/**
 * Opens a raw socket.
 * @param base the gateway's URL, `http://...`
 */
export async function rawSocket(
  base: string,
  { protocols = ['graphql-transport-ws'], init, client, path = '/graphql' }: RawSocketOptions = {},
): Promise<RawSocket> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}${path}`, [...protocols], client);
  const messages = on(socket, 'message');
  const closed = once(socket, 'close').then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  const raw: RawSocket = {
    socket,
    closed,
    send: (message) =>
      socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    next: async () => {
      const message = await messages.next();
      return JSON.parse(String(message.value?.[0]));
    },
  };
  await once(socket, 'open');
  if (init) {
    raw.send({ type: 'connection_init', payload: init });
    await raw.next();
  }
  return raw;
}
