import type { ReferenceChoice } from '@souk/engine/execution';
import type { ShadowOptions } from './shadow-runs.ts';

/**
 * The executor of queries and mutations: Souk's own executor, or `@apollo/gateway` in `@apollo/server`. Souk's own executor always serves
 * subscriptions.
 */
export type EngineName = 'own' | 'apollo';

/** The second executor that these settings need, or null. Apollo's packages are loaded only here. */
export async function referenceFor(engine: EngineName, shadow: ShadowOptions | null): Promise<ReferenceChoice | null> {
  if (engine === 'own' && !shadow) return null;
  const serves = engine === 'apollo';
  if (shadow?.reference) return { make: shadow.reference, serves };
  const { ApolloExecutor } = await import('@souk/engine/reference');
  return { make: (parts) => new ApolloExecutor(parts), serves };
}
