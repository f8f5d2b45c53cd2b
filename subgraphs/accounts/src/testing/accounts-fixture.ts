import { randomUUID } from 'node:crypto';
import { systemContext, type RequestContext } from '@souk/kit/context';
import { InProcessCommands, InProcessEventBus } from '@souk/kit/messaging';
import { createLogger, startSubgraph, type RunningSubgraph } from '@souk/kit/runtime';
import { createTestDatabase, TestClock, type TestDatabase } from '@souk/kit/testing';
import { graphql } from 'graphql';
import { accounts, generateSigningKey, type AccountsServices } from '../index.ts';

/** What a client gets. */
interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly codes?: readonly unknown[];
}

/** The subgraph on a database of its own, with a clock that stands still. */
export interface AccountsFixture {
  readonly database: TestDatabase;
  readonly clock: TestClock;
  readonly events: InProcessEventBus;
  readonly services: AccountsServices;
  run(ctx: RequestContext, source: string, variables?: Record<string, unknown>): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startAccounts(signingKeyPem: string = generateSigningKey()): Promise<AccountsFixture> {
  const database = await createTestDatabase();
  const clock = new TestClock(new Date('2030-01-01T00:00:00Z'));
  const events = new InProcessEventBus({ onError: () => undefined });
  const platform = {
    databaseUrl: (role: string) => database.url(`accounts_${role}`),
    commands: new InProcessCommands(),
    events,
    clock,
    logger: createLogger({ level: 'silent' }),
  };
  const subgraph: RunningSubgraph<AccountsServices> = await startSubgraph(accounts, platform, { signingKeyPem });
  return {
    database,
    clock,
    events,
    services: subgraph.services,
    async run(contextValue, source, variableValues = {}) {
      const { data, errors } = await graphql({ schema: subgraph.schema, source, variableValues, contextValue });
      // Through JSON, as a client gets it.
      return JSON.parse(
        JSON.stringify({ data: data ?? null, codes: errors?.map((error) => error.extensions['code']) }),
      ) as Answer;
    },
    async stop() {
      await subgraph.stop();
      await database.drop();
    },
  };
}

/** Somebody who is not logged in. */
export function stranger(tenantId: string): RequestContext {
  return { ...systemContext(tenantId, 'test', randomUUID()), actor: { kind: 'anonymous' } };
}

/** Somebody who is. */
export function user(tenantId: string, userId: string, scopes: readonly string[] = []): RequestContext {
  return { ...stranger(tenantId), actor: { kind: 'user', userId, role: 'STAFF', scopes } };
}
