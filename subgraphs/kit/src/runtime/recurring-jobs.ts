import type { Logger } from './logger.ts';

/** Work that runs at an interval: removing expired rows, finishing the work of a crashed process. */
export interface RecurringJob {
  readonly name: string;
  /** Pause between the end of one run and the start of the next, in milliseconds. */
  readonly everyMs: number;
  /** Runs the job once. An error is logged, and the next run tries again. */
  run(): Promise<void>;
}

/** Runs jobs until `stop`. The first run of each job is immediate, because a start is often a restart after a crash. */
export class RecurringJobs {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  readonly #jobs: readonly RecurringJob[];
  readonly #logger: Logger;

  constructor(jobs: readonly RecurringJob[], logger: Logger) {
    this.#jobs = jobs;
    this.#logger = logger;
  }

  start(): void {
    for (const job of this.#jobs) this.#run(job);
  }

  /** Resolves when the current runs have ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#running);
  }

  #run(job: RecurringJob): void {
    const run = job
      .run()
      .catch((error: unknown) => this.#logger.error({ error, job: job.name }, 'job failed, the next run tries again'))
      .then(() => {
        this.#running.delete(run);
        if (!this.#stopped)
          this.#timers.set(
            job.name,
            setTimeout(() => this.#run(job), job.everyMs),
          );
      });
    this.#running.add(run);
  }
}
