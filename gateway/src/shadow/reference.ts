import type { ReferenceChoice } from '@souk/engine/execution';
import type { ShadowOptions } from './shadow-runs.ts';

/**
 * The engine of queries and mutations: Souk's own executor, or `@apollo/gateway` in `@apollo/server`. Souk's own engine always serves
 * subscriptions.
 */
export type EngineName = 'own' | 'apollo';

/** The second executor that these settings need, or null when they need none. Only this function loads Apollo's packages. */
export async function referenceFor(engine: EngineName, shadow: ShadowOptions | null): Promise<ReferenceChoice | null> {
  if (engine === 'own' && !shadow) return null;
  const serves = engine === 'apollo';
  if (shadow?.reference) return { make: shadow.reference, serves };
  const { ApolloExecutor } = await import('@souk/engine/reference');
  return { make: (parts) => new ApolloExecutor(parts), serves };
}
