import type { SubgraphDefinition } from '@souk/kit/runtime';
import type { RosterManifest } from './roster.ts';

/**
 * Loads the code of a subgraph, for programs that can start any subgraph. Such a program passes the settings that the manifest declares.
 */
export async function loadCode(manifest: RosterManifest): Promise<SubgraphDefinition<unknown, unknown, unknown>> {
  const code: Omit<SubgraphDefinition<unknown, unknown, unknown>, 'create'> = await manifest.load();
  // Only the subgraph itself knows the types of its tables and settings.
  return code as SubgraphDefinition<unknown, unknown, unknown>;
}
