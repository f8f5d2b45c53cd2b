import { accountsManifest } from '@souk/accounts/manifest';
import { catalogManifest } from '@souk/catalog/manifest';
import { inventoryManifest } from '@souk/inventory/manifest';
import { ordersManifest } from '@souk/orders/manifest';
import { paymentsManifest } from '@souk/payments/manifest';

/** Every subgraph of Souk, in the order of `supergraph.yaml`. Whatever names the subgraphs derives from it. */
export const ROSTER = [catalogManifest, inventoryManifest, ordersManifest, accountsManifest, paymentsManifest] as const;

/** The manifest of any of them. */
export type RosterManifest = (typeof ROSTER)[number];
export type SubgraphName = RosterManifest['name'];

export const SUBGRAPH_NAMES: readonly SubgraphName[] = ROSTER.map(({ name }) => name);

/** The scopes of all of them: accounts composes roles of these. */
export const SCOPES = ROSTER.flatMap(({ scopes }) => scopes.map(({ definition }) => definition));
