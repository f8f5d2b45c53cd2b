import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { orderAt, WATCHED_BY_ALL } from './subscriptions-fixture.ts';
import { reply, memory, type RawSending, type ServerCommand } from './subscriptions-messages.ts';

// The baseline, which uses `ws` alone. The server builds a frame once and sends it to all sockets, without GraphQL and
// without operation ids.

interface Peer {
  readonly socket: WebSocket;
  readonly connection: Duplex;
}

const ID = '2b8f5a52-8a53-4e0c-9a57-8f1c2a7d0003';
const FINAL_TEXT = 0x81;
const TWO_BYTES_FOLLOW = 126;

/** The same message that the gateway sends for this event, so both servers send equal bytes. */
function message(): Buffer {
  const { customer: _customer, ...order } = orderAt(WATCHED_BY_ALL, String(process.hrtime.bigint()));
  const orderStatusChanged = { ...order, customer: { name: 'Customer of an order', tier: 'GOLD' } };
  return Buffer.from(JSON.stringify({ id: ID, type: 'next', payload: { data: { orderStatusChanged } } }));
}

/** Encodes a text of 126 to 65,535 bytes as a frame (RFC 6455, section 5.2). */
function frameOf(text: Buffer): Buffer {
  return Buffer.concat([Buffer.from([FINAL_TEXT, TWO_BYTES_FOLLOW, text.length >> 8, text.length & 0xff]), text]);
}

function broadcast(peers: ReadonlySet<Peer>, how: RawSending): void {
  const text = message();
  if (how === 'WS_SEND') {
    for (const { socket } of peers) socket.send(text, { binary: false });
    return;
  }
  const frame = frameOf(text);
  for (const { connection } of peers) connection.write(frame);
}

function run(command: ServerCommand, peers: ReadonlySet<Peer>): void {
  if (command.do === 'MEASURE_MEMORY') return reply({ memory: memory() });
  if (command.do === 'BROADCAST') return broadcast(peers, command.how ?? 'WS_SEND');
  throw new Error(`The baseline does not implement the command ${command.do}.`);
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
  process.on('message', (command: ServerCommand) => run(command, peers));
  process.on('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo; // It listens on a port, not on a Unix socket.
    reply({ port });
  });
}

serve();
