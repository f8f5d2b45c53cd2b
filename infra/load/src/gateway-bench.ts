import { composeSupergraph, type SubgraphSchema } from '@souk/gateway';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkedTargets, graphqlData, graphqlPost } from './gateway-answers.ts';
import { GATEWAY_CASES, type GatewayCase } from './gateway-cases.ts';
import { measureCeiling } from './gateway-ceiling.ts';
import { contenders, freePort, installCompetitors, type Contender } from './gateway-contenders.ts';
import { pinSelf, startPinned, type PinnedProcess } from './gateway-process.ts';
import { reportTable } from './gateway-report.ts';
import { compareInTurns, type Pace } from './gateway-rounds.ts';

/** On two cores the gateway has one, and the load with the subgraphs the other. */
const GATEWAY_CORE = '0';
const LOAD_CORES = cpus().length > 2 ? `1-${cpus().length - 1}` : '1';

const FIXTURE_SERVER = new URL('gateway-fixture-server.js', import.meta.url).pathname;

interface Arguments extends Pace {
  readonly contenders: readonly Contender[];
  readonly cases: readonly GatewayCase[];
  /** Where our gateway writes a processor profile; null for none. */
  readonly profileTo: string | null;
}

interface RunningGateway {
  readonly name: string;
  readonly origin: string;
  readonly server: PinnedProcess;
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '50' },
      only: { type: 'string', default: '' },
      cases: { type: 'string', default: '' },
      'cpu-prof': { type: 'string' },
    },
  });
  installCompetitors();
  const [only, cases] = [values.only, values.cases].map((list) => list.split(',').filter(Boolean));
  return {
    connections: Number(values.connections),
    rounds: Number(values.rounds),
    roundMs: Number(values.seconds) * 1000,
    warmUpMs: Number(values.seconds) * 1500,
    contenders: contenders().filter(({ name }) => !only?.length || only.includes(name)),
    cases: GATEWAY_CASES.filter(({ id }) => !cases?.length || cases.includes(id)),
    profileTo: values['cpu-prof'] ?? null,
  };
}

async function startSubgraphs(): Promise<{ readonly server: PinnedProcess; readonly supergraph: string }> {
  const server = startPinned({ cores: LOAD_CORES, args: [FIXTURE_SERVER], ipc: true });
  // The fixture server's one message.
  const [subgraphs] = (await once(server.child, 'message')) as [readonly SubgraphSchema[]];
  return { server, supergraph: composeSupergraph(subgraphs) };
}

async function startGateway(
  { name, command }: Contender,
  supergraphFile: string,
  nodeOptions: readonly string[],
): Promise<RunningGateway> {
  const port = await freePort();
  const server = startPinned({
    cores: GATEWAY_CORE,
    args: [...nodeOptions, ...command(supergraphFile, port)],
    environment: { APOLLO_TELEMETRY_DISABLED: 'true', LOG_LEVEL: 'error' },
  });
  const origin = `http://127.0.0.1:${port}`;
  while (!(await answers(origin))) {
    if (server.child.exitCode !== null) throw new Error(`${name} ended with ${server.child.exitCode} before it served`);
    await sleep(100);
  }
  return { name, origin, server };
}

async function answers(origin: string): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  try {
    return (await fetch(`${origin}/graphql`, { method: 'POST', headers, body: '{"query":"{__typename}"}' })).ok;
  } catch {
    return false;
  }
}

async function runCase(
  { name, bodies }: GatewayCase,
  gateways: readonly RunningGateway[],
  subgraphs: PinnedProcess,
  pace: Pace,
): Promise<void> {
  const requests = bodies.map(graphqlPost);
  const targets = await checkedTargets(gateways.map((each) => ({ ...each, requests, meaningOf: graphqlData })));
  const measured = targets.flatMap((target, index) => {
    const server = gateways[index]?.server;
    return server ? [{ target, server }] : [];
  });
  const results = await compareInTurns(measured, subgraphs, pace);
  const rows = results.map((result, index) => ({ name: gateways[index]?.name ?? '', result }));
  console.log(`### ${name}\n\n${reportTable(rows, ['apollo', 'hive', 'hive-rust'])}\n`);
}

async function main(): Promise<void> {
  const { profileTo, ...options } = readArguments();
  pinSelf(LOAD_CORES);
  const { connections, rounds, roundMs } = options;
  console.log(`${cpus()[0]?.model}, ${cpus().length} cores; Node ${process.version}, NODE_ENV=production`);
  console.log(
    `each gateway alone on core ${GATEWAY_CORE}; load and subgraphs on ${LOAD_CORES}; ${connections} connections`,
  );
  console.log(`medians of ${rounds} rounds of ${roundMs / 1000} s, in turns\n`);
  for (const { name, description } of options.contenders) console.log(`- ${name}: ${description}`);
  const folder = await mkdtemp(join(tmpdir(), 'souk-bench-gateway-'));
  const running: PinnedProcess[] = [];
  try {
    await measureCeiling(GATEWAY_CORE, options);
    const { server: subgraphs, supergraph } = await startSubgraphs();
    running.push(subgraphs);
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, supergraph);
    const gateways: RunningGateway[] = [];
    for (const contender of options.contenders) {
      const profiled = profileTo !== null && contender.name === 'souk';
      const gateway = await startGateway(
        contender,
        file,
        profiled ? ['--cpu-prof', `--cpu-prof-dir=${profileTo}`] : [],
      );
      running.unshift(gateway.server);
      gateways.push(gateway);
    }
    for (const each of options.cases) await runCase(each, gateways, subgraphs, options);
  } finally {
    for (const server of running) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
