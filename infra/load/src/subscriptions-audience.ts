import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CLIENT_PONG, clientText, framesOf, OPCODES, type ServerFrame } from './subscriptions-frames.ts';
import { ORDER_STATUS, WATCHED_BY_ONE } from './subscriptions-fixture.ts';
import { reply, type AudienceCommand } from './subscriptions-messages.ts';

// Runs thousands of WebSocket clients in one process. The clients write frames to plain sockets, because a client
// library would need more CPU time than the measured server.

const AT_ONCE = 100;
const UPGRADE = [
  'GET /graphql HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
].join('\r\n');
/** The length of `{"id":"` and a UUID. The messages of one broadcast differ only in this prefix. */
const ID_END = '{"id":"'.length + 36;

type Receive = (content: Buffer) => void;

let receive: Receive = () => {
  throw new Error('The server sent a frame before the benchmark asked for one.');
};

async function connectAll({ port, sockets, watching }: AudienceCommand & { do: 'CONNECT' }): Promise<void> {
  const began = performance.now();
  let next = 0;
  const worker = async () => {
    while (next++ < sockets) await connectOne(port, watching);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  reply({ connectedMs: performance.now() - began });
}

async function connectOne(port: number, watching: readonly string[]): Promise<void> {
  const subscribe = watching.length > 0;
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.write(`${UPGRADE}${subscribe ? '\r\nSec-WebSocket-Protocol: graphql-transport-ws' : ''}\r\n\r\n`);
  const [upgraded] = await once(socket, 'data');
  if (!String(upgraded).includes('101 Switching Protocols')) throw new Error(String(upgraded));
  const client = new Client(socket);
  if (!subscribe) return;
  await client.send({ type: 'connection_init' }, 'connection_ack');
  for (const id of watching) {
    const payload = { query: ORDER_STATUS, variables: { id } };
    void client.send({ id: randomUUID(), type: 'subscribe', payload });
  }
  await client.send({ type: 'ping' }, 'pong'); // The server processes messages in order: a pong proves that it subscribed.
}

class Client {
  readonly #socket: Socket;
  #expected: { readonly text: string; readonly resolve: () => void } | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => framesOf(bytes).forEach((frame) => this.#receive(frame)));
    socket.on('close', () => {
      throw new Error('The server closed a socket. Its output says why.');
    });
  }

  /**
   * Sends a message.
   * @param text a text that the server's next message must contain. Without it, the promise resolves immediately.
   */
  send(message: unknown, text?: string): Promise<void> {
    this.#socket.write(clientText(message));
    return new Promise((resolve) => {
      if (text === undefined) resolve();
      else this.#expected = { text, resolve };
    });
  }

  #receive({ opcode, content }: ServerFrame): void {
    if (opcode === OPCODES.ping) return void this.#socket.write(CLIENT_PONG);
    const expected = this.#expected;
    this.#expected = null;
    if (opcode !== OPCODES.text)
      throw new Error(`The server sent a frame with opcode ${opcode} instead of text: ${content.toString()}`);
    if (!expected) return receive(content);
    if (!content.includes(expected.text))
      throw new Error(`The server sent another message than ${expected.text}: ${content.toString()}`);
    expected.resolve();
  }
}

/** Measures one broadcast. Every socket must receive the same message, except for the operation id. */
function receiveBroadcast(sockets: number): void {
  const times: bigint[] = [];
  let first: Buffer | null = null;
  receive = (content) => {
    times.push(process.hrtime.bigint());
    first ??= Buffer.from(content);
    if (content.compare(first, ID_END, first.length, ID_END) !== 0)
      throw new Error(`Two sockets received different messages of one broadcast: ${content.toString()}`);
    if (times.length < sockets) return;
    reply({ latencies: times.map((time) => millisecondsSince(sentAt(first ?? content), time)) });
  };
  reply({});
}

/** Measures events of the order that only this client watches. Broadcasts are ignored. */
function receiveOwn(times: number): void {
  const latencies: number[] = [];
  receive = (content) => {
    const now = process.hrtime.bigint();
    if (!content.includes(WATCHED_BY_ONE)) return;
    latencies.push(millisecondsSince(sentAt(content), now));
    if (latencies.length === times) reply({ latencies });
  };
  reply({});
}

/**
 * Reads the time of the event.
 * @throws Error when the message lacks the customer, which comes from the second subgraph
 */
function sentAt(content: Buffer): bigint {
  const { payload } = JSON.parse(content.toString());
  const { updatedAt, customer } = payload.data.orderStatusChanged;
  if (customer.name !== 'Customer of an order')
    throw new Error(`The message lacks the customer's name: ${content.toString()}`);
  return BigInt(updatedAt);
}

function millisecondsSince(begin: bigint, end: bigint): number {
  return Number(end - begin) / 1e6;
}

let sockets = 0;
process.on('disconnect', () => process.exit());
process.on('message', (command: AudienceCommand) => {
  switch (command.do) {
    case 'CONNECT':
      sockets = command.sockets;
      return void connectAll(command);
    case 'RECEIVE_BROADCAST':
      return receiveBroadcast(sockets);
    case 'RECEIVE_OWN':
      return receiveOwn(command.times);
    case 'DISCARD':
      receive = () => undefined;
      return reply({});
  }
});
reply({});
