import type { StartReport } from '@souk/deployment/start';
import { SUPERUSER, freePort } from '@souk/platform/embedded-postgres';
import { startCluster, type Cluster } from '@souk/processes/cluster';
import { postmasterIn, startPostgres } from './bench-postgres.ts';
import { serve, SERVER_PATH } from './server-process.ts';

/** A running Souk: the all-in-one process or a cluster. */
export interface Arrangement {
  readonly name: string;
  /** URLs of the gateways. Clients call them in turn, without a load balancer. */
  readonly bases: readonly string[];
  /** Connection string of the database, as the superuser. */
  readonly adminUrl: string;
  /** Souk's processes, with the URLs of their metrics. */
  readonly processes: readonly { readonly kind: string; readonly metricsUrl: string }[];
  /** The processes of Postgres, NATS and Redis. */
  readonly engines: readonly { readonly kind: string; readonly pid: number }[];
  stop(): Promise<void>;
}

/** A running cluster, whose processes a benchmark can kill. */
export interface ClusterArrangement extends Arrangement {
  readonly cluster: Cluster;
}

/** Postgres stores the time of each commit. The delivery time of an event is measured from its commit. */
const POSTGRES_SETTINGS = { track_commit_timestamp: 'on' };
/** Rate limits are off, because all requests come from one IP address. */
const WITHOUT_RATES = { SOUK_RATE_LIMITS: 'off' };

/** Starts the all-in-one process of `npm start`, with the demo shops, on a new Postgres. */
export async function startAllInOne(dataDir: string): Promise<Arrangement> {
  const postgres = await startPostgres(dataDir, POSTGRES_SETTINGS);
  try {
    const metricsPort = await freePort();
    const variables = {
      ...WITHOUT_RATES,
      METRICS_PORT: String(metricsPort),
      SOUK_DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      DATABASE_URL: postgres.url,
    };
    const server = await serve('all-in-one/dist/main.js', await freePort(), variables);
    return {
      name: 'all-in-one',
      bases: [server.base],
      adminUrl: postgres.url,
      processes: [{ kind: 'all in one', metricsUrl: `http://127.0.0.1:${metricsPort}/metrics` }],
      engines: [{ kind: 'Postgres', pid: postgres.pid }],
      async stop() {
        await server.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Starts a cluster like `npm run cluster`, with `copies` processes of each kind. */
export async function startClusterOf(copies: number, dataDir: string, steps: StartReport): Promise<ClusterArrangement> {
  const cluster = await startCluster({
    host: '127.0.0.1',
    port: 0,
    dataDir,
    logLevel: 'error',
    drainMs: 0,
    path: SERVER_PATH,
    copiesOf: () => copies,
    gatewayVariables: WITHOUT_RATES,
    postgresSettings: POSTGRES_SETTINGS,
    steps,
  });
  const { members, nats, redis, redisCache, postgres } = cluster;
  return {
    name: `${copies} of each`,
    bases: members.filter(({ kind }) => kind === 'gateway').map(({ url }) => url),
    adminUrl: postgres.url(SUPERUSER, 'souk'),
    processes: members,
    engines: [
      { kind: 'Postgres', pid: postmasterIn(dataDir) },
      { kind: 'NATS', pid: nats.pid ?? NaN },
      { kind: 'Redis', pid: redis.pid ?? NaN },
      { kind: 'Redis (cache)', pid: redisCache.pid ?? NaN },
    ],
    cluster,
    stop: () => cluster.stop(),
  };
}
