import type { MikroORM } from '@mikro-orm/postgresql';
import {
  poolCounts,
  type DatabaseReadiness,
  type OutboxBacklog,
  type OutboxRelay,
  type PoolCounts,
} from '../persistence/index.ts';
import type { RecurringJobs } from './recurring-jobs.ts';

/** Work of a subgraph that runs in the background, in this process. */
export interface RunningWorker {
  /** Of the process: `accounts`, `accounts-worker`. */
  readonly name: string;
  /** Starts the relay and the jobs. Call it when every subgraph's commands and subscribers are in place. */
  run(): void;
  /** Whether its database answers, takes writes, and has the tables of this version. */
  isReady(): Promise<boolean>;
  /** For metrics. */
  pool(): Promise<PoolCounts>;
  /** The time of its database's clock. @throws when Postgres does not answer. */
  databaseTime(): Promise<Date | null>;
  /** Ends jobs and relay; what they have under way, here and in other subgraphs, is finished first. Requests are still served. */
  drain(): Promise<void>;
  /**
   * Drains, and closes the connections. Of several in one process, drain all before the first is stopped: their jobs and relays
   * call each other.
   */
  stop(): Promise<void>;
}

/** What a process of a subgraph runs. */
interface BackgroundWork {
  readonly orm: MikroORM;
  readonly relay: OutboxRelay;
  readonly backlog: OutboxBacklog;
  readonly jobs: RecurringJobs;
  readonly readiness: DatabaseReadiness;
}

/** @param name of the process. */
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
