import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { messageCatalog, PROCESSES } from '@souk/deployment/roster';
import { ROOT } from '@souk/launcher/bootstrap';
import { keepLogsSmall, makePrivateDataFolder, reachable, type StartReport } from '@souk/deployment/start';
import { listensOnLoopback } from '@souk/gateway';
import { freePorts, type EmbeddedPostgres } from '@souk/platform/embedded-postgres';
import {
  MIGRATION_USER,
  natsAuthorization,
  natsUsers,
  quoted,
  type NatsLogin,
  type TopologySettings,
} from '@souk/platform/nats';
import { natsServer, redisServer, requireEngines } from './engines.ts';
import { databaseUrl, loadShops, makeStreams, openPostgres } from './stores.ts';
import { startFront, type Front } from './front.ts';
import { ManagedProcess } from './managed-process.ts';
import { gatewayVariables, subgraphVariables, type ClusterMap } from './process-variables.ts';
import { secretFiles, secretIn } from './secret-files.ts';

/** The ports, folders and numbers of processes of a cluster. */
export interface ClusterOptions {
  readonly host: string;
  /** Port of the cluster's reverse proxy. 0 chooses any free port. */
  readonly port: number;
  /** URL of the cluster for clients, without a trailing slash. @default the URL of its reverse proxy */
  readonly publicUrl?: string | null;
  /** The absolute path of the folder that holds all files of the cluster. */
  readonly dataDir: string;
  readonly logLevel: string;
  /** How long every process continues to serve after SIGTERM, in ms. */
  readonly drainMs: number;
  /** How long each process may take to start, in ms. @default 60,000 */
  readonly startWithinMs?: number;
  /** The `PATH` in which the programs of NATS and Redis are found. */
  readonly path: string;
  /** Returns the number of processes of a kind. @default two of each server, one of each worker */
  readonly copiesOf?: (kind: ProcessKind) => number;
  /**
   * Returns the root folder of the clone whose code a process runs, by the index of the process among the processes of its kind. Called at
   * each start of a process.
   * @default this clone
   */
  readonly rootOf?: (place: number) => string;
  /** Environment variables for every process, in addition to the cluster's own variables. Used for tracing, for instance. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Environment variables for the gateways, in addition to the cluster's own variables: see docs/protection.md. */
  readonly gatewayVariables?: Readonly<Record<string, string>>;
  /** Settings of postgresql.conf that override the cluster's own settings. */
  readonly postgresSettings?: Readonly<Record<string, string>>;
  /** Settings of the event streams. @default the settings of `migrate` without arguments */
  readonly streams?: TopologySettings;
  /** Additional lines for the NATS configuration. @default none */
  readonly natsConfiguration?: string;
  readonly steps: StartReport;
}

/** The name of a kind of process: `gateway`, or a name in `PROCESSES`. */
export type ProcessKind = string;

/** One of the equal processes of a kind. */
export interface ClusterMember {
  readonly kind: ProcessKind;
  readonly url: string;
  readonly metricsUrl: string;
  readonly process: ManagedProcess;
}

/** A running Souk of separate processes on one machine. */
export interface Cluster {
  /** URL of the cluster's reverse proxy, without a trailing slash. */
  readonly url: string;
  readonly members: readonly ClusterMember[];
  readonly nats: ManagedProcess;
  readonly natsUrl: string;
  /** The folder in which NATS stores its streams. */
  readonly natsStore: string;
  /** Login of the NATS user of the migration, who has every permission. */
  readonly natsLogin: NatsLogin;
  /** Creates missing streams and consumers, as at the start of the cluster. */
  migrateStreams(): Promise<void>;
  /** Redis for rate counters and ended sessions. */
  readonly redis: ManagedProcess;
  readonly redisUrl: string;
  /** Redis for cached responses and operation texts. */
  readonly redisCache: ManagedProcess;
  readonly redisCacheUrl: string;
  /** The password of both Redis servers. */
  readonly redisPassword: string;
  readonly postgres: EmbeddedPostgres;
  /** Drains the processes, and then stops Postgres, NATS and Redis. */
  stop(): Promise<void>;
}

const MAIN = 'infra/processes/dist/main.js';

/** Functions that stop what was started so far. They are called in reverse order. */
type StopList = (() => Promise<unknown>)[];

