import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { orderAt, WATCHED_BY_ALL } from './subscriptions-fixture.ts';
import { answer, memory, type RawSending, type ServerCommand } from './subscriptions-messages.ts';

// The yardstick: `ws` alone, which sends everybody the same frame, made once. Nothing of GraphQL, no ids of operations.

interface Peer {
  readonly socket: WebSocket;
  readonly connection: Duplex;
}

const ID = '2b8f5a52-8a53-4e0c-9a57-8f1c2a7d0003';
const FINAL_TEXT = 0x81;
const TWO_BYTES_FOLLOW = 126;

/** The very message that the gateway sends. */
function message(): Buffer {
  const { customer: _customer, ...order } = orderAt(WATCHED_BY_ALL, String(process.hrtime.bigint()));
  const orderStatusChanged = { ...order, customer: { name: 'Customer of an order', tier: 'GOLD' } };
  return Buffer.from(JSON.stringify({ id: ID, type: 'next', payload: { data: { orderStatusChanged } } }));
}

/** A frame of 126 to 65,535 bytes. RFC 6455, section 5.2. */
function frameOf(text: Buffer): Buffer {
  return Buffer.concat([Buffer.from([FINAL_TEXT, TWO_BYTES_FOLLOW, text.length >> 8, text.length & 0xff]), text]);
}

function tellAll(peers: ReadonlySet<Peer>, how: RawSending): void {
  const text = message();
  if (how === 'WS_SEND') {
    for (const { socket } of peers) socket.send(text, { binary: false });
    return;
  }
  const frame = frameOf(text);
  for (const { connection } of peers) connection.write(frame);
}

function obey(command: ServerCommand, peers: ReadonlySet<Peer>): void {
  if (command.do === 'MEASURE_MEMORY') return answer({ memory: memory() });
  if (command.do === 'TELL_ALL') return tellAll(peers, command.how ?? 'WS_SEND');
  throw new Error(`the yardstick does not ${command.do}`);
}

function serve(): void {
  const server = createServer();
  const peers = new Set<Peer>();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket, { socket: connection }) => {
    const peer = { socket, connection };
    peers.add(peer);
    socket.on('close', () => peers.delete(peer));
  });
  process.on('message', (command: ServerCommand) => obey(command, peers));
  process.on('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo; // it listens on a port
    answer({ port });
  });
}

serve();
