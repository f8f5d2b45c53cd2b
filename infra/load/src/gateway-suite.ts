import { composeSupergraph, type SubgraphSchema } from '@souk/gateway';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkedTargets, graphqlData, graphqlPost } from './gateway-answers.ts';
import type { GatewayCase } from './gateway-cases.ts';
import { freePort } from '@souk/platform/embedded-postgres';
import { type Contender } from './gateway-contenders.ts';
import { startPinned, whenReady, type PinnedProcess } from './gateway-process.ts';
import { reportTable } from './gateway-report.ts';
import { compareInTurns, type Pace } from './gateway-rounds.ts';

const FIXTURE_SERVER = new URL('gateway-fixture-server.js', import.meta.url).pathname;

/** The gateways and cases to measure, and the CPU cores for them. */
export interface GatewaySuite {
  readonly contenders: readonly Contender[];
  readonly cases: readonly GatewayCase[];
  /** The folder for a CPU profile of Souk's gateway. Null when no profile is recorded. */
  readonly profileTo: string | null;
  readonly gatewayCores: string;
  readonly loadCores: string;
  readonly folder: string;
  readonly pace: Pace;
}

interface RunningGateway {
  readonly name: string;
  readonly origin: string;
  readonly server: PinnedProcess;
}

/** Measures all gateways with the same subgraphs, and prints a table per case. */
export async function measureGateways(suite: GatewaySuite): Promise<void> {
  const running: PinnedProcess[] = [];
  try {
    const { server: subgraphs, supergraph } = await startSubgraphs(suite.loadCores);
    running.push(subgraphs);
    const file = join(suite.folder, 'supergraph.graphql');
    await writeFile(file, supergraph);
    const gateways: RunningGateway[] = [];
    for (const contender of suite.contenders) {
      const gateway = await startGateway(contender, file, suite);
      running.unshift(gateway.server);
      gateways.push(gateway);
    }
    for (const each of suite.cases) await measureCase(each, gateways, subgraphs, suite.pace);
  } finally {
    for (const server of running) await server.stop();
  }
}

async function startSubgraphs(cores: string): Promise<{ readonly server: PinnedProcess; readonly supergraph: string }> {
  const server = startPinned({ cores, args: [FIXTURE_SERVER], ipc: true });
  // The cast is safe, because the fixture server sends exactly one message.
  const [subgraphs] = (await once(server.child, 'message')) as [readonly SubgraphSchema[]];
  return { server, supergraph: composeSupergraph(subgraphs) };
}

async function startGateway(
  { name, command }: Contender,
  supergraphFile: string,
  { profileTo, gatewayCores }: GatewaySuite,
): Promise<RunningGateway> {
  const port = await freePort();
  const profiling = profileTo !== null && name === 'souk' ? ['--cpu-prof', `--cpu-prof-dir=${profileTo}`] : [];
  const server = startPinned({
    cores: gatewayCores,
    args: [...profiling, ...command(supergraphFile, port)],
    environment: { APOLLO_TELEMETRY_DISABLED: 'true', LOG_LEVEL: 'error' },
  });
  const origin = `http://127.0.0.1:${port}`;
  await whenReady(name, server, `${origin}/graphql?query={__typename}`);
  return { name, origin, server };
}

async function measureCase(
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
