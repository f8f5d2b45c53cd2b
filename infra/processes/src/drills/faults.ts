import { SharedRedis } from '@souk/gateway';
import { createLogger } from '@souk/kit/runtime';
import { until } from '@souk/kit/testing';
import type { Cluster, ProcessKind } from '../cluster/cluster.ts';
import type { ManagedProcess } from '../cluster/managed-process.ts';
import type { Ground, UnderLoad } from './drill.ts';
import { commandsTwice, eventsAgain } from './repetition.ts';

/** Causes a fault, and resolves when the fault is over. */
export type Fault = (ground: Ground, under: UnderLoad) => Promise<void>;

/**
 * Duration of an outage in ms, and the minimum number of requests during the outage. The outage is longer than clients wait for a response.
 */
const OUTAGE = { ms: 6000, requests: 10 };
/** Duration of a pause. Leases expire after 8 s. Postgres ends every transaction of the paused process after 10 s. */
const PAUSE = { ms: 10_500, requests: 10 };
const SHORT_OUTAGE = { ms: 3000, requests: 10 };
/** The number of orders to place while the disk is full. */
const ORDERS_MEANWHILE = 5;
/** Timeout for recovery on a busy machine, in ms. */
const BACK_WITHIN_MS = 30_000;

/** The faults that the drills cause, by name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'kill -9 of each gateway': killEach('gateway'),
  'kill -9 of each orders': killEach('orders'),
  'kill -9 of each inventory': killEach('inventory'),
  'kill -9 of each payments': killEach('payments'),
  'kill -9 of the only catalog': killEach('catalog'),
  'kill -9 of the only accounts': killEach('accounts'),
  'NATS is stopped': ({ cluster }, under) => away(cluster.nats, under, OUTAGE),
  'the disk of NATS is full': fullDisk,
  'Redis is flushed': async ({ cluster }) => {
    await flush(cluster.redisUrl, cluster);
    await flush(cluster.redisCacheUrl, cluster);
  },
  'Redis is stopped': async ({ cluster: { redis, redisCache } }, under) => {
    await Promise.all([away(redis, under, SHORT_OUTAGE), away(redisCache, under, SHORT_OUTAGE)]);
  },
  'Postgres is restarted': ({ cluster }) => cluster.postgres.restart('fast'),
  'Postgres crashes': ({ cluster }) => cluster.postgres.restart('immediate'),
  'an orders is paused': pauseOne('orders'),
  'an inventory is paused': pauseOne('inventory'),
  'every event comes again, the newest first': eventsAgain,
  'every command comes three times': commandsTwice,
};

/** Kills the processes of a kind one after the other. The next process is killed when the previous process serves again. */
function killEach(kind: ProcessKind): Fault {
  return async ({ cluster }) => {
    for (const { process } of membersOf(cluster, kind)) {
      const { pid } = process;
      process.signal('SIGKILL');
      await until(() => process.pid !== pid, BACK_WITHIN_MS);
      await process.serving();
    }
  };
}

async function away(engine: ManagedProcess, under: UnderLoad, { ms, requests }: typeof OUTAGE): Promise<void> {
  await engine.stop();
  try {
    await under.lasting(ms, requests);
  } finally {
    await engine.start();
  }
}

/** The first version of NATS that recovers from a full disk by itself. Earlier versions need a restart. */
const RECOVERS_SINCE = [2, 10];

/** Fills the disk of NATS. Buyers can still place orders, because commands do not need the disk. */
async function fullDisk({ cluster, nats, disk }: Ground, under: UnderLoad): Promise<void> {
  if (!disk) throw new Error('This drill needs a small disk for NATS: pass one to openGround');
  const recovers = !disk.failsWrites || isAtLeast(nats.connection.info?.version ?? '', RECOVERS_SINCE);
  await disk.fill(nats);
  const ordered = () => under.load.log.ordered.length;
  const before = ordered();
  try {
    await under.lasting(OUTAGE.ms, OUTAGE.requests);
    await until(() => ordered() >= before + ORDERS_MEANWHILE, BACK_WITHIN_MS);
  } finally {
    if (!recovers) await cluster.nats.stop('SIGKILL');
    await disk.free(nats);
    if (!recovers) await cluster.nats.start();
  }
}

function isAtLeast(version: string, [major = 0, minor = 0]: readonly number[]): boolean {
  const [own = 0, ownMinor = 0] = version.split('.').map(Number);
  return own > major || (own === major && ownMinor >= minor);
}

async function flush(url: string, { redisPassword }: Cluster): Promise<void> {
  const redis = new SharedRedis({
    url,
    password: redisPassword,
    logger: createLogger({ level: 'silent' }),
    patienceMs: BACK_WITHIN_MS,
  });
  await until(() => redis.isUp, BACK_WITHIN_MS);
  await redis.ask((client) => client.flushall());
  redis.close();
}

/** Pauses one process of a kind with SIGSTOP, and continues it later. The process keeps its connections, locks and leases. */
function pauseOne(kind: ProcessKind): Fault {
  return async ({ cluster }, under) => {
    const [first] = membersOf(cluster, kind);
    first?.process.signal('SIGSTOP');
    try {
      await under.lasting(PAUSE.ms, PAUSE.requests);
    } finally {
      first?.process.signal('SIGCONT');
    }
  };
}

function membersOf({ members }: Cluster, kind: ProcessKind) {
  return members.filter((each) => each.kind === kind);
}
