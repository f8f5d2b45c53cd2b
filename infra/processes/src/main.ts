import { StartFailure } from '@souk/launcher/start-failure';
import { PROCESSES } from '@souk/deployment/roster';
import type { ServingProcess } from './serving-process.ts';
import { startProcess } from './subgraph/start.ts';

/** How long a process may take to stop after its drain, in ms. */
const STOP_WITHIN_MS = 30_000;

const START: ReadonlyMap<string, () => Promise<ServingProcess>> = new Map([
  ['gateway', async () => (await import('./gateway/gateway-process.ts')).startGateway()],
  ...PROCESSES.map((process) => [process.name, () => startProcess(process)] as const),
]);

async function main([name = '']: readonly string[]): Promise<void> {
  if (name === 'migrate') return migrate();
  const start = START.get(name);
  if (!start) {
    const wrong = name === '' ? '' : `Unknown process "${name}". `;
    throw new StartFailure(
      `${wrong}Name the process to start: npm run serve -- ${[...START.keys(), 'migrate'].join('|')}`,
    );
  }
  const stop = stopRequested();
  // SIGTERM must also end a start, because the start may wait for NATS without a time limit.
  const serving = await Promise.race([start(), stop]);
  if (!serving) return;
  console.log(JSON.stringify({ level: 30, time: new Date(), process: name, msg: `process serves on ${serving.url}` }));
  await stop;
  await drain(serving);
}

async function migrate(): Promise<void> {
  const [{ migrateEngines }, { readMigrationEnvironment }] = await Promise.all([
    import('./migration/migrate.ts'),
    import('./migration/environment.ts'),
  ]);
  const log = (level: number, msg: string, more: object = {}) =>
    console.log(JSON.stringify({ level, time: new Date(), process: 'migrate', msg, ...more }));
  const ran = await migrateEngines(readMigrationEnvironment(), (line) => log(40, line));
  log(30, `Postgres and NATS are up to date; ${ran.length} migrations ran`, { ran });
}

/** Resolves on Ctrl-C, on `kill`, and when the launcher has ended. */
function stopRequested(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop());
    if (process.connected) process.once('disconnect', () => stop());
  });
}

async function drain(serving: ServingProcess): Promise<void> {
  const drained = serving.drain();
  const tooLong = setTimeout(() => {
    console.error(`The process did not stop within ${STOP_WITHIN_MS / 1000} s after its drain and was ended.`);
    process.exit(1);
  }, serving.drainMs + STOP_WITHIN_MS);
  await drained;
  clearTimeout(tooLong);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof StartFailure ? error.message : error);
}
process.exit();
