import type { MikroORM } from '@mikro-orm/postgresql';
import {
  poolCounts,
  type DatabaseReadiness,
  type OutboxBacklog,
  type OutboxRelay,
  type PoolCounts,
} from '../persistence/index.ts';
import type { RecurringJobs } from './recurring-jobs.ts';

/** The background work of a subgraph in this process. */
export interface RunningWorker {
  /** The name of the process: `accounts`, `accounts-worker`. */
  readonly name: string;
  /** Starts the relay and the jobs. Call `run` after every subgraph has registered its commands and subscribers. */
  run(): void;
  /** Whether the database answers, accepts writes, and has the tables of this version. */
  isReady(): Promise<boolean>;
  /** The connections of the pool, for metrics. */
  pool(): Promise<PoolCounts>;
  /** The time of the database's clock. @throws Error when Postgres does not answer */
  databaseTime(): Promise<Date | null>;
  /**
   * Stops the jobs and the relay. Resolves when their current work has finished, here and in other subgraphs. Requests are still served.
   */
  drain(): Promise<void>;
  /**
   * Drains and closes the connections. When several workers run in one process, drain all of them before stopping the first, because their
   * jobs and relays send commands and events to each other.
   */
  stop(): Promise<void>;
}

/** The parts that `runningWorker` starts and stops. */
interface BackgroundWork {
  readonly orm: MikroORM;
  readonly relay: OutboxRelay;
  readonly backlog: OutboxBacklog;
  readonly jobs: RecurringJobs;
  readonly readiness: DatabaseReadiness;
}

/** @param name the name of the process: `accounts`, `accounts-worker` */
export function runningWorker(name: string, { orm, relay, backlog, jobs, readiness }: BackgroundWork): RunningWorker {
  let drained: Promise<void> | undefined;
  const drain = () => (drained ??= jobs.stop().then(() => relay.stop()));
  return {
    name,
    run() {
      relay.start();
      jobs.start();
    },
    isReady: () => readiness.check(),
    pool: () => poolCounts(orm),
    databaseTime: () => backlog.databaseTime(),
    drain,
    async stop() {
      await drain();
      await Promise.all([orm.close(), backlog.close()]);
    },
  };
}
