// Serves the subgraphs in a process that kills itself at one step of a checkout: `node checkout-process.js '<task>'`.
// `processes.ts` starts this file as a program. No module imports it.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createLogger } from '@souk/kit/runtime';
import { Client } from 'pg';
import { startSubgraphs } from '@souk/deployment/subgraphs';
import { nameOf, type CheckoutTask, type Step } from './checkout-task.ts';

const task: CheckoutTask = JSON.parse(process.argv[2] ?? '');
const admin = new Client(task.adminUrl);
await admin.connect();

/** Reports a step of a checkout on stdout. Kills the process at the step of the task. */
async function reach(step: Step): Promise<void> {
  writeSync(process.stdout.fd, `${JSON.stringify(step)}\n`); // Synchronous, because the process may be killed next.
  const ours = 'select from orders.checkout where id = $1 and cart_id = $2';
  const { rowCount } = await admin.query(ours, [step.checkoutId, task.cartId]);
  if (rowCount === 1 && nameOf(step) === task.dieAt) process.kill(process.pid, 'SIGKILL');
}

const { orders } = await startSubgraphs({
  databaseUrl: (role) => task.databaseUrls[role] ?? '',
  secrets: task.secrets,
  logger: createLogger({ level: 'warn', destination: process.stderr }),
  settings: { orders: { onCheckoutStep: reach } },
});

if (task.checkout) {
  const { token, idempotencyKey } = task.checkout;
  const requestId = randomUUID();
  await orders.services.completeCheckout(
    { tenantId: task.tenantId, actor: { kind: 'anonymous' }, requestId, correlationId: requestId, locale: 'en' },
    { cartId: task.cartId, payment: { provider: 'TEST', token }, idempotencyKey },
  );
  process.exit(); // The checkout never reached the step. The parent process sees an exit instead of SIGKILL.
}
