import type { ReferenceChoice } from '@souk/engine/execution';
import type { ShadowOptions } from './shadow-runs.ts';

/** What answers queries and mutations: our own executor, or `@apollo/gateway` in `@apollo/server`. Subscriptions are always ours. */
export type EngineName = 'own' | 'apollo';

/** The second executor that these settings ask for. Apollo's packages are loaded here, and only then; null without any. */
export async function referenceFor(engine: EngineName, shadow: ShadowOptions | null): Promise<ReferenceChoice | null> {
  if (engine === 'own' && !shadow) return null;
  const serves = engine === 'apollo';
  if (shadow?.reference) return { make: shadow.reference, serves };
  const { ApolloExecutor } = await import('@souk/engine/reference');
  return { make: (parts) => new ApolloExecutor(parts), serves };
}