/** Starts a cluster. The first start loads the demo shops. @throws StartFailure after stopping everything that was started */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const stops: StopList = [];
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each();
  };
  try {
    return { ...(await startAll(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(options: ClusterOptions, stops: StopList): Promise<Omit<Cluster, 'stop'>> {
  const { dataDir, path, steps, copiesOf = defaultCopies, rootOf = () => ROOT } = options;
  requireEngines(path);
  makePrivateDataFolder(dataDir);
  const stopRotation = keepLogsSmall(dataDir);
  stops.push(async () => stopRotation());
  const kinds = KINDS.flatMap((kind) => Array.from({ length: copiesOf(kind) }, () => kind));
  const [natsPort = 0, redisPort = 0, cachePort = 0, postgresPort = 0, freeFrontPort = 0, ...free] = await freePorts(
    5 + 2 * kinds.length,
  );
  const [ports, metricsPorts] = [free.slice(0, kinds.length), free.slice(kinds.length)];
  const files = secretFiles(dataDir);
  const natsUsersOfSouk = natsUsers(messageCatalog());
  const authorization = natsAuthorization(natsUsersOfSouk, (user) => quoted(secretIn(files.natsPassword(user))));
  const nats = natsServer({ dataDir, path, port: natsPort }, `${authorization}\n${options.natsConfiguration ?? ''}`);
  const redis = redisServer('redis', { dataDir, path, port: redisPort }, secretIn(files.redisPassword));
  const redisCache = redisServer('redis-cache', { dataDir, path, port: cachePort }, secretIn(files.redisPassword));
  const postgres = await steps.step('Starting Postgres, NATS and Redis', async () => {
    stops.push(
      () => nats.stop(),
      () => redis.stop(),
      () => redisCache.stop(),
    );
    await Promise.all([nats.start(), redis.start(), redisCache.start()]);
    const started = await openPostgres(dataDir, postgresPort, options.postgresSettings);
    stops.push(() => started.stop());
    return started;
  });
  const natsUrl = `nats://127.0.0.1:${natsPort}`;
  const redisUrl = `redis://127.0.0.1:${redisPort}`;
  const redisCacheUrl = `redis://127.0.0.1:${cachePort}`;
  const natsLogin = {
    kind: 'password',
    user: MIGRATION_USER,
    password: secretIn(files.natsPassword(MIGRATION_USER)),
  } as const;
  const migrateStreams = () => makeStreams({ url: natsUrl, login: natsLogin }, postgres, options.streams);
  await steps.step('Creating streams and consumers', migrateStreams);
  const mediaDirectory = join(dataDir, 'media');
  mkdirSync(mediaDirectory, { recursive: true });
  const objectsFolder = join(dataDir, 'objects');
  mkdirSync(objectsFolder, { recursive: true, mode: 0o700 });
  await loadShops(postgres, { dataDir, mediaDirectory, files }, steps);
  const portsOf = (kind: ProcessKind) => ports.filter((_, index) => kinds[index] === kind);
  // The port of the reverse proxy (the front) is chosen now, because the catalog starts earlier and needs it for the URLs of files.
  const frontPort = options.port || freeFrontPort;
  const map: ClusterMap = {
    path,
    natsUrl,
    redisUrl,
    redisCacheUrl,
    databaseUrl: databaseUrl(postgres),
    mediaDirectory,
    objectsFolder,
    publicUrl: options.publicUrl ?? reachable(`http://${options.host}:${frontPort}`),
    logLevel: options.logLevel,
    drainMs: options.drainMs,
    forAll: options.variables ?? {},
    // Clients reach the gateways only through the reverse proxy. The host on which the proxy listens decides whether other machines can
    // reach the gateways.
    forGateways: {
      ...(listensOnLoopback(options.host) && { SOUK_CORS_ORIGINS: 'loopback' }),
      ...options.gatewayVariables,
    },
    secrets: files,
    passwordOf: (role) => postgres.passwordOf(role),
    portsOf,
    metricsPortOf: (port) => metricsPorts[ports.indexOf(port)] ?? 0,
  };
  const members = KINDS.flatMap((kind) =>
    portsOf(kind).map((port, index) =>
      memberOf(kind, index, port, map, { ...options, main: () => join(rootOf(index), MAIN) }),
    ),
  );
  await steps.step(`Starting ${members.length} processes`, () => startMembers(members, stops));
  const front = await startFrontOf(members, { ...options, port: frontPort });
  stops.push(() => front.close());
  return {
    url: front.url,
    members,
    nats,
    natsUrl,
    natsStore: join(dataDir, 'nats/jetstream'),
    natsLogin,
    migrateStreams,
    redis,
    redisCache,
    redisUrl,
    redisCacheUrl,
    redisPassword: secretIn(files.redisPassword),
    postgres,
  };
}

/** How long a process may take to end after its drain, in ms. Only a hanging process takes longer. */
const END_WITHIN_MS = 31_000;

const KINDS: readonly ProcessKind[] = [...PROCESSES.map(({ name }) => name), 'gateway'];

/** Two servers, so that one serves requests while the other is replaced. The work of a worker can wait, so one worker is enough. */
const defaultCopies = (kind: ProcessKind) =>
  PROCESSES.some(({ name, kind: which }) => name === kind && which === 'worker') ? 1 : 2;

/** Starts all processes at the same time. On stop, the gateways end first, so that running requests can still reach the subgraphs. */
async function startMembers(members: readonly ClusterMember[], stops: StopList): Promise<void> {
  const stopAll = (which: (member: ClusterMember) => boolean) => async () => {
    await Promise.all(members.filter(which).map(({ process }) => process.stop()));
  };
  stops.push(
    stopAll(({ kind }) => kind !== 'gateway'),
    stopAll(({ kind }) => kind === 'gateway'),
  );
  await Promise.all(members.map(({ process }) => process.start()));
}

function memberOf(
  kind: ProcessKind,
  index: number,
  port: number,
  map: ClusterMap,
  { dataDir, startWithinMs, main }: ClusterOptions & { readonly main: () => string },
): ClusterMember {
  const url = `http://127.0.0.1:${port}`;
  const name = `${kind}-${index + 1}`;
  const process = PROCESSES.find((each) => each.name === kind);
  const variables = process ? subgraphVariables(process, port, map) : gatewayVariables(port, map);
  return {
    kind,
    url,
    metricsUrl: `http://127.0.0.1:${map.metricsPortOf(port)}/metrics`,
    process: new ManagedProcess({
      name,
      command: execPath,
      args: () => ['--enable-source-maps', main(), kind],
      variables,
      logFile: join(dataDir, `logs/${name}.log`),
      linked: true,
      isServing: async () => (await fetch(`${url}/health/ready`)).ok,
      startWithinMs,
      endWithinMs: map.drainMs + END_WITHIN_MS,
    }),
  };
}

function startFrontOf(members: readonly ClusterMember[], { host, port }: ClusterOptions): Promise<Front> {
  const gateways = members.filter(({ kind }) => kind === 'gateway');
  return startFront({ host, port, urls: gateways.map(({ url }) => url) });
}
