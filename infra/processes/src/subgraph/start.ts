import { loadCode, type SubgraphProcess } from '@souk/deployment/roster';
import type { ServingProcess } from '../serving-process.ts';
import { readSubgraphEnvironment, readWorkerEnvironment } from './environment.ts';
import { startSubgraphProcess } from './subgraph-process.ts';
import { startWorkerProcess } from './worker-process.ts';

/**
 * Starts a process of a subgraph. Loads only the code of this subgraph.
 * @throws StartFailure for an invalid environment
 */
export async function startProcess(process: SubgraphProcess): Promise<ServingProcess> {
  const { kind, manifest } = process;
  if (kind === 'worker') return startWorkerProcess(await loadCode(manifest), readWorkerEnvironment(process));
  return startSubgraphProcess(await loadCode(manifest), readSubgraphEnvironment(process));
}
