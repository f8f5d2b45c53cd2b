import {
  composeSupergraph,
  createGateway,
  inProcessTransport,
  readManifestFile,
  readRestFiles,
  readSupergraphFile,
  type Acceptance,
  type Gateway,
  type GatewayLimits,
  type GatewayOptions,
  type PlaygroundChoice,
  type SubgraphTransport,
} from '@souk/gateway';
import { systemClock } from '@souk/kit/domain';
import { addMetrics, type MetricsPlace } from '@souk/platform/http';
import { addSubgraphMetrics, createProcessMetrics, type ProcessMetrics } from '@souk/platform/metrics';
import type { RunningSubgraph } from '@souk/kit/runtime';
import {
  MANIFEST_FILE,
  REST_FILES,
  SUPERGRAPH_FILE,
  addGatewayMetrics,
  fetchTimes,
  gatewayObservation,
  timed,
  tenantDirectory,
  cacheInvalidation,
  endLostSessions,
  recallEndedSessions,
  sessionEndings,
  gatewayState,
  type GatewayState,
} from '@souk/deployment/gateway';
import { reachable } from '@souk/deployment/start';
import { startSubgraphs, type Subgraphs, type SubgraphsOptions } from '@souk/deployment/subgraphs';

export interface SoukOptions extends Omit<SubgraphsOptions, 'publicUrl'> {
  /** Where clients reach Souk, without a slash at the end. Default: the address that the gateway listens on. */
  readonly publicUrl?: string | null;
  /** UUID of the tenant of a request that names none; null when every request has to. */
  readonly defaultTenantId: string | null;
  /** Folder of the pictures, served as `/media`. */
  readonly mediaDirectory: string;
  /** Instead of the gateway's defaults. */
  readonly limits?: Partial<GatewayLimits>;
  /** As `protectionOptions` gives it. Default: the gateway's own, which counts nothing over time. */
  readonly protection?: Pick<GatewayOptions, 'introspection' | 'http' | 'cost' | 'rates'>;
  /** As `engineSettings` gives it. Default: the own engine alone. */
  readonly engine?: Pick<GatewayOptions, 'engine' | 'shadow'>;
  /** What the gateway keeps between requests. Default: in memory. Stays the caller's to stop. */
  readonly state?: GatewayState;
  /** Whether clients may send `any` operation, or only the `persisted` ones. Default: any. */
  readonly acceptOperations?: Acceptance;
  /** Where `/metrics` is served. Default: on the gateway's port. */
  readonly metrics?: MetricsPlace;
  /** Stands between the gateway and a subgraph, for outage drills. Default: nothing does. */
  readonly transport?: (subgraph: string, inProcess: SubgraphTransport) => SubgraphTransport;
  /** Runs when the subgraphs do and before anything is served; gives the playground's examples, or null for no playground. */
  readonly beforeServing?: (subgraphs: Subgraphs) => Promise<PlaygroundChoice | null>;
}

/** The whole of Souk in this process. */
export interface Souk {
  readonly subgraphs: Subgraphs;
  /** Does not listen yet. */
  readonly gateway: Gateway;
  /** Finishes what is under way; the database is not ours to stop. */
  stop(): Promise<void>;
}

/** Starts the subgraphs on a prepared database, and a gateway in front of them. */
export async function startSouk(options: SoukOptions): Promise<Souk> {
  let publicUrl = options.publicUrl ?? null;
  const subgraphs = await startSubgraphs({ ...options, publicUrl: () => publicUrl });
  try {
    const playground = (await options.beforeServing?.(subgraphs)) ?? null;
    const state = options.state ?? gatewayState(null);
    subgraphs.events.consume(
      sessionEndings(state.endedSessions, () =>
        endLostSessions(state.endedSessions, subgraphs.accounts.services, systemClock),
      ),
    );
    await state.ready();
    await recallEndedSessions(state.endedSessions, subgraphs.accounts.services, systemClock);
    const metrics = createProcessMetrics('all-in-one');
    const gateway = await gatewayOf(subgraphs, options, playground, { state, metrics });
    addMetrics(gateway.app, metrics, options.metrics ?? 'MAIN_PORT');
    addGatewayMetrics(metrics, gateway);
    state.addMetrics(metrics);
    addSubgraphMetrics(metrics, [...subgraphs.all, ...subgraphs.workers]);
    subgraphs.events.consume(cacheInvalidation(gateway));
    gateway.app.addHook('onListen', async () => {
      publicUrl ??= reachable(gateway.app.listeningOrigin);
    });
    return {
      subgraphs,
      gateway,
      async stop() {
        await gateway.app.close();
        await subgraphs.stop();
      },
    };
  } catch (error) {
    await subgraphs.stop();
    throw error;
  }
}

async function gatewayOf(
  subgraphs: Subgraphs,
  options: SoukOptions,
  playground: PlaygroundChoice | null,
  { state, metrics }: { readonly state: GatewayState; readonly metrics: ProcessMetrics },
): Promise<Gateway> {
  const { accounts } = subgraphs;
  const { defaultTenantId, mediaDirectory, logger, tracer, limits, protection, acceptOperations = 'any' } = options;
  const transport = options.transport ?? ((_name, inProcess) => inProcess);
  const fetches = fetchTimes(metrics);
  return createGateway({
    supergraph: composeSupergraph(await soukSubgraphs()),
    subgraphs: new Map(
      subgraphs.all.map(({ name, schema }) => [
        name,
        timed(transport(name, inProcessTransport(schema)), name, fetches),
      ]),
    ),
    identity: { keys: async () => accounts.services.keys() },
    tenants: tenantDirectory(accounts.services, defaultTenantId),
    revocations: state.endedSessions,
    ...gatewayObservation(metrics),
    logger,
    ...(tracer && { tracer }),
    ...(limits && { limits }),
    ...state.responses,
    ...protection,
    ...options.engine,
    operations: { manifest: await readManifestFile(MANIFEST_FILE), accept: acceptOperations, ...state.operations },
    rest: await readRestFiles(REST_FILES),
    playground,
    media: { directory: mediaDirectory },
    home: { title: 'Souk', about: 'A multi-tenant commerce platform that you call as one graph.' },
    parts: subgraphs.all.map(readinessOf),
  });
}

async function soukSubgraphs() {
  try {
    return await readSupergraphFile(SUPERGRAPH_FILE);
  } catch (error) {
    throw new Error('The schemas of the subgraphs cannot be read: `npm run generate` writes them', { cause: error });
  }
}

function readinessOf({ name, isReady }: RunningSubgraph<unknown>) {
  return { name, ready: () => isReady() };
}
