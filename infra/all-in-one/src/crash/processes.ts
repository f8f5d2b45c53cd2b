import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';
import { ROSTER } from '@souk/deployment/roster';
import type { TestInstallation } from '../testing/test-souk.ts';
import type { CheckoutTask, Step } from './checkout-task.ts';

/** The task of a process, without the connection strings and secrets. */
export type Task = Pick<CheckoutTask, 'tenantId' | 'cartId' | 'checkout' | 'dieAt'>;

/** The time in milliseconds after which a process that did not reach its step is ended. */
const TIMEOUT_MS = 120_000;

/** Builds the code that `npm start` would run. */
export const prepareProcesses = () => ensureBuilt({ step: async (_label, work) => work(), say: () => undefined });

/**
 * Runs a process until it kills itself at the step of its task.
 * @param onStep receives every step that the process takes, of any checkout.
 * @throws Error with the process's stderr when the process ends in another way.
 */
export async function runUntilKilled(
  installation: TestInstallation,
  task: Task,
  onStep: (step: Step) => void,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'infra/all-in-one/dist/crash/checkout-process.js'), argument(installation, task)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
    },
  );
  const ended = Promise.withResolvers<NodeJS.Signals | number | null>();
  child.on('error', ended.reject);
  child.on('close', (code, signal) => ended.resolve(signal ?? code));
  const stderr = text(child.stderr);
  for await (const line of createInterface(child.stdout)) onStep(JSON.parse(line) as Step); // checkout-process.ts writes steps.
  const end = await ended.promise;
  if (end !== 'SIGKILL')
    throw new Error(`The process ended with ${end} before it reached the step "${task.dieAt}":\n${await stderr}`);
}

function argument({ database, secrets }: TestInstallation, task: Task): string {
  const roles = ROSTER.flatMap(({ name }) => [`${name}_app`, `${name}_relay`]);
  const databaseUrls = Object.fromEntries(roles.map((role) => [role, database.url(role)]));
  const whole: CheckoutTask = { ...task, databaseUrls, adminUrl: database.url(), secrets };
  return JSON.stringify(whole);
}
