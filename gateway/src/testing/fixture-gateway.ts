import type { FastifyInstance } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { pino } from 'pino';
import { composeSupergraph } from '@souk/engine/composition';
import { inProcessTransport, type SubgraphTransport } from '@souk/engine/subgraphs';
import type { GatewayOptions } from '../gateway-options.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import { fixtureIdentity, OTHER_TENANT, TENANT, type FixtureIdentity } from './fixture-identity.ts';
import { catalogFixture, fixtureWorld, stockFixture, type FixtureWorld } from '@souk/engine/testing';

/** The HTTP response to one request, with its parsed body. */
export interface FixtureAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ExecutionResult;
}

/** A gateway that listens on a free port, over two fixture subgraphs. */
export interface FixtureGateway {
  readonly app: FastifyInstance;
  readonly gateway: Gateway;
  /** The URL without a trailing slash. */
  readonly url: string;
  readonly world: FixtureWorld;
  readonly identity: FixtureIdentity;
  /** The log lines, as pino wrote them. */
  readonly logs: readonly string[];
  graphql(query: string, headers?: Readonly<Record<string, string>>, variables?: unknown): Promise<FixtureAnswer>;
}

/** Options of a fixture gateway. All are optional. */
export type FixtureOptions = Partial<GatewayOptions> & {
  /** Replaces the stock subgraph's transport. */
  readonly stock?: SubgraphTransport;
};

/** A directory with two tenants: the default tenant, and a tenant at `other.test`. */
export const FIXTURE_TENANTS = {
  byHost: async (host: string) => (host === 'other.test' ? OTHER_TENANT : null),
  bySlug: async (slug: string) => (slug === 'other' ? OTHER_TENANT : null),
  exists: async (id: string) => id === TENANT || id === OTHER_TENANT,
  defaultTenantId: TENANT,
};

/** The ids of the default tenant's sales channels, by code. `web` is the default. The other tenant has no channels. */
export const FIXTURE_CHANNELS = {
  web: '00000000-0000-4000-8000-00000000c001',
  wholesale: '00000000-0000-4000-8000-00000000c002',
} as const;

const channels = {
  channelOf: async (tenantId: string, code: string | null) =>
    tenantId === TENANT ? (new Map(Object.entries(FIXTURE_CHANNELS)).get(code ?? 'web') ?? null) : null,
};

/** Starts a fixture gateway. The test must close its `app`. */
export async function startFixtureGateway({
  stock: transport,
  ...options
}: FixtureOptions = {}): Promise<FixtureGateway> {
  const world = fixtureWorld();
  const [catalog, stock] = [catalogFixture(world), stockFixture(world)];
  const identity = await fixtureIdentity();
  const logs: string[] = [];
  const gateway = await createGateway({
    supergraph: composeSupergraph([catalog, stock]),
    subgraphs: new Map([
      ['catalog', inProcessTransport(catalog.schema)],
      ['stock', transport ?? inProcessTransport(stock.schema)],
    ]),
    identity,
    tenants: FIXTURE_TENANTS,
    channels,
    logger: pino({ level: 'warn' }, { write: (line: string) => logs.push(line) }),
    ...options,
    // On a busy machine a client may take seconds to send `connection_init`.
    limits: { connectionInitMs: 60_000, ...options.limits },
  });
  const { app } = gateway;
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, gateway, url, world, identity, logs, graphql: (...args) => post(url, ...args) };
}

async function post(
  url: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
  variables: unknown = {},
): Promise<FixtureAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // The cast is safe, because `/graphql` always answers with a GraphQL result.
  return { status: response.status, headers: response.headers, body: (await response.json()) as ExecutionResult };
}
