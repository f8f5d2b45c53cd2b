import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { WATCHED_BY_ALL, WATCHED_BY_ONE } from './subscriptions-fixture.ts';
import { startPinned, type PinnedProcess } from './gateway-process.ts';
import { ask, heard, type Memory, type RawSending } from './subscriptions-messages.ts';
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
/** Of which the first are not counted: compilers warm up. */
const WARM_UP = 5;
const DELIVERIES = 1000;
const EVERY_MS = 5;
const SERVER_CORE = '0';
const AUDIENCE_CORE = '1';

/** A server and ten thousand clients of it, each side on a core of its own. */
interface Side {
  readonly port: number;
  readonly server: PinnedProcess;
  readonly audience: PinnedProcess;
  readonly connections: Connections;
}

async function start(name: string, entry: string, watching: readonly string[]): Promise<Side> {
  const server = program(entry, SERVER_CORE);
  const { port } = await heard(server.child);
  const before = await memoryOf(server);
  const { audience, connectedMs } = await connect(port, SOCKETS, watching);
  const connections = { name, sockets: SOCKETS, connectedMs, before, after: await memoryOf(server) };
  return { port, server, audience, connections };
}

async function connect(port: number, sockets: number, watching: readonly string[]) {
  const audience = program('subscriptions-audience.js', AUDIENCE_CORE);
  await heard(audience.child);
  const { connectedMs } = await ask(audience.child, { do: 'CONNECT', port, sockets, watching });
  return { audience, connectedMs };
}

function program(entry: string, cores: string): PinnedProcess {
  const file = fileURLToPath(new URL(entry, import.meta.url));
  return startPinned({ cores, args: ['--expose-gc', file], ipc: true });
}

async function memoryOf({ child }: PinnedProcess): Promise<Memory> {
  return (await ask(child, { do: 'MEASURE_MEMORY' })).memory;
}

async function tellAll({ server, audience }: Side, how: RawSending | null): Promise<readonly number[]> {
  await ask(audience.child, { do: 'HEAR_ALL' });
  const latencies = heard(audience.child);
  server.child.send({ do: 'TELL_ALL', how });
  return (await latencies).latencies;
}

/** The client that is told is a process of its own: thousands that read at the same time are not its fault. */
async function tellOne(server: PinnedProcess, client: PinnedProcess, tellAllAfter: number | null) {
  await ask(client.child, { do: 'HEAR_ONE', times: DELIVERIES });
  const latencies = heard(client.child);
  server.child.send({ do: 'TELL_ONE', times: DELIVERIES, everyMs: EVERY_MS, tellAllAfter });
  return (await latencies).latencies;
}

/** In turns: what else the machine does falls on all of them. */
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
      const latencies = await tellAll(side, how);
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
  await ask(souk.audience.child, { do: 'HEAR_NOTHING' });
  const { audience: client } = await connect(souk.port, 1, [WATCHED_BY_ONE]);
  const alone = await tellOne(souk.server, client, null);
  const amidst = await tellOne(souk.server, client, 100);
  console.log(
    deliveryTable([
      { name: `an event every ${EVERY_MS} ms`, latencies: alone },
      { name: 'the same, with a broadcast to all after every 100', latencies: amidst },
    ]),
  );
}

/** The processes end with this one: they lose the channel to it. */
try {
  await main();
} finally {
  process.exit();
}
