import { on, once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';

/** What a server said when it closed a socket. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A WebSocket for what a well-behaved client does not do: it sends what it is given. */
export interface RawSocket {
  readonly socket: WebSocket;
  /** Text and bytes as they are, anything else as JSON. */
  send(message: unknown): void;
  /** The next message that was not read yet. */
  next(): Promise<unknown>;
  /** How it was closed, whenever that was. */
  readonly closed: Promise<Closed>;
}

/** How to connect, and how far. */
export interface RawSocketOptions {
  readonly protocols?: readonly string[];
  /** Sends `connection_init` with this payload, and waits until it is accepted. Default: does not. */
  readonly init?: Readonly<Record<string, unknown>>;
  readonly client?: ClientOptions;
  /** Default: `/graphql`. */
  readonly path?: string;
}

/** @param base of the gateway, `http://...` */
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
