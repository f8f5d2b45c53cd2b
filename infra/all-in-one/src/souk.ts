import {
  composeSupergraph,
  createGateway,
  inProcessTransport,
  keptSupergraph,
  readManifestFile,
  readRestFiles,
  readSupergraphFile,
  type Acceptance,
  type ChannelDirectory,
  type Gateway,
  type GatewayLimits,
  type GatewayOptions,
  type PersistedOptions,
  type PlaygroundChoice,
  type SubgraphTransport,
  type WebApp,
} from '@souk/gateway';
import { systemClock } from '@souk/kit/domain';
import { addMetrics, addObjectRoutes, type MetricsPlace } from '@souk/platform/http';
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
  channelChanges,
  channelDirectory,
  tenantChanges,
  tenantDirectory,
  type CachedTenantDirectory,
  cacheInvalidation,
  endLostSessions,
  recallEndedSessions,
  sessionEndings,
  gatewayState,
  type GatewayState,
} from '@souk/deployment/gateway';
import { openObjects, reachable, type ObjectPlace } from '@souk/deployment/start';
import { addMailPage } from './mail-page.ts';
import { startSubgraphs, type Subgraphs, type SubgraphsOptions } from '@souk/deployment/subgraphs';

export interface SoukOptions extends Omit<SubgraphsOptions, 'publicUrl' | 'objects'> {
  /** The store of pictures and documents. @default no store */
  readonly objects?: Omit<ObjectPlace, 'publicUrl'>;
  /** URL by which clients reach Souk, without a slash at the end. @default the address that the gateway listens on */
  readonly publicUrl?: string | null;
  /** UUID of the tenant for requests without a tenant. Null when every request must name a tenant. */
  readonly defaultTenantId: string | null;
  /** The file that caches the composed supergraph for the next start. @default the supergraph is composed at every start */
  readonly supergraphFile?: string;
  /** The folder of the pictures that the gateway serves below `/media`. */
  readonly mediaDirectory: string;
  /** The folder whose mails `/mail` shows. @default `/mail` does not exist */
  readonly mailFolder?: string;
  /** The result of `builtWebApps`. @default no web apps */
  readonly webApps?: readonly WebApp[];
  /** Overrides of the gateway's limits. */
  readonly limits?: Partial<GatewayLimits>;
  /** The result of `protectionOptions`. @default the gateway's own settings, without rate limits */
  readonly protection?: Pick<GatewayOptions, 'introspection' | 'http' | 'cost' | 'rates'>;
  /** The result of `engineSettings`. @default only Souk's own engine */
  readonly engine?: Pick<GatewayOptions, 'engine' | 'shadow'>;
  /** The state that the gateway keeps between requests. The caller stops it. @default in memory */
  readonly state?: GatewayState;
  /** Whether clients may send `any` operation, or only `persisted` operations. @default 'any' */
  readonly acceptOperations?: Acceptance;
  /** When the persisted operations are planned. @default 'AT_START' */
  readonly planning?: NonNullable<PersistedOptions['planning']>;
  /** The port that serves `/metrics`. @default the gateway's port */
  readonly metrics?: MetricsPlace;
  /** Wraps the transport to a subgraph, for outage tests. @default no wrapper */
  readonly transport?: (subgraph: string, inProcess: SubgraphTransport) => SubgraphTransport;
  /**
   * Runs after the subgraphs have started, and before the gateway serves. Returns the content of the playground, or null for a server
   * without a playground.
   */
  readonly beforeServing?: (subgraphs: Subgraphs) => Promise<PlaygroundChoice | null>;
}

/** The subgraphs and the gateway of this process. */
export interface Souk {
  readonly subgraphs: Subgraphs;
  /** The gateway. The caller makes it listen. */
  readonly gateway: Gateway;
  /** Finishes the running requests, and stops gateway and subgraphs. The caller stops the database. */
  stop(): Promise<void>;
}

/** Starts the subgraphs on a migrated database, and a gateway in front of them. */
export async function startSouk(options: SoukOptions): Promise<Souk> {
  let publicUrl = options.publicUrl ?? null;
  const { objects: place, ...withoutObjects } = options;
  const objects = place && (await openObjects({ ...place, publicUrl: () => publicUrl }));
  const subgraphs = await startSubgraphs({
    ...withoutObjects,
    ...(objects && { objects }),
    publicUrl: () => publicUrl,
  });
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
    const tenants = tenantDirectory(subgraphs.accounts.services, options.defaultTenantId);
    subgraphs.events.consume(tenantChanges(tenants));
    const channels = channelDirectory(subgraphs.catalog.services);
    subgraphs.events.consume(channelChanges(channels));
    const gateway = await gatewayOf(subgraphs, options, playground, { state, metrics, tenants, channels });
    if (objects) addObjectRoutes(gateway.app, objects);
    if (options.mailFolder !== undefined) addMailPage(gateway, options.mailFolder);
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

interface GatewayParts {
  readonly state: GatewayState;
  readonly metrics: ProcessMetrics;
  readonly tenants: CachedTenantDirectory;
  readonly channels: ChannelDirectory;
}

async function gatewayOf(
  subgraphs: Subgraphs,
  options: SoukOptions,
  playground: PlaygroundChoice | null,
  { state, metrics, tenants, channels }: GatewayParts,
): Promise<Gateway> {
  const { accounts } = subgraphs;
  const { mediaDirectory, logger, tracer, limits, protection } = options;
  const { acceptOperations = 'any', planning = 'AT_START' } = options;
  const transport = options.transport ?? ((_name, inProcess) => inProcess);
  const fetches = fetchTimes(metrics);
  return createGateway({
    supergraph: await supergraphOf(options.supergraphFile),
    subgraphs: new Map(
      subgraphs.all.map(({ name, schema }) => [
        name,
        timed(transport(name, inProcessTransport(schema)), name, fetches),
      ]),
    ),
    identity: { keys: async () => accounts.services.keys(), apiKey: (hash) => accounts.services.apiKey(hash) },
    tenants,
    channels,
    revocations: state.endedSessions,
    ...gatewayObservation(metrics),
    logger,
    ...(tracer && { tracer }),
    ...(limits && { limits }),
    ...state.responses,
    ...protection,
    ...options.engine,
    operations: {
      manifest: await readManifestFile(MANIFEST_FILE),
      accept: acceptOperations,
      planning,
      ...state.operations,
    },
    rest: await readRestFiles(REST_FILES),
    playground,
    media: { directory: mediaDirectory },
    webApps: options.webApps ?? [],
    home: { title: 'Souk', about: 'A multi-tenant commerce platform that you call as one graph.' },
    parts: subgraphs.all.map(readinessOf),
  });
}

async function supergraphOf(keptIn: string | undefined): Promise<string> {
  const subgraphs = await soukSubgraphs();
  return keptIn === undefined ? composeSupergraph(subgraphs) : keptSupergraph(subgraphs, keptIn);
}

async function soukSubgraphs() {
  try {
    return await readSupergraphFile(SUPERGRAPH_FILE);
  } catch (error) {
    throw new Error('The schemas of the subgraphs cannot be read. Run `npm run generate`.', { cause: error });
  }
}

function readinessOf({ name, isReady }: RunningSubgraph<unknown>) {
  return { name, ready: () => isReady() };
}
