import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { WATCHED_BY_ALL, WATCHED_BY_ONE } from './subscriptions-fixture.ts';
import { startPinned, type PinnedProcess } from './gateway-process.ts';
import { nextReply, type Memory, type RawSending, send } from './subscriptions-messages.ts';
import {
  broadcastTable,
  connectionTable,
  deliveryTable,
  type Broadcast,
  type Connections,
  type Round,
} from './subscriptions-report.ts';

const SOCKETS = Number(process.argv[2] ?? '10000');
const ROUNDS = 15;
const WARM_UP = 5;
const DELIVERIES = 1000;
const EVERY_MS = 5;
const SERVER_CORE = '0';
const AUDIENCE_CORE = '1';

/** A server and the process of its clients, on different CPU cores. */
interface Side {
  readonly port: number;
  readonly server: PinnedProcess;
  readonly audience: PinnedProcess;
  readonly connections: Connections;
}

async function start(name: string, entry: string, watching: readonly string[]): Promise<Side> {
  const server = program(entry, SERVER_CORE);
  const { port } = await nextReply(server.child);
  const before = await memoryOf(server);
  const { audience, connectedMs } = await connect(port, SOCKETS, watching);
  const connections = { name, sockets: SOCKETS, connectedMs, before, after: await memoryOf(server) };
  return { port, server, audience, connections };
}

async function connect(port: number, sockets: number, watching: readonly string[]) {
  const audience = program('subscriptions-audience.js', AUDIENCE_CORE);
  await nextReply(audience.child);
  const { connectedMs } = await send(audience.child, { do: 'CONNECT', port, sockets, watching });
  return { audience, connectedMs };
}

function program(entry: string, cores: string): PinnedProcess {
  const file = fileURLToPath(new URL(entry, import.meta.url));
  return startPinned({ cores, args: ['--expose-gc', file], ipc: true });
}

async function memoryOf({ child }: PinnedProcess): Promise<Memory> {
  return (await send(child, { do: 'MEASURE_MEMORY' })).memory;
}

async function broadcast({ server, audience }: Side, how: RawSending | null): Promise<readonly number[]> {
  await send(audience.child, { do: 'RECEIVE_BROADCAST' });
  const latencies = nextReply(audience.child);
  server.child.send({ do: 'BROADCAST', how });
  return (await latencies).latencies;
}

/**
 * Measures one client in a separate process. In the process with thousands of clients, the other clients would delay
 * the measured client.
 */
async function publishToOne(server: PinnedProcess, client: PinnedProcess, broadcastAfter: number | null) {
  await send(client.child, { do: 'RECEIVE_OWN', times: DELIVERIES });
  const latencies = nextReply(client.child);
  server.child.send({ do: 'PUBLISH_TO_ONE', times: DELIVERIES, everyMs: EVERY_MS, broadcastAfter });
  return (await latencies).latencies;
}

/** Measures the servers in turns, so a slow moment of the machine affects all of them. */
async function broadcasts(souk: Side, raw: Side): Promise<readonly Broadcast[]> {
  const ways = [
    { name: 'souk', side: souk, how: null },
    { name: 'raw ws, `send` of one buffer', side: raw, how: 'WS_SEND' },
    { name: 'raw ws, bytes of a frame made once', side: raw, how: 'PREBUILT' },
  ] as const;
  const measured = ways.map(({ name }) => ({ name, rounds: [] as Round[] }));
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    for (const [index, { side, how }] of ways.entries()) {
      const before = side.server.cpuMs();
      const latencies = await broadcast(side, how);
      if (round >= WARM_UP) measured[index]?.rounds.push({ latencies, cpuMs: side.server.cpuMs() - before });
    }
  }
  return measured;
}

async function main(): Promise<void> {
  console.log(
    `${SOCKETS} sockets; servers on core ${SERVER_CORE}, clients on core ${AUDIENCE_CORE} of ${cpus()[0]?.model}\n`,
  );
  const souk = await start('souk, subscribed', 'subscriptions-gateway-server.js', [WATCHED_BY_ALL]);
  const raw = await start('raw ws, connected', 'subscriptions-raw-server.js', []);
  console.log(`${connectionTable([souk.connections, raw.connections])}\n`);
  console.log(
    `A broadcast to all, ${ROUNDS} rounds in turns, medians\n\n${broadcastTable(await broadcasts(souk, raw))}\n`,
  );
  await send(souk.audience.child, { do: 'DISCARD' });
  const { audience: client } = await connect(souk.port, 1, [WATCHED_BY_ONE]);
  const alone = await publishToOne(souk.server, client, null);
  const amidst = await publishToOne(souk.server, client, 100);
  console.log(
    deliveryTable([
      { name: `an event every ${EVERY_MS} ms`, latencies: alone },
      { name: 'the same, with a broadcast to all after every 100', latencies: amidst },
    ]),
  );
}

// Child processes end when their IPC channel to this process closes.
try {
  await main();
} finally {
  process.exit();
}
