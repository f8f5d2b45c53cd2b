import { readEnvironment, startDatabase, type Database, type Environment } from '@souk/deployment/one-process';
import { makePrivateDataFolder } from '@souk/deployment/start';
import { ROOT } from '@souk/launcher/bootstrap';
import { StartFailure } from '@souk/launcher/start-failure';
import { createSteps, type Steps } from '@souk/launcher/steps';
import { once } from 'node:events';
import { join } from 'node:path';
import { startDevLoop } from './dev-loop.ts';
import { devVariables, INSPECTOR } from './environment.ts';

const SERVER = join(ROOT, 'infra/all-in-one/dist/main.js');

/** Runs `npm run dev` until a signal stops it. @throws StartFailure */
async function run(steps: Steps): Promise<void> {
  const environment = readEnvironment();
  const database = await databaseOf(environment, steps);
  const loop = await startDevLoop({
    root: ROOT,
    program: {
      options: [`--inspect-port=${INSPECTOR}`, '--enable-source-maps'],
      program: SERVER,
      variables: devVariables({
        dataDir: environment.dataDir,
        databaseUrl: database?.adminUrl ?? environment.databaseUrl,
      }),
    },
    say: steps.say,
  });
  try {
    const failure = await Promise.race([askedToStop(), ...(database ? [database.lost] : [])]);
    if (failure) throw failure;
  } finally {
    await loop.stop();
    await database?.stop();
  }
}

/**
 * Starts the development Postgres, which keeps running while the server restarts. Null when DATABASE_URL refers to
 * another Postgres.
 */
async function databaseOf(environment: Environment, steps: Steps): Promise<Database | null> {
  if (environment.databaseUrl !== null) return null;
  makePrivateDataFolder(environment.dataDir);
  return startDatabase(environment, steps);
}

async function askedToStop(): Promise<undefined> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal));
  await Promise.race([...signals, ...(process.connected ? [once(process, 'disconnect')] : [])]);
}

const steps = createSteps();
try {
  await run(steps);
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof StartFailure ? error.message : error);
}
process.exit();
