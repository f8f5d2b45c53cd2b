import type { Logger } from './logger.ts';

/** Work that is due again and again: sweeping what expired, finishing what a crash left. */
export interface RecurringJob {
  readonly name: string;
  /** From the end of one run to the start of the next, in milliseconds. */
  readonly everyMs: number;
  /** A throw is logged; the next run is a new try. */
  run(): Promise<void>;
}

/** Runs jobs until it is stopped. The first run of each is at once: a start is often a restart after a crash. */
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

  /** Resolves when the runs under way have ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#running);
  }

  #run(job: RecurringJob): void {
    const run = job
      .run()
      .catch((error: unknown) => this.#logger.error({ error, job: job.name }, 'job failed'))
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
