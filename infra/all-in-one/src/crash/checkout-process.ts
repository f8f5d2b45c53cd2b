// A process that serves the subgraphs, and is killed where its task says: `node checkout-process.js '<task>'`.
// The file is run by `processes.ts`, never imported.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createLogger } from '@souk/kit/runtime';
import { Client } from 'pg';
import { startSubgraphs } from '@souk/deployment/subgraphs';
import { nameOf, type CheckoutTask, type Step } from './checkout-task.ts';

const task: CheckoutTask = JSON.parse(process.argv[2] ?? '');
const admin = new Client(task.adminUrl);
await admin.connect();

/** Says that a checkout came to a step; where it is the one of the task, at the step of the task, nothing comes after it. */
async function reach(step: Step): Promise<void> {
  writeSync(process.stdout.fd, `${JSON.stringify(step)}\n`); // at once: there may be no later
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
  process.exit(); // The step never came: whoever waits for the kill sees that.
}
