import type { SubgraphDefinition } from '@souk/kit/runtime';
import type { RosterManifest } from './roster.ts';

/**
 * Loads the code of a subgraph, for programs that can start any subgraph. Such a program passes the settings that the manifest declares.
 */
export async function loadCode(manifest: RosterManifest): Promise<SubgraphDefinition<unknown, unknown, unknown>> {
  const code: Omit<SubgraphDefinition<unknown, unknown, unknown>, 'create'> = await manifest.load();
  // The cast hides the types of the subgraph's tables and settings. Programs that start any subgraph do not depend on these types.
  return code as SubgraphDefinition<unknown, unknown, unknown>;
}
