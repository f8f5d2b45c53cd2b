import { DEMO_LOGINS } from '@souk/demo/shops';
import { createSteps, type Steps } from '@souk/launcher/steps';
import { StartFailure } from '@souk/launcher/start-failure';
import { startCluster, type Cluster } from './cluster.ts';
import { readClusterEnvironment } from './environment.ts';
import { rollingRestart, type Replacement } from './rolling-restart.ts';

async function main(steps: Steps): Promise<void> {
  const { serving, publicUrl, dataDir, path, tracing, settings } = readClusterEnvironment();
  const { host, port, logLevel, drainMs } = serving;
  const stop = stopRequested();
  const cluster = await startCluster({
    host,
    port,
    publicUrl,
    dataDir,
    logLevel,
    drainMs,
    path,
    steps,
    variables: { ...tracing, ...settings },
  });
  steps.say(`\n${described(cluster, dataDir)}\n`);
  restartWhenAsked(cluster, steps);
  await Promise.race([stop, cluster.postgres.lost]);
  await steps.step('Stopping', () => cluster.stop());
}

function described({ url, members, nats, redis, redisCache }: Cluster, dataDir: string): string {
  const width = Math.max(...members.map(({ process }) => process.name.length));
  return [
    `Souk serves on ${url}/graphql, from ${members.length} processes:`,
    ...members.map(
      (each) =>
        `  ${each.process.name.padEnd(width)}  ${each.url}  process ${each.process.pid}  metrics ${each.metricsUrl}`,
    ),
    `  ${nats.name.padEnd(width)}  process ${nats.pid}`,
    `  ${redis.name.padEnd(width)}  process ${redis.pid}`,
    `  ${redisCache.name.padEnd(width)}  process ${redisCache.pid}`,
    'Demo logins:',
    ...DEMO_LOGINS.map(({ tenant, email, password }) => `  ${tenant.padEnd(width)}  ${email}  ${password}`),
    `Buy an order step by step: npm run demo -- ${url}`,
    `Replace one process after the other, while the others serve: kill -USR2 ${process.pid}`,
    `The logs are in ${dataDir}/logs. Ctrl-C stops the cluster.`,
  ].join('\n');
}

/** Replaces all processes on SIGUSR2. A second signal during a replacement has no effect. */
function restartWhenAsked({ members }: Cluster, steps: Steps): void {
  let restarting = false;
  const report = ({ name, exitCode, stopMs, startMs }: Replacement) =>
    steps.say(
      `  ${name} drained for ${seconds(stopMs)}, ended with exit code ${exitCode}, was ready again after ${seconds(startMs)}`,
    );
  process.on('SIGUSR2', () => {
    if (restarting) return;
    restarting = true;
    void steps
      .step('Replacing every process', () => rollingRestart(members, report))
      .catch((error: unknown) => console.error(error instanceof StartFailure ? error.message : error))
      .finally(() => (restarting = false));
  });
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Resolves on Ctrl-C, on `kill`, and when the launcher has ended. */
function stopRequested(): Promise<void> {
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
