import { logIds, systemContext } from '@souk/kit/context';
import type { DueRow } from '@souk/kit/persistence';
import type { Logger, RecurringJob } from '@souk/kit/runtime';
import type { CatalogUnitOfWork } from '../../database.ts';
import type { ImportRun } from './import-run.service.ts';

/** The maximum number of imports that a worker runs concurrently. */
const AT_ONCE = 2;

/** Runs the waiting imports of all tenants. */
export class RunImportsJob implements RecurringJob {
  readonly name = 'catalog.run-imports';
  readonly everyMs = 500;
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #run: ImportRun;
  readonly #logger: Logger;

  constructor(unitOfWork: CatalogUnitOfWork, run: ImportRun, logger: Logger) {
    this.#unitOfWork = unitOfWork;
    this.#run = run;
    this.#logger = logger;
  }

  async run(): Promise<void> {
    const due = await this.#unitOfWork.due('due_imports', AT_ONCE);
    await Promise.all(due.map((row) => this.#continue(row)));
  }

  /** Runs one import. An error is logged, because it must not stop the imports of other tenants. */
  async #continue({ tenantId, id }: DueRow): Promise<void> {
    try {
      await this.#run.continue(tenantId, id);
    } catch (error) {
      const ctx = systemContext(tenantId, this.name, id);
      this.#logger.error({ ...logIds(ctx), error, importId: id }, 'import stopped, a worker continues it in a minute');
    }
  }
}
