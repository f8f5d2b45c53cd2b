import type { RecurringJob } from '@souk/kit/runtime';
import type { CatalogUnitOfWork } from '../../database.ts';

/** Deletes old imports with their problems and failed rows. */
export function forgetImports(unitOfWork: CatalogUnitOfWork): RecurringJob {
  return {
    name: 'catalog.forget-imports',
    everyMs: 3_600_000,
    run: async () => void (await unitOfWork.callFunction('forget_imports', [])),
  };
}
