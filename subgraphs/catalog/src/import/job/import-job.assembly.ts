import type { SubgraphDependencies } from '@souk/kit/runtime';
import type { CatalogDatabase } from '../../database.ts';
import { forgetImports } from './forget-imports.job.ts';
import { ImportJobResolver } from './import-job.resolver.ts';
import { ImportJobService } from './import-job.service.ts';
import { importSubscriptions, ImportJobSubscriptionResolver } from './import-job.subscription.ts';
import { ImportRun } from './import-run.service.ts';
import { RunImportsJob } from './run-imports.job.ts';

export const importClasses = [ImportJobResolver, ImportJobSubscriptionResolver] as const;

/** Wires the feature that receives, runs and lists imports. */
export function createImports({ unitOfWork, clock, logger, events }: SubgraphDependencies<CatalogDatabase, unknown>) {
  const imports = new ImportJobService(unitOfWork);
  return {
    resolvers: [new ImportJobResolver(imports), new ImportJobSubscriptionResolver(imports)],
    subscriptions: importSubscriptions(imports, events),
    jobs: [new RunImportsJob(unitOfWork, new ImportRun(unitOfWork, clock), logger), forgetImports(unitOfWork)],
  };
}
