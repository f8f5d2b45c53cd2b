import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CLIENT_PONG, clientText, framesOf, OPCODES, type ServerFrame } from './subscriptions-frames.ts';
import { ORDER_STATUS, WATCHED_BY_ONE } from './subscriptions-fixture.ts';
import { answer, type AudienceCommand } from './subscriptions-messages.ts';

// Thousands of clients in one process. They speak WebSocket over plain sockets, so that the server is what is measured.

/** How many connect at the same time. */
const AT_ONCE = 100;
const UPGRADE = [
  'GET /graphql HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
].join('\r\n');
/** `{"id":"` and a UUID: what differs between the messages that carry one answer. */
const ID_END = '{"id":"'.length + 36;

type Hear = (content: Buffer) => void;

let hear: Hear = () => {
  throw new Error('a frame came that nobody waited for');
};

async function connectAll({ port, sockets, watching }: AudienceCommand & { do: 'CONNECT' }): Promise<void> {
  const began = performance.now();
  let next = 0;
  const worker = async () => {
    while (next++ < sockets) await connectOne(port, watching);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  answer({ connectedMs: performance.now() - began });
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
  await client.send({ type: 'ping' }, 'pong'); // after the subscriptions: messages are taken in order
}

/** A WebSocket, once it is one. */
class Client {
  readonly #socket: Socket;
  #expected: { readonly text: string; readonly resolve: () => void } | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => framesOf(bytes).forEach((frame) => this.#receive(frame)));
    socket.on('close', () => {
      throw new Error('the server closed a socket');
    });
  }

  /** Resolves with the next message, which must have this text; at once when none is expected. */
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
    if (opcode !== OPCODES.text) throw new Error(`a frame of opcode ${opcode}: ${content.toString()}`);
    if (!expected) return hear(content);
    if (!content.includes(expected.text)) throw new Error(`instead of ${expected.text}: ${content.toString()}`);
    expected.resolve();
  }
}

/** Everybody hears the same, but for the id. */
function hearAll(sockets: number): void {
  const times: bigint[] = [];
  let first: Buffer | null = null;
  hear = (content) => {
    times.push(process.hrtime.bigint());
    first ??= Buffer.from(content);
    if (content.compare(first, ID_END, first.length, ID_END) !== 0) throw new Error('not the same answer');
    if (times.length < sockets) return;
    answer({ latencies: times.map((time) => millisecondsSince(sentAt(first ?? content), time)) });
  };
  answer({});
}

/** The only client hears of an order of its own; what everybody hears besides is not counted. */
function hearOne(times: number): void {
  const latencies: number[] = [];
  hear = (content) => {
    const now = process.hrtime.bigint();
    if (!content.includes(WATCHED_BY_ONE)) return;
    latencies.push(millisecondsSince(sentAt(content), now));
    if (latencies.length === times) answer({ latencies });
  };
  answer({});
}

/** @throws Error when it is not the whole answer */
function sentAt(content: Buffer): bigint {
  const { payload } = JSON.parse(content.toString());
  const { updatedAt, customer } = payload.data.orderStatusChanged;
  if (customer.name !== 'Customer of an order') throw new Error(`not the answer: ${content.toString()}`);
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
    case 'HEAR_ALL':
      return hearAll(sockets);
    case 'HEAR_ONE':
      return hearOne(command.times);
    case 'HEAR_NOTHING':
      hear = () => undefined;
      return answer({});
  }
});
answer({});
