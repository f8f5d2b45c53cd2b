import { buildSubgraphSchema } from '@apollo/subgraph';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { defineEvent, defineScope, type EventEnvelope } from '@souk/kit/contracts';
import { InProcessEventBus, type FeedItem } from '@souk/kit/messaging';
import { parse } from 'graphql';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { z } from 'zod';
import { composeSupergraph } from '@souk/engine/composition';
import { inProcessTransport } from '@souk/engine/subgraphs';
import { createGateway, type Gateway } from '../gateway.ts';
import type { GatewayOptions } from '../gateway-options.ts';
import { FIXTURE_TENANTS } from './fixture-gateway.ts';
import { fixtureIdentity, TENANT, type FixtureIdentity } from './fixture-identity.ts';

const Rang = defineEvent({ subject: 'bell.tower.rang', version: 1, payload: z.object({ times: z.int() }) });
const BellsRing = defineScope({ name: 'bells:ring', roles: ['OWNER'] });
const BellsHear = defineScope({ name: 'bells:hear', roles: ['OWNER'] });

const SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@requiresScopes"])
  type Query { bell: String }
  type Subscription {
    rang: Ring!
    rangForRingers: Ring! @requiresScopes(scopes: [["bells:ring"]])
  }
  type Ring { times: Int! mayTell: Boolean }
`;

/** Several gateways in front of one subgraph whose events have positions. Clients may move from one gateway to another. */
export interface ResumedGateways {
  readonly identity: FixtureIdentity;
  /**
   * Starts a gateway.
   * @returns its URL without a slash at the end
   */
  open(options?: Partial<GatewayOptions>): Promise<{ readonly url: string; readonly gateway: Gateway }>;
  /** Publishes one event for each number. */
  ring(...times: readonly number[]): Promise<void>;
  /** Makes the subgraph deny the field `mayTell` from now on. */
  silence(): void;
  /** The number of open subscriptions at the subgraph. */
  feeds(): number;
  close(): Promise<void>;
}

/** Starts the subgraph. `open` starts a gateway. */
export async function resumedGateways(): Promise<ResumedGateways> {
  const bus = new InProcessEventBus({ onError: () => undefined });
  const identity = await fixtureIdentity();
  const opened: Gateway[] = [];
  const positionSecret = Buffer.alloc(32, 'a secret');
  let isSilent = false;
  const feed = ({ tenantId, resumeAfter }: RequestContext) => bus.feed(Rang, { tenantId, after: resumeAfter });
  const resolve = ({ data }: FeedItem<{ readonly times: number }>) => data;
  const resolvers = {
    Subscription: {
      rang: { subscribe: (_root: unknown, _args: unknown, context: RequestContext) => feed(context), resolve },
      rangForRingers: {
        subscribe(_root: unknown, _args: unknown, context: RequestContext) {
          requireScope(context, BellsRing);
          return feed(context);
        },
        resolve,
      },
    },
    Ring: {
      mayTell(_ring: unknown, _args: unknown, context: RequestContext) {
        if (isSilent) requireScope(context, BellsHear);
        return true;
      },
    },
  };
  const schema = buildSubgraphSchema([{ typeDefs: parse(SDL), resolvers }]);
  return {
    identity,
    async open(options = {}) {
      const gateway = await createGateway({
        supergraph: composeSupergraph([{ name: 'bells', url: 'http://bells.test/graphql', sdl: SDL }]),
        subgraphs: new Map([['bells', inProcessTransport(schema)]]),
        identity,
        tenants: FIXTURE_TENANTS,
        logger: pino({ level: 'silent' }),
        positionSecret,
        ...options,
      });
      opened.push(gateway);
      return { url: await gateway.app.listen({ host: '127.0.0.1', port: 0 }), gateway };
    },
    ring: (...times) => bus.publish(times.map(ringing)),
    silence: () => void (isSilent = true),
    feeds: () => bus.feedCount,
    close: async () => void (await Promise.all(opened.map(({ app }) => app.close()))),
  };
}

function ringing(times: number): EventEnvelope {
  return {
    event_id: randomUUID(),
    event_type: Rang.subject,
    tenant_id: TENANT,
    aggregate_id: TENANT,
    timestamp: '2030-01-01T00:00:00.000Z',
    source: 'bell',
    version: 1,
    data: { times },
    metadata: { user_id: null, correlation_id: null },
  };
}
