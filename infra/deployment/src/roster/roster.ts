import { accountsManifest } from '@souk/accounts/manifest';
import { catalogManifest } from '@souk/catalog/manifest';
import { inventoryManifest } from '@souk/inventory/manifest';
import { ordersManifest } from '@souk/orders/manifest';
import { paymentsManifest } from '@souk/payments/manifest';

/** Every subgraph of Souk, in the order of `supergraph.yaml`. All lists of subgraphs derive from the roster. */
export const ROSTER = [catalogManifest, inventoryManifest, ordersManifest, accountsManifest, paymentsManifest] as const;

/** The manifest of any subgraph. */
export type RosterManifest = (typeof ROSTER)[number];
export type SubgraphName = RosterManifest['name'];

export const SUBGRAPH_NAMES: readonly SubgraphName[] = ROSTER.map(({ name }) => name);

/** The scopes of all subgraphs. Roles in accounts consist of these scopes. */
export const SCOPES = ROSTER.flatMap(({ scopes }) => scopes.map(({ definition }) => definition));
