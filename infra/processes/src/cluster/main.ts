import { DEMO_LOGINS } from '@souk/all-in-one/estate';
import { createSteps, StartFailure, type Steps } from '@souk/all-in-one/start';
import { startCluster, type Cluster } from './cluster.ts';
import { readClusterEnvironment } from './environment.ts';

async function main(steps: Steps): Promise<void> {
  const { serving, dataDir, path } = readClusterEnvironment();
  const { host, port, logLevel, drainMs } = serving;
  const stop = stopAsked();
  const cluster = await startCluster({ host, port, dataDir, logLevel, drainMs, path, steps });
  steps.say(`\n${described(cluster, dataDir)}\n`);
  await Promise.race([stop, cluster.postgres.lost]);
  await steps.step('Stopping', () => cluster.stop());
}

function described({ url, members, nats, redis }: Cluster, dataDir: string): string {
  const width = Math.max(...members.map(({ process }) => process.name.length));
  return [
    `Souk serves on ${url}/graphql, from ${members.length} processes:`,
    ...members.map((each) => `  ${each.process.name.padEnd(width)}  ${each.url}  process ${each.process.pid}`),
    `  ${nats.name.padEnd(width)}  process ${nats.pid}`,
    `  ${redis.name.padEnd(width)}  process ${redis.pid}`,
    'Demo logins:',
    ...DEMO_LOGINS.map(({ tenant, email, password }) => `  ${tenant.padEnd(width)}  ${email}  ${password}`),
    `The walk of an order: npm run demo -- ${url}`,
    `The logs are in ${dataDir}/logs. Ctrl-C stops all of it.`,
  ].join('\n');
}

/** On Ctrl-C, on `kill`, and when the launcher is gone. */
function stopAsked(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop());
    if (process.connected) process.once('disconnect', () => stop());
  });
}

try {
  await main(createSteps());
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof StartFailure ? error.message : error);
}
process.exit();
