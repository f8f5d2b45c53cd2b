import { startTestSubgraph, TestClock } from '@souk/kit/testing';
import { accounts, generateSigningKey } from '../index.ts';

/** Starts the subgraph on a new database with a fixed clock. The test calls `close` in `afterAll`. */
export async function startAccounts() {
  const clock = new TestClock(new Date('2030-01-01T00:00:00Z'));
  const running = await startTestSubgraph(accounts, { settings: { signingKeyPem: generateSigningKey() }, clock });
  return { ...running, clock };
}

export type AccountsFixture = Awaited<ReturnType<typeof startAccounts>>;
