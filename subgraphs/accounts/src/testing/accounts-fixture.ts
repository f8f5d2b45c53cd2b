import { startTestSubgraph, TestClock } from '@souk/kit/testing';
import { accountsManifest } from '../manifest.ts';
import { accounts, generateSigningKey } from '../index.ts';

/** The scopes that an owner has in a test subgraph: those of the subgraph itself. */
export const ALL_SCOPES: readonly string[] = accountsManifest.scopes.map(({ definition }) => definition.name);

/** Starts the subgraph on a new database with a fixed clock. The test calls `close` in `afterAll`. */
export async function startAccounts() {
  const clock = new TestClock(new Date('2030-01-01T00:00:00Z'));
  const running = await startTestSubgraph(accounts, { settings: { signingKeyPem: generateSigningKey() }, clock });
  return { ...running, clock };
}

export type AccountsFixture = Awaited<ReturnType<typeof startAccounts>>;
