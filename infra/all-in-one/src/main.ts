import { setImmediate as nextTurn } from 'node:timers/promises';
import { StartFailure } from '@souk/launcher/start-failure';
import { createSteps, type Steps } from '@souk/launcher/steps';
import { compose } from './compose.ts';
import {
  type Composition,
  type Served,
  type StartReport,
  keepLogsSmall,
  StartInterrupted,
  StopSignal,
} from '@souk/deployment/start';
import {
  takeDataFolder,
  readEnvironment,
  type Environment,
  checkPort,
  errorCode,
  listenFailure,
} from '@souk/deployment/one-process';
import { welcome } from './welcome.ts';

/** The maximum duration of a stop, in milliseconds. After this time the process ends without waiting. */
const STOP_WITHIN_MS = 15_000;

/** Starts Souk, serves until a signal arrives, and stops. @throws StartFailure, StartInterrupted */
async function run(environment: Environment, steps: Steps, stop: StopSignal): Promise<void> {
  const folder = await takeDataFolder(environment.dataDir);
  const stopRotation = keepLogsSmall(environment.dataDir);
  try {
    await checkPort(environment.http.host, environment.http.port);
    const souk = await start(environment, steps, stop);
    try {
      stop.throwIfAsked();
      const served = await listen(souk, environment);
      folder.note({ url: served.url });
      steps.say(`\n${welcome(served, startMs(), steps.paint)}\n`);
      if (served.logins.length > 0)
        steps.say(`Watch an order from the shop to the door: npm run demo -- ${served.url}`);
      steps.say(`The log is in ${environment.log.file}. Ctrl-C stops.`);
      if (process.connected) process.send?.({ serving: served.url });
      const failure = await Promise.race([stop.asked, souk.failure]);
      if (failure) throw failure;
    } finally {
      folder.note({ stopping: true });
      await closeInTime(souk, steps);
    }
  } finally {
    stopRotation();
    folder.release();
  }
}

/**
 * The duration of the start in milliseconds. `npm run dev` keeps a process ready before a start, so the age of the process is not the
 * duration.
 */
function startMs(): number {
  const [started] = performance.getEntriesByName('program started');
  return performance.now() - (started?.startTime ?? 0);
}

/** @throws StartInterrupted after a signal, also when the signal made a step fail */
async function start(environment: Environment, steps: Steps, stop: StopSignal): Promise<Composition> {
  let starting = true;
  void stop.asked.then(() => {
    if (starting) steps.say('Stopping when this step is done. Ctrl-C again ends it at once.');
  });
  try {
    return await compose(environment, interruptible(steps, stop));
  } catch (error) {
    // Ctrl-C also reaches the programs that a step runs. Such a program may fail before this process has received the signal, so this
    // process waits one turn of the event loop.
    await nextTurn();
    stop.throwIfAsked();
    throw error;
  } finally {
    starting = false;
  }
}

async function listen(souk: Composition, { http }: Environment): Promise<Served> {
  try {
    return await souk.listen();
  } catch (error) {
    // The port was free when the start checked it. Another program has taken the port since then.
    throw errorCode(error) === 'EADDRINUSE' ? listenFailure(error, http.host, http.port) : error;
  }
}

function interruptible(steps: Steps, stop: StopSignal): StartReport {
  return {
    say: steps.say,
    step: (label, work) => {
      stop.throwIfAsked();
      return steps.step(label, work);
    },
  };
}

async function closeInTime(souk: Composition, steps: Steps): Promise<void> {
  const timer = setTimeout(
    () =>
      endNow(
        `Souk did not stop within ${STOP_WITHIN_MS / 1000} s and was ended. The last requests may have failed. Read the log.`,
      ),
    STOP_WITHIN_MS,
  );
  await steps.step('Stopping', () => souk.close());
  clearTimeout(timer);
}

function endNow(line: string): never {
  console.error(line);
  process.exit(1);
}

/** Requests a stop on Ctrl-C, on `kill`, after an uncaught error, and when the launcher process ends. */
function listenForStop(stop: StopSignal): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.press());
  if (process.connected) process.on('disconnect', () => stop.ask());
  // The program that reads the output may end first, as in `npm start | head`. Souk continues to serve.
  process.stdout.on('error', () => undefined);
  process.on('uncaughtException', (error) => {
    console.error('Souk stops because of an uncaught error. Please report it:', error);
    process.exitCode = 1;
    stop.ask();
  });
}

async function main(): Promise<void> {
  const steps = createSteps();
  const stop = new StopSignal({ now: () => performance.now(), onForce: () => endNow('Ended at once.') });
  listenForStop(stop);
  try {
    await run(readEnvironment(), steps, stop);
  } catch (error) {
    if (error instanceof StartInterrupted) return steps.say('The start was interrupted.');
    process.exitCode = 1;
    console.error(error instanceof StartFailure ? error.message : error);
  }
}

await main();
process.exit();
