import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { ensureBuilt, ROOT } from '@souk/launcher/bootstrap';
import { ROSTER } from '@souk/deployment/roster';
import type { TestEstate } from '../testing/test-souk.ts';
import type { CheckoutTask, Step } from './checkout-task.ts';

/** What a process is told besides where its database is. */
export type Task = Pick<CheckoutTask, 'tenantId' | 'cartId' | 'checkout' | 'dieAt'>;

/** A process that does not come to its step is ended after this. */
const PATIENCE_MS = 120_000;

/** What `npm start` would run: the built code. */
export const prepareProcesses = () => ensureBuilt({ step: async (_label, work) => work(), say: () => undefined });

/**
 * Runs a process until it is killed at the step of its task, and tells every step that it saw of any checkout.
 * @throws Error with what it said when it ended in another way
 */
export async function runUntilKilled(estate: TestEstate, task: Task, onStep: (step: Step) => void): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'infra/all-in-one/dist/crash/checkout-process.js'), argument(estate, task)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PATIENCE_MS,
    },
  );
  const ended = Promise.withResolvers<NodeJS.Signals | number | null>();
  child.on('error', ended.reject);
  child.on('close', (code, signal) => ended.resolve(signal ?? code));
  const said = text(child.stderr);
  for await (const line of createInterface(child.stdout)) onStep(JSON.parse(line) as Step); // as checkout-process.ts writes it
  const end = await ended.promise;
  if (end !== 'SIGKILL')
    throw new Error(`A process was not killed at ${task.dieAt} but ended with ${end}\n${await said}`);
}

function argument({ database, secrets }: TestEstate, task: Task): string {
  const roles = ROSTER.flatMap(({ name }) => [`${name}_app`, `${name}_relay`]);
  const databaseUrls = Object.fromEntries(roles.map((role) => [role, database.url(role)]));
  const whole: CheckoutTask = { ...task, databaseUrls, adminUrl: database.url(), secrets };
  return JSON.stringify(whole);
}
