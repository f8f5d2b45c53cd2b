import type { SubgraphDefinition } from '@souk/kit/runtime';
import type { RosterManifest } from './roster.ts';

/** The code of a subgraph, for programs that start whichever there are: they give it the settings that its manifest declares. */
export async function loadCode(manifest: RosterManifest): Promise<SubgraphDefinition<unknown, unknown, unknown>> {
  const code: Omit<SubgraphDefinition<unknown, unknown, unknown>, 'create'> = await manifest.load();
  // Its tables and settings are of types that only the subgraph itself knows.
  return code as SubgraphDefinition<unknown, unknown, unknown>;
}
