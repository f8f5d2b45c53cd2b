import { startTestSubgraph, TestClock } from '@souk/kit/testing';
import { accountsManifest } from '../manifest.ts';
import { accounts, generateSigningKey } from '../index.ts';

/** The HMAC key of the links in mails, for tests. */
export const LINK_SECRET = 'the secret of links in the tests';

/** The scopes of an owner in a test subgraph. Other subgraphs do not run, so their scopes are missing. */
export const ALL_SCOPES: readonly string[] = accountsManifest.scopes.map(({ definition }) => definition.name);

/** Starts the subgraph on a new database with a fixed clock. The test calls `close` in `afterAll`. */
export async function startAccounts() {
  const clock = new TestClock(new Date('2030-01-01T00:00:00Z'));
  const running = await startTestSubgraph(accounts, {
    settings: {
      signingKeyPem: generateSigningKey(),
      linkSecret: LINK_SECRET,
      mfaSecret: 'the secret of authenticator apps',
    },
    clock,
  });
  return { ...running, clock };
}

export type AccountsFixture = Awaited<ReturnType<typeof startAccounts>>;
