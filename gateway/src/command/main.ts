import { resolve } from 'node:path';
import { pino } from 'pino';
import { HELP, readArguments, type CommandOptions } from './arguments.ts';
import { readCommandEnvironment } from './environment.ts';
import { serve } from './serve.ts';
import { StartProblem } from './start-problem.ts';

/** The deadline of a graceful stop. After this time the process exits, even while requests are running. */
const STOP_WITHIN_MS = 15_000;

async function main(args: readonly string[]): Promise<void> {
  const read = readArguments(args);
  if (!read.ok) return fail(`${read.error}\nRun it with --help to see what there is.`);
  if (read.value === 'help') return say(HELP.trimEnd());
  try {
    await run(read.value);
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    fail(error.message);
  }
}

async function run(options: CommandOptions): Promise<void> {
  const supergraph = resolve(readCommandEnvironment().folder, options.supergraph);
  const logger = pino({ level: options.logLevel }, pino.destination(2));
  const stop = stopAsked();
  // The launcher may end before the gateway has started, so a stop signal aborts the start.
  const gateway = await Promise.race([serve({ ...options, supergraph }, { say, warn, logger }), stop]);
  if (!gateway) return;
  process.on('SIGHUP', () => void gateway.reload());
  await stop;
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await gateway.close();
}

/** Resolves on Ctrl-C, on `kill`, and when the launcher ends. */
function stopAsked(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
    process.once('disconnect', () => stop());
    // The launcher may have ended while the modules were loaded. `connected` is undefined without an IPC channel to a launcher.
    if ((process.connected as boolean | undefined) === false) stop();
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

function fail(line: string): void {
  warn(line);
  process.exitCode = 1;
}

await main(process.argv.slice(2));
process.exit();
